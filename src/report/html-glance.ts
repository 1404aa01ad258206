/** The top of the report: the headline of every mode as a card. */
import type { ModeCoverage } from '../coverage/coverage-result.ts';
import { writeHeadline } from './headline.ts';
import type { HtmlSection } from './html-section.ts';
import { formatRate } from './numbers.ts';
import type { ReportInput } from './report-input.ts';
import { escapeMarkup } from './svg-text.ts';
import { TEXTS, wordMode } from './texts.ts';

export function writeGlance(input: ReportInput): HtmlSection {
  const cards = input.result.modes.map((mode) => writeCard(input, mode));
  return {
    id: 'essentiel',
    title: TEXTS[input.language].report.atAGlance,
    content: `<div class="cards">${cards.join('\n')}</div>`,
  };
}

function writeCard(input: ReportInput, mode: ModeCoverage): string {
  const { language, result, study } = input;
  const { covered, leftOut, departures } = writeHeadline(mode, result, study.date, language);
  const also = departures === '' ? '' : `<p>${escapeMarkup(departures)}</p>`;
  return `<div class="card" data-mode="${escapeMarkup(mode.mode)}"><h3>${escapeMarkup(wordMode(mode.mode, language).title)}</h3><div class="rate">${formatRate(mode.whole.rate, language)}</div><p>${escapeMarkup(covered)}</p>${also}<p class="left">${escapeMarkup(leftOut)}</p></div>`;
}
