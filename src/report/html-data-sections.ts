/**
 * The report's sections about what the figures rest on: quality of the data, method, sources. All of it comes
 * from the run's own records, the same that the manifest holds.
 */
import type { Notice, Severity } from '../common/notices.ts';
import { SHARE_RULES, type ShareRule } from '../coverage/coverage-result.ts';
import type { CellOrigin } from '../read/records.ts';
import type { CheckRole } from './check-findings.ts';
import { CHECK_TEXTS } from './check-texts.ts';
import { findWords } from './check-words.ts';
import { EXPORT_TEXTS } from './export-texts.ts';
import { writeWideTable } from './html-table.ts';
import { formatDate, formatNumber, formatPeople, formatRate } from './numbers.ts';
import type { InputFile, ReportInput, SnapSummary } from './report-input.ts';
import { escapeMarkup } from './svg-text.ts';
import { TEXTS, wordMode } from './texts.ts';

export function writeQualitySection(input: ReportInput): string {
  return [writePopulation(input), writeAssumed(input), writeSnaps(input), writeNotices(input)].join('\n');
}

function writePopulation(input: ReportInput): string {
  const { language, result } = input;
  const texts = TEXTS[language].report;
  const { cells } = result;
  const words: Record<ShareRule, string> = {
    grid: texts.ruleGrid,
    split: texts.ruleSplit,
    centre: texts.ruleCentre,
    nearest: texts.ruleNearest,
    none: texts.ruleNone,
  };
  const rows: Array<readonly [string, string]> = [
    [texts.cellsRead, formatNumber(cells.cellCount, language)],
    [texts.peopleRead, formatPeople(cells.populationRead, language)],
    [texts.peopleOutside, formatPeople(cells.populationOutside, language)],
  ];
  for (const rule of SHARE_RULES) {
    if (cells.populationByRule[rule] === 0) continue;
    rows.push([`${texts.rules} : ${words[rule]}`, formatPeople(cells.populationByRule[rule], language)]);
  }
  for (const [origin, people] of Object.entries(input.populationByOrigin)) {
    rows.push([
      `${texts.origin} : ${TEXTS[language].origins[origin as CellOrigin]}`,
      formatPeople(people, language),
    ]);
  }
  if (input.imputedShare !== undefined) rows.push([texts.imputed, formatRate(input.imputedShare, language)]);
  if (input.calage !== undefined) {
    const { populationBefore, populationAfter, populationOfficial } = input.calage;
    rows.push([texts.calageBefore, formatPeople(populationBefore, language)]);
    rows.push([texts.calageAfter, formatPeople(populationAfter, language)]);
    rows.push([texts.calageOfficial, formatPeople(populationOfficial, language)]);
  }
  const table = writeWideTable(
    [
      { title: '', text: ([word]) => word },
      { title: '', isNumber: true, text: ([, figure]) => figure },
    ],
    rows,
  );
  return `<h3>${escapeMarkup(texts.qualityCells)}</h3>${table}`;
}

function writeAssumed({ language, assumed }: ReportInput): string {
  const texts = TEXTS[language].report;
  const rows: Array<readonly [string, number]> = [
    [texts.assumedEngaged, assumed.engaged],
    [texts.assumedCircle, assumed.cercle],
    [texts.assumedHours, assumed.hours],
    ...(assumed.unreadHours > 0 ? [[texts.assumedUnreadHours, assumed.unreadHours] as const] : []),
  ];
  const table = writeWideTable(
    [
      { title: '', text: ([word]) => word },
      { title: texts.structuresHeading, isNumber: true, text: ([, count]) => formatNumber(count, language) },
    ],
    rows,
  );
  return `<h3>${escapeMarkup(texts.assumedTitle)}</h3>${table}`;
}

function writeSnaps(input: ReportInput): string {
  const { language } = input;
  const texts = TEXTS[language].report;
  if (input.snaps.length === 0) return '';
  const rows = input.snaps.flatMap(({ mode, cells, structures }) => [
    { name: `${wordMode(mode, language).title}, ${texts.cells}`, snap: cells },
    { name: `${wordMode(mode, language).title}, ${texts.structures}`, snap: structures },
  ]);
  const meters = (value: number | undefined): string =>
    value === undefined ? '–' : formatNumber(value, language);
  const count = (pick: (snap: SnapSummary) => number) => (row: { snap: SnapSummary }) =>
    formatNumber(pick(row.snap), language);
  const table = writeWideTable(
    [
      { title: '', text: (row) => row.name, isName: true },
      { title: texts.points, isNumber: true, text: count((snap) => snap.count) },
      { title: texts.notLinked, isNumber: true, text: count((snap) => snap.notLinkedCount) },
      { title: texts.median, isNumber: true, text: (row) => meters(row.snap.medianMeters) },
      { title: texts.p95, isNumber: true, text: (row) => meters(row.snap.p95Meters) },
      { title: texts.max, isNumber: true, text: (row) => meters(row.snap.maxMeters) },
    ],
    rows,
  );
  return `<h3>${escapeMarkup(texts.snapTitle)}</h3><p class="note">${escapeMarkup(texts.snapNote)}</p>${table}`;
}

