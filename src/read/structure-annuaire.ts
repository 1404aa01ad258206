/**
 * The annuaire de l'administration (DILA) -> rows. Its file is `{"service": […]}`; portals serve the same records
 * as a bare list, under `results` or under `records[].fields`, and with the nested fields (`pivot`, `adresse`,
 * `plage_ouverture`, …) as JSON written inside strings. A record's kind is `pivot[].type_service_local`; those
 * that receive nobody for social questions (prefectures, courts, …) are left out and counted.
 * https://www.data.gouv.fr/fr/datasets/service-public-fr-annuaire-de-l-administration-base-de-donnees-locales/
 */
import { basename } from 'node:path';
import { Fault } from '../common/errors.ts';
import type { NoticeList } from '../common/notices.ts';
import { readNumber } from './numbers.ts';
import { fold, isPhoneNumber, type PlacedRow, type StructureDraft } from './structure-rows.ts';
import { findStructureType, type StructureType } from './structure-types.ts';
import { readWeek } from './structure-week.ts';

type JsonRecord = Record<string, unknown>;

/** A record and its 1-based place in the file. */
export interface AnnuaireRecord {
  row: number;
  record: JsonRecord;
}

/** The annuaire still calls France services by its name of 2015. */
const OWN_KINDS: Readonly<Record<string, string>> = { msap: 'france-service' };
const DAYS = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];

/** The records of an annuaire file; undefined where the value is none. */
export function findAnnuaireRecords(value: unknown): AnnuaireRecord[] | undefined {
  const list = listOf(value);
  if (list === undefined) return undefined;
  const records = list.map((each, position) => ({ row: position + 1, record: fieldsOf(each) }));
  return records.some(({ record }) => record.pivot !== undefined) ? records : undefined;
}

function listOf(value: unknown): unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (!isRecord(value)) return undefined;
  for (const key of ['service', 'results', 'records']) {
    if (Array.isArray(value[key])) return value[key];
  }
  return undefined;
}

function fieldsOf(value: unknown): JsonRecord {
  if (!isRecord(value)) return {};
  if (isRecord(value.fields)) return value.fields;
  return isRecord(value.record) && isRecord(value.record.fields) ? value.record.fields : value;
}

/** Rows of the records that may be structures. Throws a UsageError where none is. */
export function annuaireRows(
  path: string,
  records: readonly AnnuaireRecord[],
  notices: NoticeList,
): PlacedRow[] {
  const rows: PlacedRow[] = [];
  const countOfOther = new Map<string, number>();
  for (const { row, record } of records) {
    const kinds = nested(record.pivot).map((pivot) => textOf(pivot.type_service_local));
    const type = findType(kinds);
    if (type !== undefined) rows.push(annuaireRow(path, row, record, type));
    else {
      const kind = kinds.find((each) => each !== '') ?? '(none)';
      countOfOther.set(kind, (countOfOther.get(kind) ?? 0) + 1);
    }
  }
  noticeOthers(path, countOfOther, notices);
  if (rows.length > 0) return rows;
  throw new Fault('annuaire-without-services', {
    file: path,
    value: [...countOfOther.keys()].slice(0, 10).join(', '),
  });
}

/** The first kind that the table of types knows. */
function findType(kinds: readonly string[]): StructureType | undefined {
  for (const kind of kinds) {
    const type = kind === '' ? undefined : findStructureType(OWN_KINDS[kind] ?? kind);
    if (type !== undefined) return type;
  }
  return undefined;
}

function noticeOthers(path: string, countOfKind: ReadonlyMap<string, number>, notices: NoticeList): void {
  let count = 0;
  for (const each of countOfKind.values()) count += each;
  if (count === 0) return;
  const kinds = [...countOfKind].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 10);
  notices.add({
    code: 'annuaire-other-services',
    severity: 'info',
    message: `${count} services are of kinds that are no social reception`,
    action: 'left out',
    count,
    file: basename(path),
    value: kinds.map(([kind, each]) => `${kind} ${each}`).join(', '),
  });
}

function annuaireRow(path: string, row: number, record: JsonRecord, type: StructureType): PlacedRow {
  const addresses = nested(record.adresse);
  const address =
    addresses.find((each) => textOf(each.longitude) !== '' && textOf(each.latitude) !== '') ?? addresses[0];
  return {
    draft: (notices) => draftOf(path, row, record, type, address, notices),
    row,
    lon: coordinateOf(address?.longitude),
    lat: coordinateOf(address?.latitude),
    communeName: textOf(address?.nom_commune),
  };
}

