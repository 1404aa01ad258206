/** Typed arrays that grow by doubling; `array` is the backing store, of which the first `length` are in use. */

export class GrowingFloat64 {
  array: Float64Array;
  length = 0;

  constructor(capacity: number) {
    this.array = new Float64Array(capacity);
  }

  push(value: number): void {
    if (this.length === this.array.length) this.reserve(1);
    this.array[this.length++] = value;
  }

  /** Makes room for `more` further values. */
  reserve(more: number): void {
    if (this.length + more <= this.array.length) return;
    const wider = new Float64Array(Math.max(this.length + more, 2 * this.array.length));
    wider.set(this.array.subarray(0, this.length));
    this.array = wider;
  }

  view(): Float64Array {
    return this.array.subarray(0, this.length);
  }

  slice(): Float64Array {
    return this.array.slice(0, this.length);
  }
}

export class GrowingUint32 {
  array: Uint32Array;
  length = 0;

  constructor(capacity: number) {
    this.array = new Uint32Array(capacity);
  }

  push(value: number): void {
    if (this.length === this.array.length) this.reserve(1);
    this.array[this.length++] = value;
  }

  reserve(more: number): void {
    if (this.length + more <= this.array.length) return;
    const wider = new Uint32Array(Math.max(this.length + more, 2 * this.array.length));
    wider.set(this.array.subarray(0, this.length));
    this.array = wider;
  }

  view(): Uint32Array {
    return this.array.subarray(0, this.length);
  }

  slice(): Uint32Array {
    return this.array.slice(0, this.length);
  }
}

export class GrowingInt32 {
  array: Int32Array;
  length = 0;

  constructor(capacity: number) {
    this.array = new Int32Array(capacity);
  }

  push(value: number): void {
    if (this.length === this.array.length) this.reserve(1);
    this.array[this.length++] = value;
  }

  /** Makes room for `more` further values. */
  reserve(more: number): void {
    if (this.length + more <= this.array.length) return;
    const wider = new Int32Array(Math.max(this.length + more, 2 * this.array.length));
    wider.set(this.array.subarray(0, this.length));
    this.array = wider;
  }

  view(): Int32Array {
    return this.array.subarray(0, this.length);
  }
}

/** The same values, with as much room again behind them. */
export function doubled<Column extends Float64Array | Uint32Array | Uint8Array>(column: Column): Column {
  const wider = new (column.constructor as new (length: number) => Column)(2 * column.length);
  wider.set(column);
  return wider;
}
