/**
 * Sorts the node references of all ways and makes them unique: least-significant-digit radix sort, 11 bits a
 * pass over the range in use, carrying each reference's position, so that every reference gets its rank
 * without a search. Linear; hashing measured no faster and needs twice the memory.
 */
const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/**
 * @param refs references (OSM node ids, any sign, below 2^53); left unchanged
 * @returns `sortedIds`, the different ids ascending, and `rankOfRef`, reference -> position in `sortedIds`
 */
export function sortReferences(refs: Float64Array): { sortedIds: Float64Array; rankOfRef: Uint32Array } {
  const count = refs.length;
  let least = Infinity;
  let greatest = -Infinity;
  for (let i = 0; i < count; i++) {
    const id = refs[i]!;
    if (id < least) least = id;
    if (id > greatest) greatest = id;
  }
  let keys = new Float64Array(count);
  let positions = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    keys[i] = refs[i]! - least;
    positions[i] = i;
  }
  let otherKeys = new Float64Array(count);
  let otherPositions = new Uint32Array(count);
  const offsets = new Uint32Array(DIGITS);
  for (let divisor = 1; divisor <= greatest - least; divisor *= DIGITS) {
    offsets.fill(0);
    const scale = 1 / divisor; // A power of two: exact.
    for (let i = 0; i < count; i++) offsets[digit(keys[i]! * scale)]!++;
    let sum = 0;
    for (let d = 0; d < DIGITS; d++) {
      const n = offsets[d]!;
      offsets[d] = sum;
      sum += n;
    }
    for (let i = 0; i < count; i++) {
      const key = keys[i]!;
      const at = offsets[digit(key * scale)]!++;
      otherKeys[at] = key;
      otherPositions[at] = positions[i]!;
    }
    [keys, otherKeys] = [otherKeys, keys];
    [positions, otherPositions] = [otherPositions, positions];
  }
  const rankOfRef = otherPositions;
  let unique = -1;
  let previous = -1;
  for (let i = 0; i < count; i++) {
    const key = keys[i]!;
    if (key !== previous) {
      unique++;
      keys[unique] = key;
      previous = key;
    }
    otherKeys[i] = unique;
  }
  for (let i = 0; i < count; i++) rankOfRef[positions[i]!] = otherKeys[i]!;
  const sortedIds = keys.slice(0, unique + 1);
  for (let i = 0; i <= unique; i++) sortedIds[i]! += least;
  return { sortedIds, rankOfRef };
}

/** The lowest 11 bits of the whole part, for values up to 2^53. */
function digit(value: number): number {
  const high = Math.floor(value * (1 / DIGITS));
  return Math.floor(value) - high * DIGITS;
}
