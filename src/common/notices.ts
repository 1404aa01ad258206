/**
 * Notices: defects of the data that do not stop a run. Each names what was found and what was done about it;
 * all of them land in `notices.csv` and are counted in the report. A row is never dropped in silence.
 */

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
}

/** Collects notices in the order they are raised; keeps at most `keptPerCode` in full, and counts them all. */
export class NoticeList {
  readonly notices: Notice[] = [];
  private readonly countOfCode = new Map<string, number>();

  constructor(private readonly keptPerCode = 10_000) {}

  add(notice: Notice): void {
    const count = (this.countOfCode.get(notice.code) ?? 0) + 1;
    this.countOfCode.set(notice.code, count);
    if (count <= this.keptPerCode) this.notices.push(notice);
  }

  /** Takes those of another list, as if they had been added here. */
  append(other: NoticeList): void {
    const keptOfCode = new Map<string, number>();
    for (const notice of other.notices) {
      keptOfCode.set(notice.code, (keptOfCode.get(notice.code) ?? 0) + 1);
      this.add(notice);
    }
    for (const [code, count] of other.countOfCode) {
      this.countOfCode.set(code, this.countOfCode.get(code)! + count - keptOfCode.get(code)!);
    }
  }

  /** Number of notices per code, in the order the codes first appeared. */
  counts(): ReadonlyMap<string, number> {
    return this.countOfCode;
  }
}