function writeNotices(input: ReportInput): string {
  const { language } = input;
  const texts = TEXTS[language].report;
  const title = `<h3>${escapeMarkup(texts.noticesTitle)}</h3>`;
  if (input.noticeCounts.size === 0) return `${title}<p>${escapeMarkup(texts.noNotices)}</p>`;
  const rows = [...input.noticeCounts].map(([code, count]) => {
    const example = input.notices.find((notice) => notice.code === code);
    return { code, count, example, severity: example?.severity ?? ('info' satisfies Severity) };
  });
  const table = writeWideTable(
    [
      {
        title: texts.noticeCode,
        className: 'words',
        text: ({ code, example }) => findWords(code, language)?.title ?? example?.message ?? code,
      },
      {
        title: texts.noticeSeverity,
        className: 'code',
        text: (row) => CHECK_TEXTS[language].severities[row.severity],
      },
      { title: texts.noticeCount, isNumber: true, text: (row) => formatNumber(row.count, language) },
      { title: texts.noticeExample, className: 'words', text: ({ example }) => placeOf(example) },
      {
        title: texts.noticeRemedy,
        className: 'words',
        text: ({ code }) => findWords(code, language)?.remedy ?? '',
      },
    ],
    rows,
  );
  return `${title}<p class="note">${escapeMarkup(texts.noticesNote)}</p>${table}`;
}

/** "structures.csv:12 · CCAS de Charmelain": nothing of it needs translating. */
function placeOf(notice: Notice | undefined): string {
  if (notice === undefined) return '';
  const { file, row, id, value } = notice;
  const place = file === undefined || row === undefined ? file : `${file}:${row}`;
  return [place, id, value].filter((part) => part !== undefined && part !== '').join(' · ');
}

export function writeMethodSection(input: ReportInput): string {
  const texts = TEXTS[input.language].report;
  const rows = flatten(input.parameters, '');
  const table = writeWideTable(
    [
      { title: '', text: ([key]) => key },
      { title: '', text: ([, value]) => value },
    ],
    rows,
  );
  return `<p>${escapeMarkup(texts.method)}</p><p>${escapeMarkup(texts.caution)}</p><details><summary>${escapeMarkup(texts.parameters)}</summary>${table}</details>`;
}

/** Nested parameters as dotted keys; lists as JSON. */
export function flatten(value: unknown, key: string): Array<readonly [string, string]> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return [[key, typeof value === 'string' ? value : (JSON.stringify(value) ?? '–')]];
  }
  return Object.entries(value).flatMap(([name, inner]) =>
    flatten(inner, key === '' ? name : `${key}.${name}`),
  );
}

export function writeSourcesSection(input: ReportInput): string {
  const { language } = input;
  const { isFictional } = input.study;
  const texts = TEXTS[language].report;
  const table = writeWideTable(
    [
      {
        title: texts.role,
        className: 'code',
        text: ({ role }) => CHECK_TEXTS[language].roles[role as CheckRole] ?? role,
      },
      { title: texts.file, className: 'words', text: ({ path }) => path },
      {
        title: texts.licence,
        className: 'words',
        text: ({ source, licence }) =>
          isFictional
            ? EXPORT_TEXTS[language].inventedFrom
            : [source, licence].filter((part) => part !== undefined).join(' · ') || '–',
      },
      { title: texts.sourceDate, className: 'words', text: (file) => wordDate(input, file) },
      {
        title: texts.fingerprint,
        text: ({ sha256 }) => sha256,
        markup: ({ sha256 }) => `<code>${escapeMarkup(sha256)}</code>`,
      },
    ],
    input.inputs,
  );
  return table;
}

/** The day of the data, or the days that a timetable covers; "–" where the file does not say. */
function wordDate({ language, transit }: ReportInput, { path, role, date }: InputFile): string {
  if (date !== undefined) return formatDate(date, language);
  const name = path.slice(path.lastIndexOf('/') + 1);
  const feed = role === 'timetables' ? transit?.feeds.find((each) => each.name === name) : undefined;
  if (feed === undefined) return '–';
  return CHECK_TEXTS[language].period(formatDate(feed.first, language), formatDate(feed.last, language));
}
