/**
 * One row of a list of structures -> a structure, whatever holds the row: `RowReader` asks for a field by its
 * possible names. Two forms: the tool's own (CSV or GeoJSON properties) and the France services list.
 */
import { basename } from 'node:path';
import type { NoticeList } from '../common/notices.ts';
import { formatWeek, readDayHours } from './opening-hours.ts';
import type { Structure } from './records.ts';
import { findStructureType } from './structure-types.ts';

export interface RowReader {
  file: string;
  row: number;
  /** Text of the first of these fields that the list has; '' where blank or absent. Names are normalised. */
  get(...names: readonly string[]): string;
}

/** A structure without its position yet. */
export type StructureDraft = Omit<Structure, 'lon' | 'lat'>;

export const OWN_NAMES = {
  id: ['id', 'identifiant', 'id_structure'],
  nom: ['nom', 'name', 'libelle'],
  type: ['type', 'typologie', 'type_structure'],
  cercle: ['cercle'],
  adresse: ['adresse'],
  codeInsee: ['code_insee', 'insee_com', 'insee', 'code_commune'],
  engagee: ['engagee', 'engage'],
  dateEngagement: ['date_engagement', 'engagee_depuis'],
  format: ['format'],
  horaires: ['horaires', 'opening_hours', 'horaires_ouverture'],
} as const;

export const FRANCE_SERVICES_NAMES = {
  id: ['id_fs', 'matricule'],
  nom: ['lib_fs', 'lib_france_services'],
} as const;

const FRANCE_SERVICES_DAYS = [
  'h_lundi',
  'h_mardi',
  'h_mercredi',
  'h_jeudi',
  'h_vendredi',
  'h_samedi',
  'h_dimanche',
];

/** A row of the tool's own list. */
export function readOwnRow(reader: RowReader, notices: NoticeList): StructureDraft {
  const id = reader.get(...OWN_NAMES.id);
  const notice = (code: string, message: string, action: string, value: string) =>
    notices.add({
      code,
      severity: 'warning',
      message,
      action,
      file: basename(reader.file),
      row: reader.row,
      id,
      value,
    });
  const spelling = reader.get(...OWN_NAMES.type);
  const type = findStructureType(spelling);
  if (type === undefined) {
    const message = spelling === '' ? 'the type of the structure is missing' : 'the type is not in the table';
    notice('structure-type-unknown', message, 'kept, first circle unless its row says otherwise', spelling);
  }
  const engagee = readYesNo(reader.get(...OWN_NAMES.engagee));
  if (engagee === 'unreadable') {
    notice(
      'structure-engagement-unreadable',
      'engagee is neither oui nor non',
      'read as missing: engaged',
      reader.get(...OWN_NAMES.engagee),
    );
  }
  const cercle = reader.get(...OWN_NAMES.cercle);
  const isCercleStated = cercle === '1' || cercle === '2';
  if (cercle !== '' && !isCercleStated) {
    notice('structure-circle-unreadable', 'cercle is neither 1 nor 2', 'taken from the type', cercle);
  }
  const ofType = engagee === true ? type?.cercleIfEngaged : type?.cercle;
  const date = reader.get(...OWN_NAMES.dateEngagement);
  const dateEngagement = readDate(date);
  if (date !== '' && dateEngagement === undefined) {
    notice('structure-date-unreadable', 'date_engagement is no date', 'read as missing', date);
  }
  const formatText = reader.get(...OWN_NAMES.format);
  const format = readFormat(formatText);
  if (format === undefined) {
    notice('structure-format-unknown', 'the format is not known', 'read as fixe', formatText);
  }
  return {
    id,
    nom: reader.get(...OWN_NAMES.nom) || id,
    type: type?.key ?? spelling,
    cercle: isCercleStated ? (Number(cercle) as 1 | 2) : (ofType ?? 1),
    cercleStated: isCercleStated,
    adresse: reader.get(...OWN_NAMES.adresse) || undefined,
    codeInsee: reader.get(...OWN_NAMES.codeInsee) || undefined,
    engagee: engagee !== false,
    engageeStated: typeof engagee === 'boolean',
    dateEngagement,
    format: format ?? 'fixe',
    horaires: reader.get(...OWN_NAMES.horaires) || undefined,
    file: basename(reader.file),
    row: reader.row,
  };
}

/**
 * A row of the national France services list. The hours of a bus or of an itinerant service are those of its
 * rounds, not of the address in the row, so they are not kept as that address's own.
 */
