/**
 * Reading on after a fault. The readers stop at the first file that cannot be used; the doctor notes it, takes the
 * file out of the study and asks again, until what is left can be read or nothing is left.
 */
import { basename, resolve } from 'node:path';
import { UsageError } from '../common/errors.ts';
import { NoticeList } from '../common/notices.ts';
import type { CheckFinding, CheckRole } from '../report/check-findings.ts';
import { displayPath, type Study } from '../study/study.ts';

/** Keys that hold lists of paths, and whether the study needs one. */
const PATH_KEYS = [
  ['roads', true],
  ['timetables', true],
  ['population', true],
  ['communes', true],
  ['structures', true],
  ['epci', false],
  ['territories', false],
] as const satisfies ReadonlyArray<readonly [CheckRole & keyof Study, boolean]>;

/** Collects findings in order; each is counted, and kept up to the number that notices are. */
export class Findings {
  readonly list: CheckFinding[] = [];
  readonly countOfCode = new Map<string, number>();
  /** File name -> rows left out of it. */
  readonly leftOutOfFile = new Map<string, number>();
  private readonly seenErrors = new Set<string>();

  constructor(private readonly study: Study) {}

  add(finding: CheckFinding): void {
    this.count(finding.code, 1);
    this.list.push(finding);
  }

  /** An input's fault; one that was told already is not told again. */
  addError(role: CheckRole, error: UsageError, code = 'input-unusable'): void {
    const { file, line, value, remedy } = error.fields;
    const finding: CheckFinding = {
      severity: 'error',
      role,
      code,
      message: error.message,
      remedy,
      line,
      value,
    };
    if (file !== undefined) finding.file = this.shownPath(file);
    const key = JSON.stringify(finding);
    if (this.seenErrors.has(key)) return;
    this.seenErrors.add(key);
    this.add(finding);
  }

  /** All notices of a list, or those on one file. */
  addNotices(role: CheckRole | ((code: string) => CheckRole), list: NoticeList, file?: string): void {
    const kept = new Map<string, number>();
    for (const { code, severity, message, action, file: own, row, id, value } of list.notices) {
      if (file !== undefined && own !== file) continue;
      kept.set(code, (kept.get(code) ?? 0) + 1);
      const ownRole = typeof role === 'string' ? role : role(code);
      this.add({ severity, role: ownRole, code, message, action, file: own, line: row, id, value });
      if (own !== undefined && /left out/.test(action ?? '')) {
        this.leftOutOfFile.set(own, (this.leftOutOfFile.get(own) ?? 0) + 1);
      }
    }
    if (file !== undefined) return;
    for (const [code, count] of list.counts()) this.count(code, count - (kept.get(code) ?? 0));
  }

  /** Files in the study's words, as an absolute path or a name. */
  shownPath(file: string): string {
    return file === resolve(file) ? displayPath(this.study, file) : file;
  }

  private count(code: string, count: number): void {
    if (count > 0) this.countOfCode.set(code, (this.countOfCode.get(code) ?? 0) + count);
  }
}

export interface Attempt<Result> {
  /** Undefined where nothing usable is left. */
  result: Result | undefined;
  /** The study without the files that cannot be used. */
  study: Study;
  /** The fault that left nothing. */
  fault?: UsageError;
}

/** Does one part of the reading on what can be used of the study; faults and notices become findings. */
export async function attempt<Result>(
  role: CheckRole,
  study: Study,
  findings: Findings,
  work: (study: Study, notices: NoticeList) => Result | Promise<Result>,
): Promise<Attempt<Result>> {
  let usable = study;
  for (;;) {
    const notices = new NoticeList();
    try {
      const result = await work(usable, notices);
      findings.addNotices(role, notices);
      return { result, study: usable };
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      findings.addError(role, error);
      const without = withoutFault(usable, error);
      // What was left out of the file is often why nothing usable is left of it.
      findings.addNotices(
        role,
        notices,
        without === undefined ? undefined : basename(error.fields.file ?? ''),
      );
      if (without === undefined) return { result: undefined, study: usable, fault: error };
      usable = without;
    }
  }
}

/** The study without the file, or the commune code, that an error names; undefined where it cannot do without. */
function withoutFault(study: Study, { fields }: UsageError): Study | undefined {
  const { file, value } = fields;
  const path = file === undefined ? undefined : resolve(file);
  if (path !== undefined && path !== study.path) return withoutPath(study, path);
  const codes = study.communeCodes?.filter((code) => code !== value);
  if (codes === undefined || codes.length === study.communeCodes?.length || codes.length === 0)
    return undefined;
  return { ...study, communeCodes: codes };
}

/** Undefined where no key names the path, or where it is the only one of a key that needs one. */
export function withoutPath(study: Study, path: string): Study | undefined {
  const changes: Partial<Record<(typeof PATH_KEYS)[number][0], readonly string[]>> = {};
  for (const [key, isNeeded] of PATH_KEYS) {
    const paths = study[key];
    if (typeof paths === 'string' || !paths.includes(path)) continue;
    const left = paths.filter((each) => each !== path);
    if (isNeeded && left.length === 0) return undefined;
    changes[key] = left;
  }
  return Object.keys(changes).length === 0 ? undefined : { ...study, ...changes };
}
