/**
 * Lists of structures (accueil points) -> structures. In go files whose kind their content tells: the tool's own
 * CSV, GeoJSON points with the same properties, the national France services lists, the annuaire de
 * l'administration, OpenStreetMap. Out come structures in the order of the files, with unique ids and today's
 * commune codes. Rows without a usable position are placed in their commune where the study knows it; those
 * that nothing places, or with a repeated id, are left out, each with its notice.
 */
import { open } from 'node:fs/promises';
import { basename, parse } from 'node:path';
import { Fault } from '../common/errors.ts';
import { whileReading } from '../common/file-faults.ts';
import { NoticeList } from '../common/notices.ts';
import { noticeCommune } from './commune-notices.ts';
import { joinDuplicates } from './duplicate-structures.ts';
import { readItinerantStops, type StopOwners } from './itinerant-stops.ts';
import {
  type PlacingOptions,
  type PositionFault,
  placeStructures,
  type ReadStructure,
} from './place-structures.ts';
import { type Bounds, isOnEarth, looksSwapped, refuseSwapped } from './positions.ts';
import type { Structure } from './records.ts';
import { settlePositions } from './settle-positions.ts';
import { type CommuneClues, StructureCommunes } from './structure-communes.ts';
import { readCsvRows } from './structure-csv.ts';
import { understandHours } from './structure-hours.ts';
import { readJsonRows } from './structure-json.ts';
import { readOsmRows } from './structure-osm.ts';
import type { PlacedRow, StructureDraft } from './structure-rows.ts';
import type { TypeMapping } from './structure-types.ts';

export interface StructureOptions extends PlacingOptions {
  /** Bounds of the roads read, to recognise swapped columns. */
  bounds?: Bounds | undefined;
  /** Merge what several lists hold, instead of only reporting it. */
  mergeDuplicates?: boolean | undefined;
  /** CSVs of the stops of itinerant structures, and the day whose week they are read for (YYYY-MM-DD). */
  itinerantStops?: readonly string[] | undefined;
  date?: string | undefined;
  /** What the study says that own words for types mean. */
  types?: TypeMapping | undefined;
}

/** Throws a UsageError where a file lacks a column, has swapped columns, or where nothing usable is left. */
export async function readStructures(
  paths: readonly string[],
  options: StructureOptions,
  notices: NoticeList,
): Promise<Structure[]> {
  const communes = new StructureCommunes(options.communes);
  const read: ReadStructure[][] = [];
  for (const path of paths) {
    const list = await whileReading(path, async () => {
      const rows = await readRows(path, options.bounds, notices);
      await settlePositions(path, rows, options.bounds, notices);
      return readList(path, rows, options, communes, notices);
    });
    read.push(list);
  }
  const placed = await placeStructures(read, options, notices);
  const lists = await understandHours(placed, options.date, notices);
  namespaceIds(paths, lists, notices);
  const joined = joinDuplicates(lists, options.mergeDuplicates === true, notices);
  const structures = [...joined.structures, ...(await readStops(joined, communes, options, notices))];
  if (structures.length > 0) return structures;
  throw new Fault('structures-unusable', { ...(paths.length === 1 ? { file: paths[0] } : {}) });
}

/** The stops of all files, placed like structures. */
async function readStops(
  owners: StopOwners,
  communes: StructureCommunes,
  options: StructureOptions,
  notices: NoticeList,
): Promise<Structure[]> {
  const stops: ReadStructure[][] = [];
  for (const path of options.itinerantStops ?? []) {
    const read = () => readItinerantStops(path, owners, communes, options, notices);
    stops.push(await whileReading(path, read));
  }
  return (await placeStructures(stops, options, notices)).flat();
}

const OSM_FILE = /\.(osm|osm\.gz|osm\.bz2|pbf)$/i;

async function readRows(path: string, bounds: Bounds | undefined, notices: NoticeList): Promise<PlacedRow[]> {
  if (OSM_FILE.test(path)) return readOsmRows(path, notices);
  return (await isJson(path)) ? readJsonRows(path, bounds, notices) : readCsvRows(path, bounds, notices);
}

