/**
 * The packed columns of PBF elements: differences as zigzag varints, decoded into absolute values. One tight loop
 * for a whole column; nearly every difference fits four bytes, and integers of 32 bits are far faster than doubles.
 */

/**
 * Numbers that V8 takes for doubles, since they come out of a Float64Array: ids pass 2^31 in the midst of a file, and
 * code that was compiled while they were small integers would be thrown away, several times over.
 */
export const ZERO = Float64Array.of(0);
/** The weight of a varint's fifth byte. */
export const BEYOND_FOUR_BYTES = Float64Array.of(2 ** 28);

/**
 * Decodes the column that lies at bytes[from, to) into `into`, which must hold `to - from` values.
 * @returns the number of values. @throws RangeError where the last value runs beyond `to`
 */
export function decodeColumn(bytes: Uint8Array, from: number, to: number, into: Float64Array): number {
  let p = from;
  let count = 0;
  let sum = ZERO[0]!;
  while (p < to) {
    let byte = bytes[p++]!;
    let value = byte & 0x7f;
    if (byte >= 0x80) {
      byte = bytes[p++]!;
      value |= (byte & 0x7f) << 7;
      if (byte >= 0x80) {
        byte = bytes[p++]!;
        value |= (byte & 0x7f) << 14;
        if (byte >= 0x80) {
          byte = bytes[p++]!;
          value |= (byte & 0x7f) << 21;
        }
      }
    }
    sum += (value >>> 1) ^ -(value & 1);
    if (byte >= 0x80) {
      // More than four bytes: the first of a block, or far apart. Half of a fifth byte and on is even.
      let scale = BEYOND_FOUR_BYTES[0]! / 2;
      const sign = (value & 1) === 0 ? 1 : -1;
      do {
        byte = bytes[p++]!;
        sum += sign * (byte & 0x7f) * scale;
        scale *= 128;
      } while (byte >= 0x80);
      // Ids, references and positions are far less; what is not has no exact value. Not a number either.
      if (!(Math.abs(sum) <= Number.MAX_SAFE_INTEGER)) throw new RangeError('a number beyond all bounds');
    }
    into[count++] = sum;
  }
  if (p !== to) throw new RangeError('a column runs beyond its end');
  return count;
}

/** Scratch memory of one column that grows with the longest one met. */
export class ColumnScratch {
  values = new Float64Array(1 << 13);

  /** Decodes a column into `values`; returns how many there are. */
  decode(bytes: Uint8Array, from: number, to: number): number {
    if (to - from > this.values.length) this.values = new Float64Array(2 * (to - from));
    return decodeColumn(bytes, from, to, this.values);
  }
}
