/**
 * The names of a table's columns: how they are folded, so that people may write them their way, and on which of
 * its first records they stand. Spreadsheets put titles, notes and blank rows above the headings, and spread
 * merged headings over two rows; the record with the most names that the reader knows is the one.
 */

/** A record of the first bytes, as text. */
export interface SampledRecord {
  /** 1-based line of the file on which it begins. */
  line: number;
  fields: readonly string[];
}

export interface Headings {
  /** Names as written, one a column. */
  names: readonly string[];
  /** Records from the first to the last of the headings: the data follow them. */
  recordCount: number;
  line: number;
  /** How many of the names the reader knows. */
  knownCount: number;
}

/** `Code INSEE` -> `code_insee`: without case, accents or punctuation. */
export function normaliseHeader(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}

/** Small words that make no other column: `Date d’engagement`, `Nom de la structure`. */
const SMALL_WORDS = new Set(['d', 'de', 'du', 'des', 'l', 'la', 'le', 'les', 'en', 'of', 'the']);

/**
 * The keys under which a heading is found, the nearest to what is written first: as it stands, without what is
 * in brackets (`Longitude (WGS84)`, `Engagé(e)`), and without small words.
 */
export function keysOfHeading(name: string): string[] {
  const keys = new Set<string>();
  for (const text of [name, name.replace(/\([^)]*\)|\[[^\]]*\]/g, '')]) {
    const key = normaliseHeader(text);
    keys.add(key);
    keys.add(
      key
        .split('_')
        .filter((word) => !SMALL_WORDS.has(word))
        .join('_'),
    );
  }
  keys.delete('');
  return [...keys];
}

export function isKnownHeading(name: string, known: ReadonlySet<string>): boolean {
  return keysOfHeading(name).some((key) => known.has(key));
}

/** The headings among a table's first records; undefined where there is no record. */
export function findHeadings(
  records: readonly SampledRecord[],
  known: ReadonlySet<string>,
): Headings | undefined {
  const countKnown = ({ fields }: SampledRecord) =>
    fields.filter((field) => isKnownHeading(field, known)).length;
  const first = records.findIndex(({ fields }) => !isBlank(fields));
  if (first < 0) return undefined;
  let chosen = first;
  let knownCount = countKnown(records[first]!);
  // A title is one text in its row; other first rows give way only to a row that is clearly the headings.
  const isTitle = knownCount === 0 && countFilled(records[first]!.fields) === 1;
  for (let at = first + 1; at < records.length; at++) {
    // It cannot hold more of them; and one field alone is never chosen.
    if (records[at]!.fields.length <= Math.max(1, knownCount)) continue;
    const count = countKnown(records[at]!);
    if (count <= knownCount || (count < 2 && !(isTitle && countFilled(records[at]!.fields) > 1))) continue;
    chosen = at;
    knownCount = count;
  }
  const { fields, line } = records[chosen]!;
  const names = [...fields];
  fillFromAbove(names, records[chosen - 1]?.fields ?? []);
  const below = records[chosen + 1]?.fields ?? [];
  const isTwoRows = continuesHeadings(names, below, known);
  if (isTwoRows) {
    below.forEach((name, column) => {
      if (name !== '') names[column] = name;
    });
  }
  return {
    names,
    recordCount: chosen + (isTwoRows ? 2 : 1),
    line,
    knownCount: names.filter((name) => isKnownHeading(name, known)).length,
  };
}

/** A heading merged over two rows stands in the upper one. A title above is one text alone. */
function fillFromAbove(names: string[], above: readonly string[]): void {
  if (countFilled(above) < 2) return;
  names.forEach((name, column) => {
    if (name === '' && above[column] !== undefined) names[column] = above[column];
  });
}

/** `Position;` over `lon;lat`: the row below holds headings alone, where the row above holds none that is known. */
function continuesHeadings(
  names: readonly string[],
  below: readonly string[],
  known: ReadonlySet<string>,
): boolean {
  if (isBlank(below) || below.length > names.length) return false;
  return below.every(
    (name, column) => name === '' || (isKnownHeading(name, known) && !isKnownHeading(names[column]!, known)),
  );
}

function isBlank(fields: readonly string[]): boolean {
  return fields.every((field) => field === '');
}

function countFilled(fields: readonly string[]): number {
  return fields.filter((field) => field !== '').length;
}
