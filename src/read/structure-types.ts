/**
 * Types of structures and the circle that each belongs to, from `data/structure-types.json` (sources there). A
 * list's own spelling (`MDS`, `Centre communal d'action sociale (CCAS)`, `CIAS du Pays de X`, `maison des
 * solidarité`) finds its type where only one can be meant; a type that the table lacks is kept as the list writes
 * it, and counted apart.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { editDistance } from '../study/suggest.ts';
import { normaliseHeader } from './csv-headings.ts';

export interface StructureType {
  key: string;
  cercle: 1 | 2;
  /** Circle where the list itself says that the structure is engaged. */
  cercleIfEngaged: 1 | 2;
  fr: string;
  en: string;
}

interface TableRow {
  cercle: 1 | 2;
  cercle_if_engaged?: 1 | 2;
  fr: string;
  en: string;
  aliases: string[];
}

/** A spelling of the table, in the words that tell types apart. */
interface Spelling {
  words: readonly string[];
  type: StructureType;
}

interface Table {
  types: StructureType[];
  /** Normalised spelling -> type. */
  ofSpelling: Map<string, StructureType>;
  /** Words joined by blanks -> type. */
  ofWords: Map<string, StructureType>;
  spellings: Spelling[];
}

let table: Table | undefined;

/** The type of a key, a label or an alias of the table, letter by letter but for case, accents and signs. */
export function findStructureType(spelling: string): StructureType | undefined {
  return loadTable().ofSpelling.get(normaliseHeader(spelling));
}

/** A list's own words for types, normalised -> the type that the study says they mean (`type_mapping`). */
export type TypeMapping = ReadonlyMap<string, StructureType>;

/** The form in which own words are compared; '' stands for rows without a type. */
export function normaliseOwnWord(word: string): string {
  return normaliseHeader(word);
}

/** All types, in the order of the table. */
export function listStructureTypes(): readonly StructureType[] {
  return loadTable().types;
}

/** Words that tell nothing of a type. */
const SILENT_WORDS: ReadonlySet<string> = new Set(['de', 'du', 'des', 'd', 'la', 'le', 'les', 'l', 'et']);
/** Words that take the type back: `ancien CCAS`. */
const DENIALS: ReadonlySet<string> = new Set([
  'ancien',
  'ancienne',
  'ex',
  'non',
  'hors',
  'sauf',
  'sans',
  'futur',
  'future',
]);
/** Aliases too short, or too common as words, to be looked for inside a longer spelling. */
const LEAST_ACRONYM = 3;
const COMMON_WORDS: ReadonlySet<string> = new Set([
  'association',
  'asso',
  'departement',
  'mairie',
  'evs',
  'mda',
  'ums',
]);

/**
 * The type that a list's spelling means: the table's own spelling without plural and articles, one with a name or
 * a place after it (`CCAS de Cluny`), several for one type (`Centre communal d'action sociale (CCAS)`), or one with
 * a letter wrong. Undefined where nothing, or more than one type of different circles, may be meant.
 */
export function readStructureType(spelling: string): StructureType | undefined {
  const exact = findStructureType(spelling);
  if (exact !== undefined) return exact;
  const words = wordsOf(spelling);
  const { ofWords } = loadTable();
  const plain = ofWords.get(words.join(' '));
  if (plain !== undefined) return plain;
  if (words.length === 0 || words.some((word) => DENIALS.has(word))) return undefined;
  const named = findNamed(spelling, words);
  if (named.length > 0) return chooseAmong(named);
  return findMisspelt(words.join(' '));
}

/** The type whose spelling is nearest, for "did you mean"; undefined where none is near. */
export function findNearestType(spelling: string): StructureType | undefined {
  const words = wordsOf(spelling).join(' ');
  const ranked = rank(words);
  const [best] = ranked;
  return words !== '' && best !== undefined && best.distance <= Math.max(2, words.length / 3)
    ? best.type
    : undefined;
}

/** `Maisons des solidarités` -> `maison`, `solidarite`; `C.C.A.S.` -> `ccas`; `CD 71` -> `cd`. */
function wordsOf(spelling: string): string[] {
  const letters = spelling
    .replace(/œ/gi, 'oe')
    .replace(/\b(?:\p{L}\.){2,}\p{L}?/gu, (acronym) => acronym.replaceAll('.', ''))
    .replace(/\d+/g, ' ');
  return normaliseHeader(letters)
    .split('_')
    .filter((word) => word !== '' && !SILENT_WORDS.has(word))
    .map((word) => (word.length > 3 && /[sx]$/.test(word) ? word.slice(0, -1) : word));
}

