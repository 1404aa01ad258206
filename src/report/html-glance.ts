/** The top of the report: the headline of the first mode large, those of the others as cards. */
import type { ModeCoverage } from '../coverage/coverage-result.ts';
import { warnOfWindow, writeHeadline } from './headline.ts';
import type { HtmlSection } from './html-section.ts';
import { formatRate } from './numbers.ts';
import { writePartialInputs } from './partial-words.ts';
import type { ReportInput } from './report-input.ts';
import { escapeMarkup } from './svg-text.ts';
import { TEXTS, wordMode } from './texts.ts';
import { writeUnknownTypes } from './unknown-types-words.ts';

export function writeGlance(input: ReportInput): HtmlSection {
  const [first, ...others] = input.result.modes;
  const cards = others.map((mode) => writeCard(input, mode));
  return {
    id: 'essentiel',
    title: TEXTS[input.language].report.atAGlance,
    content: `${first === undefined ? '' : writeHero(input, first)}${cards.length === 0 ? '' : `<div class="cards">${cards.join('\n')}</div>`}${writeCaution(input)}${writeUnknown(input)}`,
  };
}

/** What of the inputs covers a part only. */
function writeCaution({ notices, language }: ReportInput): string {
  const caution = writePartialInputs(notices, language);
  return caution === '' ? '' : `<p class="note"><strong>${escapeMarkup(caution)}</strong></p>`;
}

function writeUnknown({ unknownTypes, language }: ReportInput): string {
  if (unknownTypes === undefined) return '';
  const [structures, ...modes] = writeUnknownTypes(unknownTypes, language).map(escapeMarkup);
  return `<p class="note">${structures}</p><ul class="note">${modes.map((mode) => `<li>${mode}</li>`).join('')}</ul>`;
}

function writeHero(input: ReportInput, mode: ModeCoverage): string {
  return `<div class="hero" data-mode="${escapeMarkup(mode.mode)}"><div>${writeFigure(input, mode)}</div><div>${writeSentences(input, mode)}</div></div>`;
}

function writeCard(input: ReportInput, mode: ModeCoverage): string {
  return `<div class="card" data-mode="${escapeMarkup(mode.mode)}">${writeFigure(input, mode)}${writeSentences(input, mode)}</div>`;
}

function writeFigure({ language }: ReportInput, mode: ModeCoverage): string {
  return `<h3>${escapeMarkup(wordMode(mode.mode, language).title)}</h3><div class="rate">${formatRate(mode.whole.rate, language)}</div>`;
}

function writeSentences({ language, result, study, transit }: ReportInput, mode: ModeCoverage): string {
  const { covered, leftOut, departures } = writeHeadline(mode, result, study.date, language);
  const warning = warnOfWindow(mode, transit, language);
  const also =
    (warning === '' ? '' : `<p><strong>${escapeMarkup(warning)}</strong></p>`) +
    (departures === '' ? '' : `<p>${escapeMarkup(departures)}</p>`);
  return `<p>${escapeMarkup(covered)}</p>${also}<p class="left">${escapeMarkup(leftOut)}</p>`;
}
