/**
 * Faults that show only once a study's data are read, told at the line of the study that led to them; and the
 * checks that need both the study and its data.
 */
import type { Position } from 'geojson';
import { Fault, UsageError } from '../common/errors.ts';
import type { CommuneSet } from '../read/communes.ts';
import { type Bounds, refuseElsewhere } from '../read/positions.ts';
import type { Study } from '../study/study.ts';

/**
 * Does one part of the work; an error of it that names no file is told at the first of the keys that the study's
 * file has.
 */
export async function atKey<Result>(
  study: Study,
  keys: readonly string[],
  work: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UsageError) || error.fields.file !== undefined) throw error;
    throw error.placedAt(placeOf(study, keys));
  }
}

/** The study's file, and the line of the first of the keys that it has. */
export function placeOf(study: Study, keys: readonly string[]): { file: string; line?: number } {
  const line = keys.map((key) => study.lineOfKey.get(key)).find((each) => each !== undefined);
  return { file: study.path, ...(line === undefined ? {} : { line }) };
}

/** Transit without timetables would be walking under another name. */
export function requireTimetables(study: Study): void {
  if (!study.modes.includes('transit') || study.timetables.length > 0) return;
  throw new Fault('timetables-missing', { ...placeOf(study, ['modes']), value: study.modes.join(', ') });
}

/** Without polygons all cells are counted: a part of the country that was asked for would go unheard. */
export function requirePolygons(study: Study): void {
  const key = study.departement !== undefined ? 'departement' : 'commune_codes';
  const value = study.departement ?? study.communeCodes?.join(', ');
  if (value === undefined || study.communes.length > 0) return;
  throw new Fault('polygons-missing-for-key', { ...placeOf(study, [key]), value }, { key });
}

/** Throws where the roads lie beside the box of every polygon of the territory: another place, or no WGS84. */
export function refusePolygonsElsewhere(study: Study, { communes }: CommuneSet, bounds: Bounds): void {
  const [west, south, east, north] = bounds;
  const lon: number[] = [];
  const lat: number[] = [];
  for (const { geometry } of communes) {
    if (geometry === undefined) continue;
    const rings =
      geometry.type === 'Polygon' ? [geometry.coordinates[0]] : geometry.coordinates.map(([ring]) => ring);
    for (const ring of rings) {
      // The place in the ring's box that is nearest to the middle of the roads.
      lon.push(nearestWithin((west + east) / 2, ring, 0));
      lat.push(nearestWithin((south + north) / 2, ring, 1));
    }
  }
  refuseElsewhere(study.communes[0], 'commune polygon', lon, lat, bounds);
}

/** The value between the least and the greatest coordinate of a ring that is nearest to `value`. */
function nearestWithin(value: number, ring: readonly Position[], axis: 0 | 1): number {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (const position of ring) {
    least = Math.min(least, position[axis]);
    greatest = Math.max(greatest, position[axis]);
  }
  return Math.min(Math.max(value, least), greatest);
}