function draftOf(
  path: string,
  row: number,
  record: JsonRecord,
  type: StructureType,
  address: JsonRecord | undefined,
  notices: NoticeList,
): StructureDraft {
  const id = textOf(record.id) || textOf(record.itm_identifiant) || textOf(record.partenaire_identifiant);
  const hours = nested(record.plage_ouverture);
  const street = [address?.complement1, address?.complement2, address?.numero_voie].map(textOf);
  const town = [textOf(address?.code_postal), textOf(address?.nom_commune)].filter(Boolean).join(' ');
  const words = hours.map((each) => fold(textOf(each.commentaire))).join(' ');
  const phones = nested(record.telephone).map((each) => textOf(each.valeur));
  return {
    id,
    nom: textOf(record.nom).replace(/\s+/g, ' ') || id,
    type: type.key,
    cercle: type.cercle,
    cercleStated: false,
    adresse: [...street, town].filter((part) => part !== '').join(', ') || undefined,
    codeInsee: communeOf(record),
    engagee: true,
    engageeStated: false,
    dateEngagement: undefined,
    avecRdv: /\b(?:rdv|rendez[- ]?vous)\b/.test(words.replace(/\bsans\s+\S+/g, '')) || undefined,
    sansRdv: /\bsans\s+(?:rdv|rendez[- ]?vous)\b/.test(words) || undefined,
    telephone: phones.some(isPhoneNumber) || undefined,
    numerique: hasContactOnline(record) || undefined,
    format: 'fixe',
    ...readWeek(weekOf(hours), { file: path, row, id }, notices),
    file: basename(path),
    row,
  };
}

/** The commune of the place itself; a pivot names all those that it serves. */
function communeOf(record: JsonRecord): string | undefined {
  const own = textOf(record.code_insee_commune);
  if (own !== '') return own;
  const served = nested(record.pivot).flatMap((pivot) => {
    const codes = pivot.code_insee_commune;
    return Array.isArray(codes) ? codes.map(textOf) : [textOf(codes)];
  });
  const codes = [...new Set(served.filter((code) => code !== ''))];
  return codes.length === 1 ? codes[0] : undefined;
}

function hasContactOnline(record: JsonRecord): boolean {
  const mails = listOfTexts(record.adresse_courriel);
  const forms = listOfTexts(record.formulaire_contact);
  return mails.some((mail) => mail.includes('@')) || forms.some((form) => form !== '');
}

/** The ranges of each day of the week, as the France services list writes them. */
function weekOf(ranges: readonly JsonRecord[]): string[] {
  const days = DAYS.map((): string[] => []);
  for (const range of ranges) {
    const first = DAYS.indexOf(fold(textOf(range.nom_jour_debut)));
    if (first < 0) continue;
    const named = DAYS.indexOf(fold(textOf(range.nom_jour_fin)));
    const last = named < 0 ? first : named;
    const hours = ['1', '2'].flatMap((part) => {
      const from = timeOf(range[`valeur_heure_debut_${part}`]);
      const to = timeOf(range[`valeur_heure_fin_${part}`]);
      return from === '' && to === '' ? [] : [`${from} - ${to}`];
    });
    for (let day = first; ; day = (day + 1) % DAYS.length) {
      days[day]!.push(...hours);
      if (day === last) break;
    }
  }
  return days.map((hours) => hours.join(' / '));
}

/** `09:00:00` -> `09:00`. */
function timeOf(value: unknown): string {
  return textOf(value).replace(/^(\d{1,2}:\d{2}):\d{2}$/, '$1');
}

/** A list of records, whether written as such or as JSON inside a string; [] where blank or unreadable. */
function nested(value: unknown): JsonRecord[] {
  const list = unwrap(value);
  if (Array.isArray(list)) return list.filter(isRecord);
  return isRecord(list) ? [list] : [];
}

function listOfTexts(value: unknown): string[] {
  const list = unwrap(value);
  return Array.isArray(list) ? list.map(textOf) : [textOf(list)];
}

function unwrap(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}

function coordinateOf(value: unknown): number | string {
  if (typeof value === 'number') return value;
  const text = textOf(value);
  const number = readNumber(text, ';');
  return typeof number === 'number' ? number : text;
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
