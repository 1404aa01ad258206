/**
 * One row of the tool's own list of structures -> a structure, whatever holds the row (CSV, GeoJSON
 * properties): `RowReader` asks for a field by its possible names. What other lists' readers share stands here
 * too.
 */
import { basename } from 'node:path';
import type { NoticeList } from '../common/notices.ts';
import type { Structure } from './records.ts';
import {
  findNearestType,
  normaliseOwnWord,
  readStructureType,
  type StructureType,
  type TypeMapping,
} from './structure-types.ts';

export interface RowReader {
  file: string;
  row: number;
  /** Text of the first of these fields that the list has; '' where blank or absent. Names are normalised. */
  get(...names: readonly string[]): string;
  /** False where the whole list says nothing of types: its rows are structures of the first circle. */
  hasTypes?: boolean;
}

/** A structure without its position yet. */
export type StructureDraft = Omit<Structure, 'lon' | 'lat'>;

/** A row of any list, and the position it states: a number, or the text that is none ('' = blank). */
export interface PlacedRow {
  draft(notices: NoticeList, types?: TypeMapping): StructureDraft;
  row: number;
  lon: number | string;
  lat: number | string;
  /** The coordinate system that the row names. */
  epsg?: number | undefined;
  /** Name of its commune, for rows without code. */
  communeName?: string | undefined;
}

export const OWN_NAMES = {
  id: [
    'id',
    'identifiant',
    'identifier',
    'id_structure',
    'identifiant_structure',
    'n',
    'no',
    'num',
    'numero',
    'n_structure',
    'num_structure',
    'numero_structure',
    'code_structure',
    'n_ordre',
    'ref',
    'reference',
  ],
  nom: [
    'nom',
    'name',
    'libelle',
    'nom_structure',
    'libelle_structure',
    'structure',
    'denomination',
    'intitule',
    'designation',
    'nom_accueil',
    'nom_point_accueil',
    'nom_etablissement',
    'nom_site',
    'nom_lieu',
    'etablissement',
    'raison_sociale',
    'accueil',
  ],
  type: [
    'type',
    'typologie',
    'type_structure',
    'typologie_structure',
    'type_accueil',
    'type_lieu',
    'type_etablissement',
    'categorie',
    'categorie_structure',
    'nature',
    'nature_structure',
  ],
  cercle: ['cercle', 'circle', 'cercle_accueil', 'n_cercle'],
  cercleDeclare: ['cercle_declare', 'circle_stated'],
  adresse: [
    'adresse',
    'address',
    'adresse_postale',
    'adresse_complete',
    'adresse_structure',
    'adresse_geographique',
    'adresse_1',
    'adresse1',
    'voie',
    'rue',
  ],
  codeInsee: [
    'code_insee',
    'insee_code',
    'insee_com',
    'insee',
    'code_commune',
    'code_insee_commune',
    'code_commune_insee',
    'codeinsee',
    'n_insee',
    'codgeo',
    'depcom',
    'code_officiel_geographique',
  ],
  commune: [
    'commune',
    'lib_com',
    'nom_commune',
    'libelle_commune',
    'commune_implantation',
    'ville',
    'nom_ville',
    'localite',
    'city',
  ],
  engagee: [
    'engagee',
    'engage',
    'engaged',
    'engagement',
    'structure_engagee',
    'est_engagee',
    'accueil_engage',
  ],
  engageeDeclaree: ['engagee_declaree', 'engaged_stated'],
  dateEngagement: [
    'date_engagement',
    'engaged_since',
    'engagee_depuis',
    'engage_depuis',
    'engagee_le',
    'engage_le',
    'engagement_date',
    'date_debut_engagement',
    'debut_engagement',
  ],
  dateCharte: [
    'date_charte',
    'charter_signed',
    'charte_signee_le',
    'date_signature',
    'date_signature_charte',
    'signature_charte',
  ],
  polyvalent: ['polyvalent', 'polyvalente', 'polyvalence'],
  satisfaction: ['satisfaction', 'satisfaction_mesuree', 'enquete_satisfaction'],
  audit: ['audit', 'auditee', 'audite'],
  avecRdv: ['avec_rdv', 'avec_rendez_vous', 'sur_rdv', 'sur_rendez_vous'],
  sansRdv: ['sans_rdv', 'sans_rendez_vous'],
  telephone: [
    'telephone',
    'tel',
    'n_telephone',
    'num_telephone',
    'numero_telephone',
    'phone',
    'telephone_fixe',
  ],
  numerique: ['numerique', 'accueil_numerique'],
  format: ['format', 'format_structure', 'format_accueil'],
  horaires: [
    'horaires',
    'opening_hours',
    'horaires_ouverture',
    'horaire',
    'horaire_ouverture',
    'horaires_accueil',
    'heures_ouverture',
    'jours_horaires',
    'jours_et_horaires',
    'jours_et_horaires_ouverture',
    'jours_horaires_ouverture',
    'plages_horaires',
    'ouverture',
  ],
} as const;

