/**
 * Lists of structures in CSV -> rows: the tool's own columns, bare points, the France services list of 2024 or
 * of 2021, and the annuaire de l'administration as a portal exports it (JSON inside fields). The header tells.
 */
import { basename } from 'node:path';
import { Fault } from '../common/errors.ts';
import type { NoticeList } from '../common/notices.ts';
import { type CsvHeader, type CsvTable, readCsv } from './csv.ts';
import { FRANCE_SERVICES_NAMES, readFranceServicesRow } from './france-services-row.ts';
import { isFranceServicesColumn } from './official-columns.ts';
import { isOwnResult } from './own-results.ts';
import { PositionColumns } from './position-columns.ts';
import { LAT_NAMES, LON_NAMES, POSITION_GROUPS, POSITION_NAMES, X_NAMES, Y_NAMES } from './position-names.ts';
import type { Bounds } from './positions.ts';
import { annuaireRows } from './structure-annuaire.ts';
import { OWN_NAMES, type PlacedRow, type RowReader, readOwnRow } from './structure-rows.ts';
import { type ExpectedColumns, noticeUnusedColumns } from './unused-columns.ts';

const ANNUAIRE_COLUMNS = ['pivot', 'adresse', 'plage_ouverture'] as const;
const KNOWN_COLUMNS = [
  ...Object.values(OWN_NAMES).flat(),
  ...Object.values(FRANCE_SERVICES_NAMES).flat(),
  ...POSITION_NAMES,
  ...ANNUAIRE_COLUMNS,
];

/** Of the tool's own list, whatever holds it, and of France services'. */
export const OWN_COLUMNS: ExpectedColumns = {
  groups: [...Object.values(OWN_NAMES), ...POSITION_GROUPS],
};
export const FRANCE_SERVICES_COLUMNS: ExpectedColumns = {
  groups: [...OWN_COLUMNS.groups, ...Object.values(FRANCE_SERVICES_NAMES)],
  isOfficial: isFranceServicesColumn,
};

/** @param bounds of the roads or the territory, where they are known: which of two coordinates is the longitude */
export async function readCsvRows(
  path: string,
  bounds: Bounds | undefined,
  notices: NoticeList,
): Promise<PlacedRow[]> {
  const table = await readCsv(path, KNOWN_COLUMNS, notices);
  const { header, records } = table;
  const positions = new PositionColumns(table, bounds);
  const isAnnuaire = ANNUAIRE_COLUMNS.every((column) => header.find(column) >= 0);
  const isFranceServices =
    header.find(...FRANCE_SERVICES_NAMES.id) >= 0 && header.find(...FRANCE_SERVICES_NAMES.nom) >= 0;
  if (!isAnnuaire && !isFranceServices) requireOwnColumns(path, table, notices);
  if (!isAnnuaire && !positions.hasAny && !hasCommune(header)) requirePosition(header);
  if (records.length === 0) {
    throw new Fault('structure-list-empty', { file: path });
  }
  if (isAnnuaire) return annuaireRows(path, recordsByName(table), notices);
  for (const names of Object.values(OWN_NAMES)) header.find(...names);
  const expected = isFranceServices ? FRANCE_SERVICES_COLUMNS : OWN_COLUMNS;
  noticeUnusedColumns(header, records, expected, notices);
  return withoutOtherModes(path, table, notices).map((record): PlacedRow => {
    const reader = csvReader(path, table, record);
    return {
      draft: (list, types) =>
        isFranceServices ? readFranceServicesRow(reader, list) : readOwnRow(reader, list, types),
      ...positions.read(record),
      communeName: reader.get(...OWN_NAMES.commune),
    };
  });
}

/** `structures.csv` given back: of the rows of one structure, one a mode, the first. */
function withoutOtherModes(
  path: string,
  { header, records }: CsvTable,
  notices: NoticeList,
): CsvTable['records'] {
  if (!isOwnResult(header)) return records;
  const [idField, modeField] = [header.find(...OWN_NAMES.id), header.find('mode')];
  const firstMode = new Map<string, string>();
  const kept = records.filter(({ fields }) => {
    const [id, mode] = [fields[idField] ?? '', fields[modeField] ?? ''];
    const first = firstMode.get(id);
    if (first === undefined) firstMode.set(id, mode);
    // The same mode again is no row of a mode but an id that stands twice.
    return first === undefined || first === mode;
  });
  if (kept.length < records.length) {
    notices.add({
      code: 'structure-rows-of-modes',
      severity: 'info',
      message: `${records.length - kept.length} rows say of another mode what the list has of the same structures`,
      action: 'each structure read once',
      file: basename(path),
      count: records.length - kept.length,
    });
  }
  return kept;
}

function requireOwnColumns(path: string, table: CsvTable, notices: NoticeList): void {
  const { header } = table;
  header.get('id', ...OWN_NAMES.id);
  if (isBarePoints(table)) {
    notices.add({
      code: 'structures-bare-points',
      severity: 'info',
      message: 'the list has only ids and positions',
      action: 'each id serves as the name; no type, first circle',
      file: basename(path),
    });
    return;
  }
  header.get('name', ...OWN_NAMES.nom);
  header.get('type', ...OWN_NAMES.type);
}

/** True where rows without position can be placed in their commune. */
function hasCommune(header: CsvHeader): boolean {
  const hasNeither = !header.has(...LON_NAMES, ...X_NAMES) && !header.has(...LAT_NAMES, ...Y_NAMES);
  return hasNeither && header.has(...OWN_NAMES.codeInsee, ...OWN_NAMES.commune);
}

function requirePosition(header: CsvHeader): void {
  header.get('longitude (or, without positions, the code_insee)', ...LON_NAMES);
  header.get('latitude', ...LAT_NAMES);
}

/**
 * Ids and positions alone, as points of interest are published. With any further column a missing name or type
 * is more likely a mistake, such as a population grid in the place of the list, and is refused.
 */
function isBarePoints({ header }: CsvTable): boolean {
  return (
    header.names.length === 3 &&
    header.has(...OWN_NAMES.id) &&
    header.has(...LON_NAMES, ...X_NAMES) &&
    header.has(...LAT_NAMES, ...Y_NAMES)
  );
}

function csvReader(path: string, { header }: CsvTable, record: CsvTable['records'][number]): RowReader {
  return {
    file: path,
    row: record.line,
    hasTypes: header.find(...OWN_NAMES.type) >= 0,
    get(...names) {
      const field = header.find(...names);
      return field < 0 ? '' : record.fields[field]!;
    },
  };
}

function recordsByName({
  header,
  records,
}: CsvTable): Array<{ row: number; record: Record<string, string> }> {
  return records.map(({ line, fields }) => ({
    row: line,
    record: Object.fromEntries(
      header.names.map((name, field) => [name.trim().toLowerCase(), fields[field]!]),
    ),
  }));
}
