/**
 * Columns of a table that no reader asked for: each is told once, so that none is lost in silence. A name that is
 * nearly one that the reader knows and did not find is told apart, with that name. The further columns of official
 * files and of this tool's own results are no news and stay out.
 */
import { basename } from 'node:path';
import type { NoticeList } from '../common/notices.ts';
import { editDistance } from '../study/suggest.ts';
import type { CsvHeader } from './csv.ts';
import { keysOfHeading } from './csv-headings.ts';
import { isOwnResult, isOwnResultColumn } from './own-results.ts';

export interface ExpectedColumns {
  /** Names of one column each, as `find` takes them. */
  groups: ReadonlyArray<readonly string[]>;
  /** Normalised names that the kind of file has beside what is read of it. */
  isOfficial?: ((key: string) => boolean) | undefined;
}

/** To be called when the reader has found its columns. `records`: columns without any value are nothing. */
export function noticeUnusedColumns(
  header: CsvHeader,
  records: ReadonlyArray<{ fields: readonly string[] }> | undefined,
  expected: ExpectedColumns,
  notices: NoticeList,
): void {
  const unused = header.unusedFields().filter((field) => {
    if (records === undefined) return header.names[field] !== '';
    return records.some(({ fields }) => fields[field] !== '');
  });
  const names = unused.map((field) => header.names[field] || `(${field + 1})`);
  noticeNames(header.path, names, (group) => header.has(...group), isOwnResult(header), expected, notices);
}

/** As `noticeUnusedColumns`, of the properties of a GeoJSON file. */
export function noticeUnusedProperties(
  path: string,
  names: readonly string[],
  expected: ExpectedColumns,
  notices: NoticeList,
): void {
  const keys = new Set(names.flatMap(keysOfHeading));
  const asked = new Set(expected.groups.flat());
  const unused = names.filter((name) => !keysOfHeading(name).some((key) => asked.has(key)));
  noticeNames(path, unused, (group) => group.some((key) => keys.has(key)), false, expected, notices);
}

function noticeNames(
  path: string,
  unused: readonly string[],
  hasColumn: (group: readonly string[]) => boolean,
  isOwn: boolean,
  { groups, isOfficial }: ExpectedColumns,
  notices: NoticeList,
): void {
  const others: string[] = [];
  const missing = groups.filter((group) => !hasColumn(group)).flat();
  for (const name of unused) {
    const keys = keysOfHeading(name);
    if (keys.some((key) => isOfficial?.(key) === true || (isOwn && isOwnResultColumn(key)))) continue;
    const near = keys.map((key) => findNearName(key, missing)).find((found) => found !== undefined);
    if (near === undefined) {
      others.push(name);
      continue;
    }
    notices.add({
      code: 'column-misspelt',
      severity: 'warning',
      message: `the column ${name} is not used: did you mean ${near}?`,
      action: 'not read',
      file: basename(path),
      value: name,
    });
  }
  if (others.length === 0) return;
  notices.add({
    code: 'columns-not-used',
    severity: 'info',
    message: `columns not used: ${others.join(', ')}`,
    action: 'not read',
    file: basename(path),
    value: others.join(', '),
  });
}

/** Letters that may differ, by the length of the longer name: a quarter of a long one, one of a short one. */
function findNearName(key: string, known: readonly string[]): string | undefined {
  if (key.length < 3) return undefined;
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const name of known) {
    if (name.length < 3) continue;
    const distance = editDistance(key, name);
    if (distance > mostLetters(Math.max(key.length, name.length)) || distance >= bestDistance) continue;
    best = name;
    bestDistance = distance;
  }
  return best ?? known.find((name) => isLongerFormOf(key, name));
}

function mostLetters(length: number): number {
  if (length <= 3) return 0;
  if (length <= 5) return 1;
  return length <= 9 ? 2 : Math.floor(length / 4);
}

/** `date_engagement_ccas` of `date_engagement`, `date_engag` of it too. */
function isLongerFormOf(key: string, name: string): boolean {
  const words = name.split('_');
  const own = new Set(key.split('_'));
  if (words.length > 1 && words.every((word) => own.has(word))) return true;
  return key.length >= 8 && name.startsWith(key);
}
