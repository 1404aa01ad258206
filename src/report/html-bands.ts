/** The report's section of access times: the chart, and the same figures as a table. */
import type { ModeCoverage } from '../coverage/coverage-result.ts';
import { writeNote } from './html-section.ts';
import { type HtmlColumn, writeWideTable } from './html-table.ts';
import { formatMinutes, formatPeople, formatRate } from './numbers.ts';
import { PAGE_TEXTS } from './page-texts.ts';
import type { ReportInput } from './report-input.ts';
import { drawBands } from './svg-bands.ts';
import { escapeMarkup } from './svg-text.ts';
import { TEXTS, wordBands, wordMode } from './texts.ts';

export function writeBands(input: ReportInput): string {
  const { result, language } = input;
  const texts = TEXTS[language];
  const labels = wordBands(result.bandEdgesMinutes, language);
  const columns: HtmlColumn<ModeCoverage>[] = [
    { title: texts.table.mode, text: ({ mode }) => wordMode(mode, language).title, isName: true },
    ...labels.map(
      (label, band): HtmlColumn<ModeCoverage> => ({
        title: label,
        isNumber: true,
        className: 'pair',
        text: () => '',
        markup: ({ whole }) => {
          const people = whole.populationOfBand[band];
          const share = whole.population > 0 ? people / whole.population : undefined;
          return `<b>${formatRate(share, language)}</b><small>${escapeMarkup(formatPeople(people, language))}</small>`;
        },
      }),
    ),
    {
      title: texts.table.mean,
      isNumber: true,
      text: ({ whole }) => formatMinutes(whole.meanMinutes, language),
    },
    {
      title: texts.table.median,
      isNumber: true,
      text: ({ whole }) => formatMinutes(whole.medianMinutes, language),
    },
  ];
  const summary = escapeMarkup(PAGE_TEXTS[language].sameAsTable);
  return `${writeNote(texts.report.bandsNote)}<figure class="bands">${drawBands(result, language)}</figure><details open><summary>${summary}</summary>${writeWideTable(columns, result.modes)}</details>`;
}
