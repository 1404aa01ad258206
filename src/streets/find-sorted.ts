/** Where a value stands in an ascending array: nodes and ways by their ids. */
import { NO_INDEX } from '../common/units.ts';

/** Position of a value in an ascending array, or NO_INDEX. */
export function findSorted(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === value ? low : NO_INDEX;
}
