/**
 * Ways and barriers that a passenger car does not fit through.
 *
 * Source of the car: formats, "OSM roads in France" (2.0 m high, 1.9 m wide, 4.8 m long, 2 t; half of it on
 * each axle). Source of the units: OSM wiki, Map features/Units (metres and tonnes unless another unit is
 * written; feet and inches as 6'7"). A car as large as the limit passes. What cannot be read closes nothing.
 */
import type { OsmTags } from '../read/osm/osm-data.ts';

export const CAR_HEIGHT_METERS = 2.0;
export const CAR_WIDTH_METERS = 1.9;
export const CAR_LENGTH_METERS = 4.8;
export const CAR_WEIGHT_TONNES = 2;
const CAR_AXLE_LOAD_TONNES = CAR_WEIGHT_TONNES / 2;

const METERS_PER_FOOT = 0.3048;
const METERS_PER_INCH = 0.0254;
const METERS_PER_UNIT: Readonly<Record<string, number>> = {
  '': 1,
  m: 1,
  cm: 0.01,
  mm: 0.001,
  ft: METERS_PER_FOOT,
  feet: METERS_PER_FOOT,
  in: METERS_PER_INCH,
};
const TONNES_PER_UNIT: Readonly<Record<string, number>> = {
  '': 1,
  t: 1,
  mt: 1,
  kg: 0.001,
  st: 0.90718474,
  lt: 1.0160469088,
  lb: 0.00045359237,
  lbs: 0.00045359237,
};

/** key -> what the car has of it; a smaller limit stops the car. */
const LENGTH_LIMITS: ReadonlyArray<readonly [key: string, carMeters: number]> = [
  ['maxheight:physical', CAR_HEIGHT_METERS],
  ['maxheight', CAR_HEIGHT_METERS],
  ['maxwidth:physical', CAR_WIDTH_METERS],
  ['maxwidth', CAR_WIDTH_METERS],
  ['maxlength', CAR_LENGTH_METERS],
];
const WEIGHT_LIMITS: ReadonlyArray<readonly [key: string, carTonnes: number]> = [
  ['maxweight', CAR_WEIGHT_TONNES],
  ['maxweightrating', CAR_WEIGHT_TONNES],
  ['maxgcweight', CAR_WEIGHT_TONNES],
  ['maxgcweightrating', CAR_WEIGHT_TONNES],
  ['maxaxleload', CAR_AXLE_LOAD_TONNES],
];

/** True where the car of the study is too high, wide, long or heavy for the way or the barrier. */
export function isTooSmallForCar(tags: OsmTags): boolean {
  for (const [key, carMeters] of LENGTH_LIMITS) {
    const limit = parseMeters(tags[key]);
    if (limit !== undefined && limit < carMeters) return true;
  }
  for (const [key, carTonnes] of WEIGHT_LIMITS) {
    const limit = parseTonnes(tags[key]);
    if (limit !== undefined && limit < carTonnes) return true;
  }
  return false;
}

/** Width of the carriageway in metres, surveyed or estimated; undefined where untold. */
export function widthMetersOf(tags: OsmTags): number | undefined {
  return parseMeters(tags.width) ?? parseMeters(tags.est_width);
}

/** Metres of a tagged length ("1,80", "2.1 m", "6'7\"", "12 ft"); undefined for `none`, `default` and junk. */
export function parseMeters(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const imperial = /^(\d+(?:\.\d+)?)'\s*(?:(\d+(?:\.\d+)?)")?$/.exec(value.trim());
  if (imperial !== null) {
    return Number(imperial[1]) * METERS_PER_FOOT + Number(imperial[2] ?? 0) * METERS_PER_INCH;
  }
  return parseQuantity(value, METERS_PER_UNIT);
}

/** Tonnes of a tagged weight ("3.5", "1500 kg", "5 st"); undefined for what cannot be read. */
export function parseTonnes(value: string | undefined): number | undefined {
  return value === undefined ? undefined : parseQuantity(value, TONNES_PER_UNIT);
}

function parseQuantity(value: string, factorOfUnit: Readonly<Record<string, number>>): number | undefined {
  const match = /^(\d+(?:[.,]\d+)?)\s*([a-z]*)$/.exec(value.trim().toLowerCase());
  if (match === null) return undefined;
  const factor = factorOfUnit[match[2]!];
  const quantity = Number(match[1]!.replace(',', '.'));
  return factor === undefined || quantity <= 0 ? undefined : quantity * factor;
}
