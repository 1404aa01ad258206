/** Stable least-significant-digit radix sort of 32-bit keys: linear, for orders over millions of items. */

const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/** The permutation that sorts `keys` ascending: position -> index. Stable. */
export function orderByKey(keys: Uint32Array): Uint32Array {
  const count = keys.length;
  let greatest = 0;
  for (let i = 0; i < count; i++) if (keys[i]! > greatest) greatest = keys[i]!;
  let order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  let other = new Uint32Array(count);
  const offsets = new Uint32Array(DIGITS);
  for (let shift = 0; shift < 32 && greatest >>> shift > 0; shift += DIGIT_BITS) {
    offsets.fill(0);
    for (let i = 0; i < count; i++) offsets[(keys[i]! >>> shift) & (DIGITS - 1)]!++;
    let sum = 0;
    for (let d = 0; d < DIGITS; d++) {
      const n = offsets[d]!;
      offsets[d] = sum;
      sum += n;
    }
    for (let i = 0; i < count; i++) {
      const index = order[i]!;
      other[offsets[(keys[index]! >>> shift) & (DIGITS - 1)]!++] = index;
    }
    [order, other] = [other, order];
  }
  return order;
}
