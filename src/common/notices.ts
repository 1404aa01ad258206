/**
 * Notices: defects of the data that do not stop a run. Each names what was found and what was done about it;
 * all of them land in `notices.csv` and are counted in the report. A row is never dropped in silence.
 */

import { LONGEST_VALUE, shortenedSentence } from './visible-text.ts';

export type Severity = 'info' | 'warning' | 'error';

export interface Notice {
  /** Stable kebab-case code, such as `structure-without-position`. */
  code: string;
  severity: Severity;
  /** One sentence in English, without the place. */
  message: string;
  /** What the tool did: "row left out", "joined to 71566". */
  action?: string;
  file?: string;
  /** 1-based row or line. */
  row?: number;
  id?: string;
  value?: string;
  /** How many things of its title it stands for, where it tells of several at once; default 1. */
  count?: number;
}

/** Collects notices in the order they are raised; keeps at most `keptPerCode` in full, and counts them all. */
export class NoticeList {
  readonly notices: Notice[] = [];
  private readonly countOfCode = new Map<string, number>();
  private readonly thingCountOfCode = new Map<string, number>();

  constructor(private readonly keptPerCode = 10_000) {}

  add(notice: Notice): void {
    const count = (this.countOfCode.get(notice.code) ?? 0) + 1;
    this.countOfCode.set(notice.code, count);
    addTo(this.thingCountOfCode, notice.code, notice.count ?? 1);
    if (count <= this.keptPerCode) this.notices.push(shortenedNotice(notice));
  }

  /** Takes those of another list, as if they had been added here. */
  append(other: NoticeList): void {
    const kept = new NoticeList();
    for (const notice of other.notices) {
      kept.add(notice);
      this.add(notice);
    }
    for (const [code, count] of other.countOfCode) {
      addTo(this.countOfCode, code, count - kept.countOfCode.get(code)!);
      addTo(
        this.thingCountOfCode,
        code,
        other.thingCountOfCode.get(code)! - kept.thingCountOfCode.get(code)!,
      );
    }
  }

  /** Number of notices per code, in the order the codes first appeared. */
  counts(): ReadonlyMap<string, number> {
    return this.countOfCode;
  }

  /** Number of things told of per code: the one count that every output shows. */
  thingCounts(): ReadonlyMap<string, number> {
    return this.thingCountOfCode;
  }
}

function addTo(counts: Map<string, number>, code: string, more: number): void {
  counts.set(code, (counts.get(code) ?? 0) + more);
}

/** A value may be a whole damaged file, or a list of columns that is to be read to its end. */
function shortenedNotice(notice: Notice): Notice {
  const { message, value } = notice;
  if (message.length <= LONGEST_VALUE && (value?.length ?? 0) <= LONGEST_VALUE) return notice;
  const shown = { ...notice, message: shortenedSentence(message) };
  return value === undefined ? shown : { ...shown, value: shortenedSentence(value) };
}
