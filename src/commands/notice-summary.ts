/** What was wrong with the data, on stderr: each kind of warning once, with its number and first case. */
import type { Language } from '../common/language.ts';
import type { Notice, NoticeList } from '../common/notices.ts';
import { showInOneLine } from '../common/visible-text.ts';
import { COMMAND_LINE_WORDS } from '../words/words.ts';

/** Kinds shown in full; the rest are counted. */
const SHOWN_KINDS = 8;

/** Lines to print; empty where there is nothing to say. `where` names the file that holds all of them. */
export async function summariseNotices(
  list: NoticeList,
  language: Language,
  where?: string,
): Promise<string> {
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
  const { wordNotice } = await import('../report/notice-words.ts');
  const words = COMMAND_LINE_WORDS[language].notices;
  /** `2 × structure-without-position, first structures.csv:5: D has no position; left out` */
  const describe = (notice: Notice) => {
    const { code, file, row, id } = notice;
    const place = file === undefined ? (id ?? '') : row === undefined ? file : `${file}:${row}`;
    const first = place === '' ? '' : `, ${words.first(place)}`;
    const colon = language === 'fr' ? ' :' : ':';
    return showInOneLine(
      `${counts.get(code) ?? 0} × ${code}${first}${colon} ${wordNotice(notice, language)}`,
    );
  };
  const shown = kinds.slice(0, SHOWN_KINDS).map((notice) => `  ${describe(notice)}`);
  const hidden = kinds.slice(SHOWN_KINDS);
  if (hidden.length > 0) shown.push(`  ${words.others(countOf(hidden))}`);
  return `${[words.head(countOf(kinds), remarks, where), ...shown].join('\n')}\n`;
}
