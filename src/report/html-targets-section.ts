/**
 * The report's section on targets: the path to 100 % by mode, and the département's own indicators, each with
 * réalisé, cible and écart by year. Empty where the study sets no target.
 */

import type { PathRow, SheetTarget, TargetReport } from '../planning/targets.ts';
import { FOLLOW_UP_TEXTS } from './follow-up-texts.ts';
import { wordGap, wordValue } from './follow-up-words.ts';
import type { HtmlSection } from './html-section.ts';
import { type HtmlColumn, writeTable } from './html-table.ts';
import { formatDate, formatNumber, formatRate } from './numbers.ts';
import type { ReportInput } from './report-input.ts';
import { escapeMarkup } from './svg-text.ts';
import type { Language } from './text-keys.ts';
import { wordMode } from './texts.ts';

/** The whole `<section>`, or '' without targets. */
export function writeTargetsSection({ targets, language }: ReportInput): HtmlSection | undefined {
  if (targets === undefined) return undefined;
  const texts = FOLLOW_UP_TEXTS[language].targets;
  const content = [note(texts.note), writePath(targets, language), writeSheets(targets, language)].join('\n');
  return { id: 'objectifs', title: texts.title, content };
}

function writePath({ path, pathFaults }: TargetReport, language: Language): string {
  if (path.length === 0) return '';
  const texts = FOLLOW_UP_TEXTS[language].targets;
  const columns: HtmlColumn<PathRow>[] = [
    { title: texts.mode, text: ({ mode }) => wordMode(mode, language).title },
    { title: texts.year, isNumber: true, text: ({ year }) => String(year) },
    { title: texts.achieved, isNumber: true, text: ({ achieved }) => formatRate(achieved, language) },
    { title: texts.target, isNumber: true, text: ({ target }) => formatRate(target, language) },
    {
      title: texts.gap,
      isNumber: true,
      text: ({ gap }) => wordGap(gap === undefined ? undefined : gap * 100, '%', language),
    },
    { title: texts.source, text: (row) => wordSource(row, language) },
  ];
  const faults = pathFaults.map((fault) => `<p>${escapeMarkup(texts.faults[fault])}</p>`).join('');
  return `<h3>${escapeMarkup(texts.pathTitle)}</h3>${note(texts.pathNote)}${faults}<div class="scroll">${writeTable(columns, path)}</div>`;
}

function wordSource({ date, result }: PathRow, language: Language): string {
  const texts = FOLLOW_UP_TEXTS[language].targets;
  if (date === undefined) return '–';
  const day = formatDate(date, language);
  return result === undefined ? texts.thisStudy(day) : texts.pastResult({ name: result, date: day });
}

function writeSheets({ indicators, smallCommunePopulation }: TargetReport, language: Language): string {
  if (indicators.length === 0) return '';
  const texts = FOLLOW_UP_TEXTS[language].targets;
  const columns: HtmlColumn<SheetTarget>[] = [
    { title: texts.indicator, text: ({ indicator }) => indicator, isName: true },
    { title: texts.unit, text: ({ unit }) => unit },
    { title: texts.year, isNumber: true, text: ({ year }) => String(year) },
    {
      title: texts.achieved,
      isNumber: true,
      text: ({ achieved, unit }) => wordValue(achieved, unit, language),
    },
    { title: texts.target, isNumber: true, text: ({ target, unit }) => wordValue(target, unit, language) },
    { title: texts.gap, isNumber: true, text: ({ gap, unit }) => wordGap(gap, unit, language) },
    {
      title: texts.source,
      text: ({ origin }) => (origin === undefined ? '–' : texts.origins[origin]),
    },
  ];
  const population = formatNumber(smallCommunePopulation, language);
  return `<h3>${escapeMarkup(texts.sheetsTitle)}</h3>${note(texts.sheetsNote(population))}<div class="scroll">${writeTable(columns, indicators)}</div>`;
}

function note(text: string): string {
  return `<p class="note">${escapeMarkup(text)}</p>`;
}
