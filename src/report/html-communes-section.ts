/**
 * The report's table of communes: the figures of the first mode, which prints and reads without any script; the
 * page's script shows those of another mode, sorts and filters (`page/commune-table.ts` knows the columns).
 */
import { type CommuneCoverage, NO_AREA_CODE } from '../coverage/coverage-result.ts';
import { countLeftOut, nameArea } from './coverage-tables.ts';
import type { HtmlSection } from './html-section.ts';
import { type HtmlColumn, writeTable } from './html-table.ts';
import { formatMinutes, formatPeople, formatRate } from './numbers.ts';
import { PAGE_TEXTS } from './page-texts.ts';
import type { ReportInput } from './report-input.ts';
import { escapeMarkup } from './svg-text.ts';
import { type Language, TEXTS, wordMode } from './texts.ts';

const STATES = ['non couverte', 'partielle', 'couverte', 'sans population'] as const;

/** Undefined where the study has no communes. */
export function writeCommunesSection(input: ReportInput): HtmlSection | undefined {
  const { language, result, structures } = input;
  const texts = TEXTS[language];
  const [mode] = result.modes;
  if (mode === undefined || mode.communes.length === 0) return undefined;
  const columns: HtmlColumn<CommuneCoverage>[] = [
    { title: texts.table.code, className: 'code', text: ({ area }) => area.code },
    { title: texts.table.commune, text: ({ area }) => nameArea(area, texts.noCommune).nom, isName: true },
    { title: texts.table.epci, className: 'words', text: ({ area }) => area.epciNom ?? area.epci ?? '' },
    {
      title: texts.table.population,
      isNumber: true,
      text: ({ population }) => formatPeople(population, language),
    },
    {
      title: texts.table.coverageRate,
      isNumber: true,
      className: 'share',
      style: ({ rate }) => `--share:${((rate ?? 0) * 100).toFixed(1)}%`,
      text: ({ rate }) => formatRate(rate, language),
    },
    { title: texts.table.state, text: () => '', markup: (commune) => markState(commune, language) },
    {
      title: texts.table.leftOut,
      isNumber: true,
      text: (commune) => formatPeople(countLeftOut(commune), language),
    },
    {
      title: texts.table.median,
      isNumber: true,
      text: ({ medianMinutes }) => formatMinutes(medianMinutes, language),
    },
    {
      title: texts.table.nearest,
      className: 'words',
      text: ({ nearestStructure: nearest }) =>
        nearest === undefined ? '–' : structures[nearest.structureIndex].nom,
    },
  ];
  const caption = PAGE_TEXTS[language].tableCaption(wordMode(mode.mode, language).title);
  const table = writeTable(columns, mode.communes, { id: 'table-communes', caption });
  return {
    id: 'communes',
    title: texts.report.communesTitle,
    content: `<p class="note">${escapeMarkup(texts.report.communesNote)}</p>${writeFilters(language)}<div class="tall" tabindex="0" role="region" aria-label="${escapeMarkup(texts.report.communesTitle)}">${table}</div>`,
  };
}

function writeFilters(language: Language): string {
  const texts = PAGE_TEXTS[language];
  const { communesFilter } = TEXTS[language].report;
  const options = STATES.map(
    (state) => `<option value="${state}">${escapeMarkup(TEXTS[language].states[state])}</option>`,
  );
  return `<div class="filters with-script"><label>${escapeMarkup(communesFilter)} <input type="search" id="filtre-communes"></label><label>${escapeMarkup(texts.stateFilter)} <select id="filtre-etat"><option value="">${escapeMarkup(texts.allStates)}</option>${options.join('')}</select></label><label><input type="checkbox" id="filtre-limite"> ${escapeMarkup(texts.onlyBorderline)}</label><output id="communes-compte" for="filtre-communes filtre-etat filtre-limite"></output></div>`;
}

function markState(commune: CommuneCoverage, language: Language): string {
  const texts = TEXTS[language];
  const limit =
    commune.borderline && commune.area.code !== NO_AREA_CODE
      ? ` <span class="limit">${escapeMarkup(texts.table.borderline)}</span>`
      : '';
  return `<span class="tag ${commune.etat.replace(' ', '-')}">${escapeMarkup(texts.states[commune.etat])}</span>${limit}`;
}
