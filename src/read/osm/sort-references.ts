/**
 * Sorts the node references of all ways and makes them unique: least-significant-digit radix sort over the
 * range in use (three passes for today's OSM ids), carrying each reference's position, so that every reference
 * gets its rank without a search. Linear; hashing measured no faster and needs twice the memory.
 */

/** Widest digit, bits: its counts stay in the second-level cache. */
const WIDEST_DIGIT_BITS = 14;

/**
 * @param refs references (OSM node ids, any sign, below 2^47 apart); overwritten
 * @returns `sortedIds`, the different ids ascending, and `rankOfRef`, reference -> position in `sortedIds`
 */
export function sortReferences(refs: Float64Array): { sortedIds: Float64Array; rankOfRef: Uint32Array } {
  const count = refs.length;
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    const id = refs[i]!;
    if (id < least) least = id;
    if (id > greatest) greatest = id;
  }
  const bits = Math.max(1, Math.ceil(Math.log2(greatest - least + 1)));
  const passCount = Math.max(1, Math.ceil(bits / WIDEST_DIGIT_BITS));
  const digitBits = Math.ceil(bits / passCount);
  const mask = (1 << digitBits) - 1;
  // A key in two parts of two digits each: integers of 32 bits are sorted much faster than doubles.
  const partSize = 2 ** (2 * digitBits);
  let low = new Uint32Array(count);
  let high = new Uint32Array(count);
  let positions = new Uint32Array(count);
  const starts = Array.from({ length: passCount }, () => new Uint32Array(1 << digitBits));
  for (let i = 0; i < count; i++) {
    const key = refs[i]! - least;
    const upper = Math.floor(key / partSize);
    low[i] = key - upper * partSize;
    high[i] = upper;
    positions[i] = i;
  }
  for (let pass = 0; pass < passCount; pass++)
    countDigits(starts[pass]!, pass < 2 ? low : high, (pass & 1) * digitBits, mask);

  let otherLow = new Uint32Array(count);
  let otherHigh = new Uint32Array(count);
  let otherPositions = new Uint32Array(count);
  for (let pass = 0; pass < passCount; pass++) {
    const isLow = pass < 2;
    scatter(
      starts[pass]!,
      isLow ? low : high,
      (pass & 1) * digitBits,
      mask,
      low,
      high,
      positions,
      otherLow,
      otherHigh,
      otherPositions,
    );
    [low, otherLow] = [otherLow, low];
    [high, otherHigh] = [otherHigh, high];
    [positions, otherPositions] = [otherPositions, positions];
  }

  // The references themselves are not needed any more: their memory takes the ids.
  const sortedIds = refs;
  const rankOfRef = otherPositions;
  let unique = -1;
  let previousLow = -1;
  let previousHigh = -1;
  for (let i = 0; i < count; i++) {
    if (low[i] !== previousLow || high[i] !== previousHigh) {
      previousLow = low[i]!;
      previousHigh = high[i]!;
      sortedIds[++unique] = previousHigh * partSize + previousLow + least;
    }
    rankOfRef[positions[i]!] = unique;
  }
  return { sortedIds: sortedIds.subarray(0, unique + 1), rankOfRef };
}

/** Fills `starts` with the position at which each digit's run begins. */
function countDigits(starts: Uint32Array, keys: Uint32Array, shift: number, mask: number): void {
  for (let i = 0; i < keys.length; i++) starts[(keys[i]! >>> shift) & mask]!++;
  let sum = 0;
  for (let digit = 0; digit < starts.length; digit++) {
    const n = starts[digit]!;
    starts[digit] = sum;
    sum += n;
  }
}

function scatter(
  starts: Uint32Array,
  keys: Uint32Array,
  shift: number,
  mask: number,
  low: Uint32Array,
  high: Uint32Array,
  positions: Uint32Array,
  toLow: Uint32Array,
  toHigh: Uint32Array,
  toPositions: Uint32Array,
): void {
  for (let i = 0; i < keys.length; i++) {
    const at = starts[(keys[i]! >>> shift) & mask]!++;
    toLow[at] = low[i]!;
    toHigh[at] = high[i]!;
    toPositions[at] = positions[i]!;
  }
}
