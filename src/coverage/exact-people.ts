/**
 * Populations whose sums are exact.
 *
 * In: people per cell, any doubles. Out: the same, rounded to multiples of one unit, a power of two so small
 * that the whole territory's total still fits in a double's 53 bits. Sums and differences of such numbers are
 * exact in any order, so covered + uncovered + not connected === total holds to the last bit, in the written
 * files too, and the sum over communes is the département. The rounding itself is below 1e-7 people over a
 * French département and nothing for whole and half people. Decimal micro-people were rejected: their parts,
 * divided by 1e6, no longer add up in doubles.
 */

/** Bits of the total that are used, one fewer than a double's 53, so that rounding up never overflows. */
const TOTAL_BITS = 52;
/** Finer units say nothing more about people. */
const SMALLEST_UNIT = 2 ** -36;

/** The unit for these people: a power of two with total / unit < 2^53. Throws on a negative or missing value. */
export function chooseUnit(population: Float64Array): number {
  let total = 0;
  for (let cell = 0; cell < population.length; cell++) {
    const people = population[cell];
    if (!(people >= 0) || people === Number.POSITIVE_INFINITY) {
      throw new RangeError(`population of cell ${cell} is ${people}, expected a number >= 0`);
    }
    total += people;
  }
  if (total === 0) return SMALLEST_UNIT;
  const exponent = Math.ceil(Math.log2(total + 1)) - TOTAL_BITS;
  return Math.max(SMALLEST_UNIT, 2 ** exponent);
}

/** `people` as the nearest multiple of `unit`. */
export function toExact(people: number, unit: number): number {
  return Math.round(people / unit) * unit;
}

/**
 * Splits exact people in the proportion of `weights` (>= 0, not all 0) into exact parts, whose sum is `people`
 * to the last bit: the last part with a weight takes what rounding leaves.
 */
export function splitExact(people: number, weights: readonly number[], unit: number): number[] {
  const totalWeight = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(totalWeight > 0)) throw new RangeError(`weights ${weights.join(', ')} have no positive sum`);
  const last = weights.findLastIndex((weight) => weight > 0);
  let rest = people;
  return weights.map((weight, index) => {
    if (index === last) return rest;
    const part = Math.min(rest, toExact((people * weight) / totalWeight, unit));
    rest -= part;
    return part;
  });
}