/** A row of the tool's own list. */
export function readOwnRow(reader: RowReader, notices: NoticeList, types?: TypeMapping): StructureDraft {
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
  const type = findType(spelling, types);
  const isTypeUnknown = type === undefined && reader.hasTypes !== false;
  if (isTypeUnknown) {
    const nearest = findNearestType(spelling);
    notice(
      'structure-type-unknown',
      spelling === '' ? 'the type of the structure is missing' : 'the type is not in the table',
      `not counted in the headline unless the study’s type_mapping says what it is${nearest === undefined ? '' : `; the nearest is ${nearest.key}`}`,
      nearest === undefined ? spelling : `${spelling} ≈ ${nearest.key}`,
    );
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
  const date = (column: 'dateEngagement' | 'dateCharte'): string | undefined => {
    const text = reader.get(...OWN_NAMES[column]);
    const day = readDate(text);
    if (text !== '' && day === undefined) {
      notice('structure-date-unreadable', `${OWN_NAMES[column][0]} is no date`, 'read as missing', text);
    }
    return day;
  };
  const flag = (column: FlagColumn): boolean | undefined => {
    const text = reader.get(...OWN_NAMES[column]);
    const value = readFlag(text, column);
    if (value !== 'unreadable') return value;
    notice(
      'structure-answer-unreadable',
      `${OWN_NAMES[column][0]} is neither oui nor non`,
      'read as missing',
      text,
    );
    return undefined;
  };
  const formatText = reader.get(...OWN_NAMES.format);
  const format = readFormat(formatText);
  if (format === undefined) {
    notice('structure-format-unknown', 'the format is not known', 'read as fixe', formatText);
  }
  return {
    id,
    nom: reader.get(...OWN_NAMES.nom) || id,
    type: type?.key ?? spelling,
    ...(isTypeUnknown ? { isTypeUnknown } : {}),
    cercle: isCercleStated ? (Number(cercle) as 1 | 2) : (ofType ?? 1),
    cercleStated: isCercleStated && !isUnstated(reader.get(...OWN_NAMES.cercleDeclare)),
    adresse: reader.get(...OWN_NAMES.adresse) || undefined,
    codeInsee: reader.get(...OWN_NAMES.codeInsee) || undefined,
    engagee: engagee !== false,
    engageeStated: typeof engagee === 'boolean' && !isUnstated(reader.get(...OWN_NAMES.engageeDeclaree)),
    dateEngagement: date('dateEngagement'),
    dateCharte: date('dateCharte'),
    polyvalent: flag('polyvalent'),
    satisfaction: flag('satisfaction'),
    audit: flag('audit'),
    avecRdv: flag('avecRdv'),
    sansRdv: flag('sansRdv'),
    telephone: flag('telephone'),
    numerique: flag('numerique'),
    format: format ?? 'fixe',
    horaires: reader.get(...OWN_NAMES.horaires) || undefined,
    file: basename(reader.file),
    row: reader.row,
  };
}

/** The study's word for it, else the table's. */
function findType(spelling: string, types: TypeMapping | undefined): StructureType | undefined {
  return types?.get(normaliseOwnWord(spelling)) ?? readStructureType(spelling);
}

/** `structures.csv` given back says of a value whether a list stated it. */
function isUnstated(text: string): boolean {
  return readYesNo(text) === false;
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

type FlagColumn = 'polyvalent' | 'satisfaction' | 'audit' | 'avecRdv' | 'sansRdv' | 'telephone' | 'numerique';

/**
 * A yes or no, or what lists write in its place: the number to call, the address to write to, the day or the
 * year of the audit or of the survey. Each of these is a yes.
 */
function readFlag(text: string, column: FlagColumn): boolean | 'unreadable' | undefined {
  const answer = readYesNo(text);
  if (answer !== 'unreadable') return answer;
  if (column === 'telephone') return isPhoneNumber(text) ? true : answer;
  if (column === 'numerique') return /^(https?:|www\.)|@/i.test(text) ? true : answer;
  if (column === 'audit' || column === 'satisfaction') {
    return readDate(text) !== undefined || /^(19|20)\d\d$/.test(text) ? true : answer;
  }
  return answer;
}

/** At least four digits (39 39, 3646), and nothing that is no number. */
export function isPhoneNumber(text: string): boolean {
  return (text.match(/\d/g)?.length ?? 0) >= 4 && !/[a-z]{4,}/i.test(text);
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

export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .trim()
    .toLowerCase();
}
