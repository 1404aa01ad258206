/**
 * Types of structures and the circle that each belongs to, from `data/structure-types.json` (sources there). A
 * list's own spelling (`MDS`, `Centre communal d'action sociale`) finds its type; a type that the table lacks
 * is kept as the list writes it.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { normaliseHeader } from './csv-dialect.ts';

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

let typeOfSpelling: Map<string, StructureType> | undefined;

/** The type for a list's spelling; undefined where the table lacks it. */
export function findStructureType(spelling: string): StructureType | undefined {
  typeOfSpelling ??= readTable();
  return typeOfSpelling.get(normaliseHeader(spelling));
}

function readTable(): Map<string, StructureType> {
  const path = fileURLToPath(new URL('../../data/structure-types.json', import.meta.url));
  const { types } = JSON.parse(readFileSync(path, 'utf8')) as { types: Record<string, TableRow> };
  const spellings = new Map<string, StructureType>();
  for (const [key, row] of Object.entries(types)) {
    const type: StructureType = {
      key,
      cercle: row.cercle,
      cercleIfEngaged: row.cercle_if_engaged ?? row.cercle,
      fr: row.fr,
      en: row.en,
    };
    for (const spelling of [key, row.fr, ...row.aliases]) spellings.set(normaliseHeader(spelling), type);
  }
  return spellings;
}
