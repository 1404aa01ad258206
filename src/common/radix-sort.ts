/** Stable least-significant-digit radix sort of 32-bit keys: linear, for orders over millions of items. */

const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/** The permutation that sorts `keys` ascending: position -> index. Stable; `keys` is left unchanged. */
export function orderByKey(keys: Uint32Array): Uint32Array {
  const count = keys.length;
  let greatest = 0;
  for (let i = 0; i < count; i++) if (keys[i]! > greatest) greatest = keys[i]!;
  let order: Uint32Array = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  let other: Uint32Array = new Uint32Array(count);
  // The keys move along, so that every pass reads in sequence.
  let from: Uint32Array = keys;
  let to: Uint32Array = new Uint32Array(count);
  for (let shift = 0; shift < 32 && greatest >>> shift > 0; shift += DIGIT_BITS) {
    sortByDigit(from, order, shift, to, other);
    [order, other] = [other, order];
    const sorted = to;
    to = from === keys ? new Uint32Array(count) : from;
    from = sorted;
  }
  return order;
}

/** One pass, in a function of its own: compiled once, it serves every pass of every order. */
function sortByDigit(
  from: Uint32Array,
  order: Uint32Array,
  shift: number,
  to: Uint32Array,
  other: Uint32Array,
): void {
  const starts = startsOfDigits(from, shift);
  for (let i = 0; i < from.length; i++) {
    const key = from[i]!;
    const at = starts[(key >>> shift) & (DIGITS - 1)]!++;
    to[at] = key;
    other[at] = order[i]!;
  }
}

function startsOfDigits(keys: Uint32Array, shift: number): Uint32Array {
  const starts = new Uint32Array(DIGITS);
  for (let i = 0; i < keys.length; i++) starts[(keys[i]! >>> shift) & (DIGITS - 1)]!++;
  let sum = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const n = starts[digit]!;
    starts[digit] = sum;
    sum += n;
  }
  return starts;
}