/** The types whose spellings stand in a longer one, each once, in their order there. */
function findNamed(spelling: string, words: readonly string[]): StructureType[] {
  const { ofWords, spellings } = loadTable();
  const found: Array<{ at: number; length: number; type: StructureType }> = [];
  for (const { words: sought, type } of spellings) {
    const isStrong =
      sought.length > 1 || (sought[0]!.length >= LEAST_ACRONYM && !COMMON_WORDS.has(sought[0]!));
    const isAtStart = sought.join('').length >= LEAST_ACRONYM;
    for (let at = 0; at + sought.length <= words.length; at++) {
      if (!isStrong && !(isAtStart && at === 0)) continue;
      if (sought.every((word, i) => words[at + i] === word)) found.push({ at, length: sought.length, type });
    }
  }
  // `Mairie / CCAS`: what stands alone between signs counts, however common the word.
  for (const part of spelling.split(/[/,;()+&|]| - | ou /)) {
    const type = ofWords.get(wordsOf(part).join(' '));
    if (type !== undefined) found.push({ at: words.length, length: 1, type });
  }
  const longest = found.filter(
    (each) =>
      !found.some(
        (other) =>
          other.length > each.length &&
          other.at <= each.at &&
          other.at + other.length >= each.at + each.length,
      ),
  );
  longest.sort((a, b) => a.at - b.at);
  return [...new Set(longest.map(({ type }) => type))];
}

/** Of several types the first, where all belong to one circle whether engaged or not. */
function chooseAmong(types: readonly StructureType[]): StructureType | undefined {
  const [first] = types;
  const isOneCircle = types.every(
    ({ cercle, cercleIfEngaged }) => cercle === first!.cercle && cercleIfEngaged === first!.cercleIfEngaged,
  );
  if (!isOneCircle) return undefined;
  // The maisons de services au public have become France services.
  return first!.key === 'msap' ? (types.find(({ key }) => key === 'france-service') ?? first) : first;
}

/** Letters that may be wrong in a spelling of so many. */
const ONE_ERROR_FROM = 6;
const TWO_ERRORS_FROM = 12;

function findMisspelt(words: string): StructureType | undefined {
  if (words.length < ONE_ERROR_FROM) return undefined;
  const allowed = words.length < TWO_ERRORS_FROM ? 1 : 2;
  const near = rank(words).filter(({ distance }) => distance <= allowed);
  const types = new Set(near.map(({ type }) => type));
  return types.size === 1 ? near[0]!.type : undefined;
}

/** Spellings of the table by their distance, the nearest first. */
function rank(words: string): Array<{ type: StructureType; distance: number }> {
  return [...loadTable().ofWords]
    .map(([spelling, type]) => ({ type, distance: editDistance(words, spelling) }))
    .sort((a, b) => a.distance - b.distance);
}

function loadTable(): Table {
  table ??= readTable();
  return table;
}

function readTable(): Table {
  const path = fileURLToPath(new URL('../../data/structure-types.json', import.meta.url));
  const { types: rows } = JSON.parse(readFileSync(path, 'utf8')) as { types: Record<string, TableRow> };
  const read: Table = { types: [], ofSpelling: new Map(), ofWords: new Map(), spellings: [] };
  for (const [key, row] of Object.entries(rows)) {
    const type: StructureType = {
      key,
      cercle: row.cercle,
      cercleIfEngaged: row.cercle_if_engaged ?? row.cercle,
      fr: row.fr,
      en: row.en,
    };
    read.types.push(type);
    for (const spelling of [key, row.fr, row.en, ...row.aliases]) {
      if (!read.ofSpelling.has(normaliseHeader(spelling)))
        read.ofSpelling.set(normaliseHeader(spelling), type);
      const words = wordsOf(spelling);
      if (read.ofWords.has(words.join(' '))) continue;
      read.ofWords.set(words.join(' '), type);
      read.spellings.push({ words, type });
    }
  }
  return read;
}
