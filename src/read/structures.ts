/**
 * Lists of structures (accueil points) -> structures. In go files whose kind their content tells: the tool's own
 * CSV, GeoJSON points with the same properties, and the national France services list. Out come structures in
 * the order of the files, with unique ids. Rows without a usable position or with a repeated id are left out,
 * each with its notice.
 */
import { open } from 'node:fs/promises';
import { basename, parse } from 'node:path';
import { UsageError } from '../common/errors.ts';
import type { NoticeList } from '../common/notices.ts';
import { type CsvTable, readCsv } from './csv.ts';
import { findProperty, type LooseFeature, readFeatures } from './geojson.ts';
import { readNumber } from './numbers.ts';
import { type Bounds, isOnEarth, looksSwapped, refuseSwapped } from './positions.ts';
import type { Structure } from './records.ts';
import {
  FRANCE_SERVICES_NAMES,
  OWN_NAMES,
  type RowReader,
  readFranceServicesRow,
  readOwnRow,
  type StructureDraft,
} from './structure-rows.ts';

export interface StructureOptions {
  /** Bounds of the roads read, to recognise swapped columns. */
  bounds?: Bounds | undefined;
}

const LON_NAMES = ['lon', 'longitude', 'lng', 'long', 'x'] as const;
const LAT_NAMES = ['lat', 'latitude', 'y'] as const;
const KNOWN_COLUMNS = [
  ...Object.values(OWN_NAMES).flat(),
  ...Object.values(FRANCE_SERVICES_NAMES).flat(),
  ...LON_NAMES,
  ...LAT_NAMES,
];

/** Throws a UsageError where a file lacks a column, has swapped columns, or where nothing usable is left. */
export async function readStructures(
  paths: readonly string[],
  options: StructureOptions,
  notices: NoticeList,
): Promise<Structure[]> {
  const lists: Structure[][] = [];
  for (const path of paths) {
    const rows = (await isJson(path)) ? await readGeoJsonRows(path) : await readCsvRows(path, notices);
    lists.push(readList(path, rows, options, notices));
  }
  namespaceIds(paths, lists, notices);
  const structures = lists.flat();
  if (structures.length > 0) return structures;
  throw new UsageError('the lists hold no structure with a usable position', {
    ...(paths.length === 1 ? { file: paths[0] } : {}),
    remedy: 'See the notices: each row left out is named with its reason.',
  });
}

/** A row and the position it states; a number, or the text that is none. */
interface PlacedRow {
  draft(notices: NoticeList): StructureDraft;
  row: number;
  lon: number | string;
  lat: number | string;
}

function readList(
  path: string,
  rows: readonly PlacedRow[],
  options: StructureOptions,
  notices: NoticeList,
): Structure[] {
  const placed = rows.filter((row) => typeof row.lon === 'number' && typeof row.lat === 'number');
  refuseSwapped(
    path,
    placed.map((row) => Number(row.lon)),
    placed.map((row) => Number(row.lat)),
    options.bounds,
    (point) => placed[point].row,
  );
  const structures: Structure[] = [];
  const ids = new Set<string>();
  for (const row of rows) {
    const draft = row.draft(notices);
    const fault = findFault(row, draft, ids, options.bounds);
    if (fault !== undefined) {
      notices.add({
        ...fault,
        severity: 'warning',
        action: 'left out',
        file: basename(path),
        row: row.row,
        id: draft.id,
      });
      continue;
    }
    ids.add(draft.id);
    structures.push({ ...draft, lon: Number(row.lon), lat: Number(row.lat) });
  }
  return structures;
}

