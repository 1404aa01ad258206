/**
 * How much a packed file may hold. A few hundred bytes can unpack to gigabytes ("bombs"); no real input packs
 * better than a tenth of `GREATEST_RATIO`: grids in zips 6 to 1, stop times 10 to 25, extracts of OpenStreetMap 3 to
 * 15. So what unpacks to more is refused after the first megabytes, before time and memory are spent.
 */
import { Fault } from '../common/errors.ts';

/** Unpacked bytes for each packed byte. */
export const GREATEST_RATIO = 250;
/** Unpacked bytes that are let through whatever they were packed into: a table of blank columns packs well. */
export const FREE_BYTES = 16 << 20;

/** True where no real input unpacks to so much. */
export function isBomb(unpackedBytes: number, packedBytes: number): boolean {
  return unpackedBytes > FREE_BYTES && unpackedBytes > packedBytes * GREATEST_RATIO;
}

/** @throws UsageError where no real input unpacks to so much */
export function refuseBomb(file: string, unpackedBytes: number, packedBytes: number): void {
  if (!isBomb(unpackedBytes, packedBytes)) return;
  throw new Fault('file-unpacks-too-far', { file }, { ratio: GREATEST_RATIO });
}
