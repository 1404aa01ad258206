/** Orders connections for the scan: a counting sort by the second of departure, linear in their number. */
import { sharedUint32 } from '../common/shared-arrays.ts';

/**
 * By ascending departure; of one second those without duration first, then in the order of the calls. So a
 * scan from the end meets the later of two hops of a trip first (hops without duration exist), and a departure
 * before the hop without duration that arrives for it.
 */
export function sortConnections(
  firstCallOfTrip: Uint32Array,
  departureOfCall: Int32Array,
  arrivalOfCall: Int32Array,
): { connectionCount: number; callOfConnection: Uint32Array } {
  const tripCount = firstCallOfTrip.length - 1;
  let count = 0;
  let earliest = Number.POSITIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;
  for (let trip = 0; trip < tripCount; trip++) {
    for (let call = firstCallOfTrip[trip]!; call < firstCallOfTrip[trip + 1]! - 1; call++) {
      count++;
      if (departureOfCall[call]! < earliest) earliest = departureOfCall[call]!;
      if (departureOfCall[call]! > latest) latest = departureOfCall[call]!;
    }
  }
  const callOfConnection = sharedUint32(count);
  if (count === 0) return { connectionCount: 0, callOfConnection };
  // Two buckets a second: without duration, with duration.
  const next = new Uint32Array(2 * (latest - earliest + 1) + 1);
  const bucketOf = (call: number): number =>
    2 * (departureOfCall[call]! - earliest) + (arrivalOfCall[call + 1]! > departureOfCall[call]! ? 1 : 0);
  for (let trip = 0; trip < tripCount; trip++) {
    for (let call = firstCallOfTrip[trip]!; call < firstCallOfTrip[trip + 1]! - 1; call++)
      next[bucketOf(call) + 1]!++;
  }
  for (let bucket = 1; bucket < next.length; bucket++) next[bucket]! += next[bucket - 1]!;
  for (let trip = 0; trip < tripCount; trip++) {
    for (let call = firstCallOfTrip[trip]!; call < firstCallOfTrip[trip + 1]! - 1; call++) {
      callOfConnection[next[bucketOf(call)]!++] = call;
    }
  }
  return { connectionCount: count, callOfConnection };
}
