/**
 * A typed array that grows by chunks: readers do not know how many nodes a file holds, and doubling a flat
 * array would need three times its memory while it is copied.
 */

/** 65 536 entries a chunk: small enough for a village, few enough chunks for a country. */
const CHUNK_BITS = 16;
const CHUNK_LENGTH = 1 << CHUNK_BITS;
const CHUNK_MASK = CHUNK_LENGTH - 1;

type Numbers = Float64Array | Int32Array | Uint32Array;

export class GrowingArray<T extends Numbers> {
  length = 0;
  private readonly chunks: T[] = [];

  constructor(private readonly arrayType: new (length: number) => T) {}

  push(value: number): void {
    const place = this.length & CHUNK_MASK;
    if (place === 0) this.chunks.push(new this.arrayType(CHUNK_LENGTH));
    this.chunks[this.length >>> CHUNK_BITS]![place] = value;
    this.length++;
  }

  at(index: number): number {
    return this.chunks[index >>> CHUNK_BITS]![index & CHUNK_MASK]!;
  }

  clear(): void {
    this.length = 0;
    this.chunks.length = 0;
  }

  /** A flat copy of exactly `length` entries. */
  toArray(): T {
    const flat = new this.arrayType(this.length);
    for (let i = 0; i < this.length; i += CHUNK_LENGTH) {
      const left = Math.min(CHUNK_LENGTH, this.length - i);
      flat.set(this.chunks[i >>> CHUNK_BITS]!.subarray(0, left), i);
    }
    return flat;
  }
}
