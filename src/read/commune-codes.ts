/**
 * Which commune of today a code stands for, wherever codes meet: polygons, cells, structures, tables of EPCI,
 * cantons and territories. Today is the official list of the npm package; on the way to it come INSEE's table of
 * movements where the study names one, then the package's own former codes. Arrondissements of Paris, Lyon and
 * Marseille fold into their commune.
 *
 * A code that was split stays itself in a list that also names the parts; in a list that names none of them it is
 * the former whole, and stands for all of them.
 */
import { basename } from 'node:path';
import type { NoticeList } from '../common/notices.ts';
import type { CodeMovement } from './cog-movements.ts';
import { CommuneHistory, type CommuneSplit } from './commune-history.ts';
import { type Decoupage, PACKAGE_DATE } from './decoupage.ts';

/** No list that is read here is older (the first Filosofi grid is of 2015), so splits before it are in all. */
const OLDEST_LIST = '2015-01-01';

export interface CommuneCodes {
  /** Former code -> today's commune; of several the one that holds most of its former codes. */
  currentCodeOf: ReadonlyMap<string, string>;
  /** Code whose land lies in several communes of today -> all of them, ascending. */
  successorsOf: ReadonlyMap<string, readonly string[]>;
  /** Splits of communes that are communes today. */
  splits: readonly CommuneSplit[];
}

export const NO_CODES: CommuneCodes = { currentCodeOf: new Map(), successorsOf: new Map(), splits: [] };

/** `paths` are those of the movements, for the notices. */
export function buildCommuneCodes(
  decoupage: Decoupage,
  movements: readonly CodeMovement[],
  paths: readonly string[],
  notices: NoticeList,
): CommuneCodes {
  const currentCodeOf = new Map(decoupage.currentCodeOf());
  const successorsOf = new Map<string, readonly string[]>();
  if (movements.length === 0) return { currentCodeOf, successorsOf, splits: [] };
  noticeLaterMovements(movements, paths, notices);
  const history = new CommuneHistory(movements, PACKAGE_DATE);
  const isCurrent = (code: string) => decoupage.hasCommune(code);
  const official = decoupage.currentCodeOf();
  for (const code of history.codes()) {
    if (isCurrent(code)) continue;
    const ends = history.follow(code).map((end) => (isCurrent(end) ? end : official.get(end)));
    const successors = [...new Set(ends)].filter((end): end is string => end !== undefined).sort();
    if (successors.length === 0) continue;
    const known = official.get(code);
    currentCodeOf.set(code, known !== undefined && successors.includes(known) ? known : successors[0]);
    if (successors.length > 1) successorsOf.set(code, successors);
  }
  const splits: CommuneSplit[] = [];
  for (const { whole, parts, date } of history.splitsSince(OLDEST_LIST)) {
    if (!isCurrent(whole)) continue;
    const current = [...new Set(parts.map((part) => (isCurrent(part) ? part : currentCodeOf.get(part))))];
    const others = current.filter((code): code is string => code !== undefined && code !== whole).sort();
    if (others.length > 0) splits.push({ date, whole, parts: others });
  }
  return { currentCodeOf, successorsOf, splits };
}

/**
 * The codes of a list that are read as a former whole -> the communes of today that it stands for, ascending:
 * codes split since, and codes shared out among several.
 */
export function successorsWithin(
  { splits, successorsOf }: CommuneCodes,
  codesOfList: ReadonlySet<string>,
): Map<string, readonly string[]> {
  const successors = new Map<string, readonly string[]>();
  for (const [code, codes] of successorsOf) if (codesOfList.has(code)) successors.set(code, codes);
  for (const { whole, parts } of splits) {
    if (!codesOfList.has(whole) || parts.some((part) => codesOfList.has(part))) continue;
    successors.set(whole, [...new Set([...(successors.get(whole) ?? [whole]), ...parts])].sort());
  }
  return successors;
}

/** The codes of one list -> communes of today. */
export class CodeResolver {
  private readonly successors: ReadonlyMap<string, readonly string[]>;

  constructor(
    private readonly codes: CommuneCodes,
    codesOfList: Iterable<string>,
  ) {
    this.successors = successorsWithin(codes, new Set(codesOfList));
  }

  /** Usually one; a code that nothing is known of stands for itself. */
  resolve(code: string): readonly string[] {
    return this.successors.get(code) ?? [this.codes.currentCodeOf.get(code) ?? code];
  }
}

function noticeLaterMovements(
  movements: readonly CodeMovement[],
  paths: readonly string[],
  notices: NoticeList,
): void {
  const later = movements.filter(({ date }) => date > PACKAGE_DATE);
  if (later.length === 0) return;
  notices.add({
    code: 'cog-movements-later-than-list',
    severity: 'info',
    message: `${later.length} movements take effect after ${PACKAGE_DATE}, the day of the official list`,
    action: 'not followed: names and populations are those of the list',
    count: later.length,
    ...(paths.length > 0 ? { file: basename(paths[0]) } : {}),
  });
}
