/**
 * The reference times of OSRM and Valhalla, and where they lie.
 *
 * In: a folder with `PLACE-from.csv`, `PLACE-to.csv` (`id,lon,lat`) and `PLACE-MODE.csv`
 * (`from_id,to_id,osrm_s,valhalla_s`, seconds, empty where the engine finds no way), and the folder of the real
 * OSM files. Out: points and pairs. Neither folder is part of the project.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StreetMode } from '../../src/common/units.ts';

export interface ReferencePlace {
  name: string;
  /** Roads, relative to the folder of real data. */
  roads: string;
}

export const REFERENCE_PLACES: readonly ReferencePlace[] = [
  { name: 'saint-germain', roads: 'saint-germain/roads.overpass.json' },
  { name: 'monaco', roads: 'monaco-06/monaco-osrm.osm.pbf' },
  { name: 'porto-alegre', roads: 'porto-alegre/poa_osm.pbf' },
  { name: 'addison', roads: 'addison/addison.osm.gz' },
];

export const REFERENCE_MODES: readonly StreetMode[] = ['car', 'walk', 'bike'];

export interface ReferenceFolders {
  references: string;
  data: string;
}

export interface ReferencePoint {
  id: string;
  lon: number;
  lat: number;
}

export interface ReferencePair {
  from: string;
  to: string;
  /** Undefined where the engine finds no way. */
  osrmSeconds: number | undefined;
  valhallaSeconds: number | undefined;
}

/**
 * The folders of real data (`MAILLAGE_REAL_DATA`, else `../shared/data` beside the project) and, beside it, of
 * reference times.
 */
export function defaultFolders(): ReferenceFolders {
  const data =
    process.env.MAILLAGE_REAL_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));
  return { data, references: join(dirname(data), 'reference') };
}

/** Files of the place and modes that are not there. */
export function missingFiles(
  folders: ReferenceFolders,
  place: ReferencePlace,
  modes: readonly StreetMode[],
): string[] {
  return [
    join(folders.data, place.roads),
    pointsPath(folders, place, 'from'),
    pointsPath(folders, place, 'to'),
    ...modes.map((mode) => pairsPath(folders, place, mode)),
  ].filter((path) => !existsSync(path));
}

export function pointsPath(folders: ReferenceFolders, place: ReferencePlace, end: 'from' | 'to'): string {
  return join(folders.references, `${place.name}-${end}.csv`);
}

export function readReferencePoints(
  folders: ReferenceFolders,
  place: ReferencePlace,
  end: 'from' | 'to',
): ReferencePoint[] {
  return plainRows(readFileSync(pointsPath(folders, place, end), 'utf8')).map((row) => ({
    id: row.id!,
    lon: Number(row.lon),
    lat: Number(row.lat),
  }));
}

export function readReferencePairs(
  folders: ReferenceFolders,
  place: ReferencePlace,
  mode: StreetMode,
): ReferencePair[] {
  return plainRows(readFileSync(pairsPath(folders, place, mode), 'utf8')).map((row) => ({
    from: row.from_id!,
    to: row.to_id!,
    osrmSeconds: optionalNumber(row.osrm_s),
    valhallaSeconds: optionalNumber(row.valhalla_s),
  }));
}

/** The rows of a CSV without quotes, as records by the header's names. */
export function plainRows(text: string): Array<Record<string, string>> {
  const [header, ...lines] = text.trim().split(/\r?\n/);
  const names = header!.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((field, i) => [names[i]!, field])));
}

export function optionalNumber(text: string | undefined): number | undefined {
  return text === undefined || text === '' ? undefined : Number(text);
}

function pairsPath(folders: ReferenceFolders, place: ReferencePlace, mode: StreetMode): string {
  return join(folders.references, `${place.name}-${mode}.csv`);
}