export function readFranceServicesRow(reader: RowReader, notices: NoticeList): StructureDraft {
  const id = reader.get(...FRANCE_SERVICES_NAMES.id);
  const kind = reader.get('type_fs');
  const formatText = reader.get('format_fs');
  const format = readFranceServicesFormat(kind, formatText, reader.get('itinerance'));
  if (format === undefined) {
    notices.add({
      code: 'structure-row-shifted',
      severity: 'warning',
      message: 'type_fs or format_fs hold what belongs to another column',
      action: 'read as a fixed place',
      file: basename(reader.file),
      row: reader.row,
      id,
      value: `${kind} / ${formatText}`,
    });
  }
  const type = findStructureType('france-service')!;
  const place = [reader.get('code_postal'), reader.get('lib_com')].filter((part) => part !== '').join(' ');
  const adresse = [reader.get('adresse').replace(/\s+/g, ' '), place]
    .filter((part) => part !== '')
    .join(', ');
  const isMoving = format === 'bus' || format === 'itinerant';
  return {
    id,
    nom: reader.get(...FRANCE_SERVICES_NAMES.nom).replace(/\s+/g, ' ') || id,
    type: type.key,
    cercle: type.cercle,
    cercleStated: false,
    adresse: adresse || undefined,
    codeInsee: reader.get('insee_com') || undefined,
    engagee: true,
    engageeStated: false,
    dateEngagement: undefined,
    format: format ?? 'fixe',
    horaires: isMoving ? undefined : readWeek(reader, id, notices),
    file: basename(reader.file),
    row: reader.row,
  };
}

/** Hours of the week in OSM syntax; undefined where the row gives none that can be read. */
function readWeek(reader: RowReader, id: string, notices: NoticeList): string | undefined {
  const fields = FRANCE_SERVICES_DAYS.map((day) => reader.get(day));
  const days = fields.map(readDayHours);
  const notice = (code: string, message: string, action: string, value: string) =>
    notices.add({
      code,
      severity: 'info',
      message,
      action,
      file: basename(reader.file),
      row: reader.row,
      id,
      value,
    });
  const defects = [...new Set(days.flatMap((day) => day.defects))];
  if (defects.length > 0) {
    notice(
      'structure-hours-mended',
      `the hours are irregular: ${defects.join('; ')}`,
      'the rest is kept',
      fields.filter((field) => field !== '').join(' | '),
    );
  }
  const texts = days.map((day) => day.text);
  if (looksShifted(texts)) {
    notice(
      'structure-hours-look-shifted',
      'closed on Monday and open all Saturday as on the four days before: the hours may be shifted by a column',
      'kept as written',
      fields.join(' | '),
    );
  }
  const isBlank = fields.every((field) => field === '' || field === '-');
  const isReadable =
    texts.some((text) => text !== '') ||
    days.every((day) => !day.defects.some((defect) => defect.includes('no range')));
  return isBlank || !isReadable ? undefined : formatWeek(texts);
}

/** Monday to Friday of one pattern, moved to Tuesday to Saturday. */
function looksShifted(days: readonly string[]): boolean {
  const tuesday = days[1];
  return days[0] === '' && tuesday.includes(',') && days.slice(1, 6).every((day) => day === tuesday);
}

function readFranceServicesFormat(
  kind: string,
  format: string,
  itinerance: string,
): Structure['format'] | undefined {
  const word = fold(format);
  if (word.startsWith('bus')) return 'bus';
  if (word.startsWith('itineran') || fold(itinerance) === 'oui') return 'itinerant';
  if (word === 'antenne' || (fold(kind) === 'antenne' && (word.startsWith('fixe') || word === '')))
    return 'antenne';
  if (word.startsWith('multisite')) return 'multisite';
  if (/^(fixe|espace labellise)/.test(word) || word === '') {
    return kind === '' || fold(kind) === 'principal' || fold(kind) === 'antenne' ? 'fixe' : undefined;
  }
  return undefined;
}

function readFormat(text: string): Structure['format'] | undefined {
  const word = fold(text);
  if (word === '' || word === 'fixe') return 'fixe';
  if (word.startsWith('multisite')) return 'multisite';
  if (word.startsWith('antenne')) return 'antenne';
  if (word.startsWith('bus')) return 'bus';
  return word.startsWith('itineran') ? 'itinerant' : undefined;
}

const YES = new Set(['oui', 'o', 'yes', 'true', 'vrai', '1', 'x']);
const NO = new Set(['non', 'n', 'no', 'false', 'faux', '0']);

function readYesNo(text: string): boolean | 'unreadable' | undefined {
  const word = fold(text);
  if (word === '') return undefined;
  if (YES.has(word)) return true;
  return NO.has(word) ? false : 'unreadable';
}

/** `2025-03-01` or `01/03/2025` -> `2025-03-01`; undefined where it is no day of the calendar. */
export function readDate(text: string): string | undefined {
  const iso = /^(\d{4})-(\d{2})-(\d{2})/.exec(text);
  const french = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const parts =
    iso !== null ? [iso[1], iso[2], iso[3]] : french !== null ? [french[3], french[2], french[1]] : undefined;
  if (parts === undefined) return undefined;
  const [year, month, day] = parts.map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? date.toISOString().slice(0, 10) : undefined;
}

function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .trim()
    .toLowerCase();
}
