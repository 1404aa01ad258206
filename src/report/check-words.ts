/**
 * What the doctor says of each kind of finding: what it is, and what one can do about it. Both tables are in
 * order of weight. A code that is in neither is told in its own words, last.
 */
import { DEFECT_WORDS, type WordsRow } from './defect-words.ts';
import { REMARK_WORDS } from './remark-words.ts';
import type { Language } from './texts.ts';

export interface FindingWords {
  title: string;
  remedy: string;
}

const ROWS: Readonly<Record<string, WordsRow>> = { ...DEFECT_WORDS, ...REMARK_WORDS };

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
