/**
 * What the doctor says of each kind of finding: what it is, and what one can do about it. The tables are in
 * order of weight. A code that is in none is told in its own words, last.
 */
import { DEFECT_WORDS, type WordsRow } from './defect-words.ts';
import { GRID_WORDS } from './grid-words.ts';
import { LIST_WORDS } from './list-words.ts';
import { PARTIAL_WORDS } from './partial-words.ts';
import { REMARK_WORDS } from './remark-words.ts';
import { ROAD_WORDS } from './road-words.ts';
import { STRUCTURE_REMARK_WORDS } from './structure-remark-words.ts';
import type { Language } from './texts.ts';
import { TIMETABLE_WORDS } from './timetable-words.ts';

export interface FindingWords {
  title: string;
  remedy: string;
}

const ROWS: Readonly<Record<string, WordsRow>> = {
  ...DEFECT_WORDS,
  ...PARTIAL_WORDS,
  ...ROAD_WORDS,
  ...LIST_WORDS,
  ...GRID_WORDS,
  ...TIMETABLE_WORDS,
  ...REMARK_WORDS,
  ...STRUCTURE_REMARK_WORDS,
};

const RANK: ReadonlyMap<string, number> = new Map(Object.keys(ROWS).map((code, rank) => [code, rank]));

/** Weight of a code: less is heavier. */
export function rankOf(code: string): number {
  return RANK.get(code) ?? RANK.size;
}

/** Words for a code; undefined for one that is not in the table. */
export function findWords(code: string, language: Language): FindingWords | undefined {
  const row = ROWS[code];
  if (row === undefined) return undefined;
  return language === 'fr' ? { title: row[0], remedy: row[1] } : { title: row[2], remedy: row[3] };
}
