/** What was wrong with the data, on stderr: each kind of warning once, with its number and first case. */
import type { Notice, NoticeList } from '../common/notices.ts';
import { showInOneLine } from '../common/visible-text.ts';

/** Kinds shown in full; the rest are counted. */
const SHOWN_KINDS = 8;

/** Lines to print; empty where there is nothing to say. `where` names the file that holds all of them. */
export function summariseNotices(list: NoticeList, where?: string): string {
  const counts = list.counts();
  const firstOfCode = new Map<string, Notice>();
  for (const notice of list.notices) {
    if (!firstOfCode.has(notice.code)) firstOfCode.set(notice.code, notice);
  }
  const kinds = [...firstOfCode.values()].filter(({ severity }) => severity !== 'info');
  const countOf = (notices: readonly Notice[]) =>
    notices.reduce((sum, { code }) => sum + (counts.get(code) ?? 0), 0);
  const remarks = countOf([...firstOfCode.values()].filter(({ severity }) => severity === 'info'));
  if (kinds.length === 0 && (remarks === 0 || where === undefined)) return '';
  const all = where === undefined ? '' : `, all in ${where}`;
  const head = `${plural(countOf(kinds), 'warning')} and ${plural(remarks, 'remark')} on the data${all}`;
  const shown = kinds
    .slice(0, SHOWN_KINDS)
    .map((notice) => `  ${describe(notice, counts.get(notice.code) ?? 0)}`);
  const hidden = kinds.slice(SHOWN_KINDS);
  if (hidden.length > 0) shown.push(`  and ${plural(countOf(hidden), 'warning')} of other kinds`);
  return `${[head, ...shown].join('\n')}\n`;
}

/** `2 × structure-without-position, first structures.csv:5: D has no position; left out` */
function describe({ code, file, row, id, message, action }: Notice, count: number): string {
  const place = file === undefined ? (id ?? '') : row === undefined ? file : `${file}:${row}`;
  const first = place === '' ? '' : `, first ${place}`;
  return showInOneLine(`${count} × ${code}${first}: ${message}${action === undefined ? '' : `; ${action}`}`);
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