function readList(
  path: string,
  rows: readonly PlacedRow[],
  { bounds, types }: StructureOptions,
  communes: StructureCommunes,
  notices: NoticeList,
): ReadStructure[] {
  const placed = rows.filter((row) => typeof row.lon === 'number' && typeof row.lat === 'number');
  refuseSwapped(
    path,
    placed.map((row) => Number(row.lon)),
    placed.map((row) => Number(row.lat)),
    bounds,
    (point) => placed[point]!.row,
  );
  const structures: ReadStructure[] = [];
  const ids = new Set<string>();
  let isPostal: boolean | undefined;
  const isPostalColumn = () => {
    const codes = () => rows.map((row) => row.draft(new NoticeList(0), types).codeInsee ?? '');
    isPostal ??= communes.isPostalColumn(codes());
    return isPostal;
  };
  for (const row of rows) {
    const draft = row.draft(notices, types);
    const idFault = findIdFault(draft, ids);
    if (idFault !== undefined) {
      notices.add({
        ...idFault,
        severity: 'warning',
        action: 'left out',
        file: basename(path),
        row: row.row,
        id: draft.id,
      });
      continue;
    }
    ids.add(draft.id);
    const fault = findPositionFault(row, draft, bounds);
    const [lon, lat] = [Number(row.lon), Number(row.lat)];
    const clues: CommuneClues = {
      code: draft.codeInsee,
      name: row.communeName?.trim(),
      position: fault === undefined ? [lon, lat] : undefined,
    };
    const decision = communes.decide(clues, isPostalColumn);
    noticeCommune(decision, clues, draft, communes, notices);
    structures.push({ structure: { ...draft, codeInsee: decision.code, lon, lat }, fault });
  }
  return structures;
}

function findIdFault(draft: StructureDraft, ids: ReadonlySet<string>): PositionFault | undefined {
  if (draft.id === '')
    return { code: 'structure-without-id', message: 'the row has no id', value: draft.nom };
  if (ids.has(draft.id)) {
    return { code: 'structure-id-repeated', message: 'the id stands twice in the list', value: draft.nom };
  }
  return undefined;
}

/** Why the position of a row cannot serve; undefined where it can. */
function findPositionFault(
  { lon, lat }: PlacedRow,
  draft: StructureDraft,
  bounds: Bounds | undefined,
): PositionFault | undefined {
  const value = `${lon}, ${lat}`;
  if (lon === '' || lat === '') {
    return {
      code: 'structure-without-position',
      message: `${draft.nom} has no position`,
      value: draft.adresse ?? '',
      isBlank: true,
    };
  }
  if (typeof lon === 'string' || typeof lat === 'string') {
    return { code: 'structure-position-unreadable', message: 'the position is no pair of numbers', value };
  }
  if (looksSwapped(lon, lat, bounds)) {
    return { code: 'structure-position-swapped', message: 'lon and lat look swapped', value };
  }
  if (!isOnEarth(lon, lat) || (lon === 0 && lat === 0)) {
    return { code: 'structure-off-the-earth', message: 'the position is not on the Earth, or 0, 0', value };
  }
  return undefined;
}

/** Ids that several lists use become `file:id` in all of them, whatever the order of the files. */
function namespaceIds(paths: readonly string[], lists: readonly Structure[][], notices: NoticeList): void {
  const listsOfId = new Map<string, number>();
  for (const list of lists) {
    for (const { id } of list) listsOfId.set(id, (listsOfId.get(id) ?? 0) + 1);
  }
  const stems = paths.map((path) => parse(path).name);
  lists.forEach((list, position) => {
    const isStemUnique = stems.filter((stem) => stem === stems[position]).length === 1;
    const prefix = isStemUnique ? stems[position] : `${stems[position]}-${position + 1}`;
    let renamedCount = 0;
    for (const structure of list) {
      if ((listsOfId.get(structure.id) ?? 0) < 2) continue;
      structure.id = `${prefix}:${structure.id}`;
      renamedCount++;
    }
    if (renamedCount === 0) return;
    notices.add({
      code: 'structure-ids-shared-by-lists',
      severity: 'info',
      message: `${renamedCount} ids stand in another list too`,
      action: `prefixed with ${prefix}:`,
      count: renamedCount,
      file: basename(paths[position]),
    });
  });
}

async function isJson(path: string): Promise<boolean> {
  if (/\.(geo)?json(\.gz)?$/i.test(path)) return true;
  const handle = await open(path).catch(() => undefined);
  if (handle === undefined) return false;
  try {
    const head = Buffer.alloc(64);
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    return /^(\ufeff|\s)*[{[]/.test(head.toString('utf8', 0, bytesRead));
  } finally {
    await handle.close();
  }
}