/** Why a row cannot serve; undefined where it can. */
function findFault(
  { lon, lat }: PlacedRow,
  draft: StructureDraft,
  ids: ReadonlySet<string>,
  bounds: Bounds | undefined,
): { code: string; message: string; value: string } | undefined {
  const value = `${lon}, ${lat}`;
  if (draft.id === '')
    return { code: 'structure-without-id', message: 'the row has no id', value: draft.nom };
  if (ids.has(draft.id)) {
    return { code: 'structure-id-repeated', message: 'the id stands twice in the list', value: draft.nom };
  }
  if (lon === '' || lat === '') {
    return {
      code: 'structure-without-position',
      message: `${draft.nom} has no position`,
      value: draft.adresse ?? '',
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

async function readCsvRows(path: string, notices: NoticeList): Promise<PlacedRow[]> {
  const table = await readCsv(path, KNOWN_COLUMNS, notices);
  const { header, records } = table;
  const isFranceServices =
    header.find(...FRANCE_SERVICES_NAMES.id) >= 0 && header.find(...FRANCE_SERVICES_NAMES.nom) >= 0;
  if (!isFranceServices) {
    header.get('id', ...OWN_NAMES.id);
    if (isBarePoints(table)) {
      notices.add({
        code: 'structures-bare-points',
        severity: 'info',
        message: 'the list has only ids and positions',
        action: 'each id serves as the name; no type, first circle',
        file: basename(path),
      });
    } else {
      header.get('name', ...OWN_NAMES.nom);
      header.get('type', ...OWN_NAMES.type);
    }
  }
  const lonField = header.get('longitude', ...LON_NAMES);
  const latField = header.get('latitude', ...LAT_NAMES);
  if (records.length === 0) {
    throw new UsageError('the list holds no row', {
      file: path,
      remedy: 'Below the names of the columns, write one structure a line.',
    });
  }
  return records.map((record): PlacedRow => {
    const reader = csvReader(path, table, record);
    return {
      draft: (list) => (isFranceServices ? readFranceServicesRow(reader, list) : readOwnRow(reader, list)),
      row: record.line,
      lon: readCoordinate(record.fields[lonField], header.dialect.separator),
      lat: readCoordinate(record.fields[latField], header.dialect.separator),
    };
  });
}

/**
 * Ids and positions alone, as points of interest are published. With any further column a missing name or type
 * is more likely a mistake, such as a population grid in the place of the list, and is refused.
 */
function isBarePoints({ header }: CsvTable): boolean {
  return (
    header.names.length === 3 &&
    header.find(...OWN_NAMES.id) >= 0 &&
    header.find(...LON_NAMES) >= 0 &&
    header.find(...LAT_NAMES) >= 0
  );
}

function csvReader(path: string, { header }: CsvTable, record: CsvTable['records'][number]): RowReader {
  return {
    file: path,
    row: record.line,
    get(...names) {
      const field = header.find(...names);
      return field < 0 ? '' : record.fields[field];
    },
  };
}

/** `48,85` cannot be a thousand here, so a decimal comma is read whatever separates the columns. */
function readCoordinate(text: string, separator: string): number | string {
  const value = readNumber(text, separator === ',' ? ';' : separator);
  return typeof value === 'number' ? value : text.trim();
}

async function readGeoJsonRows(path: string): Promise<PlacedRow[]> {
  const features = await readFeatures(path);
  return features.map((feature, position): PlacedRow => {
    const reader = featureReader(path, feature, position);
    const isFranceServices = reader.get(...FRANCE_SERVICES_NAMES.nom) !== '';
    const point = feature.geometry?.type === 'Point' ? feature.geometry.coordinates : [];
    return {
      draft: (list) => (isFranceServices ? readFranceServicesRow(reader, list) : readOwnRow(reader, list)),
      row: position + 1,
      lon: point[0] ?? '',
      lat: point[1] ?? '',
    };
  });
}

function featureReader(path: string, feature: LooseFeature, position: number): RowReader {
  const ownId = feature.id === undefined ? '' : String(feature.id);
  return {
    file: path,
    row: position + 1,
    get(...names) {
      const text = findProperty(feature, ...names);
      return text ?? (names.includes('id') ? ownId : '');
    },
  };
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
    return /^(\ufeff|\s)*\{/.test(head.toString('utf8', 0, bytesRead));
  } finally {
    await handle.close();
  }
}
