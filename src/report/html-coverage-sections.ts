/**
 * The report's sections that show the coverage: EPCI and territories, pockets, border, structures, communes.
 */
import {
  type AreaCoverage,
  type CommuneCoverage,
  type CoverageTally,
  type ModeCoverage,
  NO_AREA_CODE,
  type StructureCoverage,
} from '../coverage/coverage-result.ts';
import { countLeftOut, nameArea } from './coverage-tables.ts';
import { type HtmlColumn, writeTable } from './html-table.ts';
import { formatMinutes, formatNumber, formatPeople, formatRate } from './numbers.ts';
import type { ReportInput } from './report-input.ts';
import { escapeMarkup } from './svg-text.ts';
import { type Language, TEXTS, wordMode } from './texts.ts';

/** Names of communes shown for a pocket; `communes-non-couvertes.csv` has all. */
const LONGEST_NAME_LIST = 40;

/** One row per EPCI, canton and territoire, the modes side by side; below the whole territory. */
export function writeTerritoriesSection(input: ReportInput): string {
  const { language, result } = input;
  const texts = TEXTS[language];
  interface Row {
    name: string;
    tallies: CoverageTally[];
  }
  const listLevel = (pick: (mode: ModeCoverage) => AreaCoverage[], nameOfNone: string): Row[] =>
    (result.modes[0] === undefined ? [] : pick(result.modes[0])).map((first, index) => ({
      name: nameArea(first.area, nameOfNone).nom,
      tallies: result.modes.map((mode) => pick(mode)[index]),
    }));
  const whole: Row = { name: texts.table.whole, tallies: result.modes.map((mode) => mode.whole) };
  const columns: HtmlColumn<Row>[] = [
    { title: texts.table.name, text: (row) => row.name },
    {
      title: texts.table.population,
      isNumber: true,
      text: (row) => formatPeople(row.tallies[0]?.population ?? 0, language),
    },
    ...result.modes.flatMap((mode, at): HtmlColumn<Row>[] => [
      {
        group: wordMode(mode.mode, language).title,
        title: texts.table.rate,
        isNumber: true,
        text: (row) => formatRate(row.tallies[at].rate, language),
      },
      {
        group: wordMode(mode.mode, language).title,
        title: texts.table.leftOut,
        isNumber: true,
        text: (row) => formatPeople(countLeftOut(row.tallies[at]), language),
      },
      {
        group: wordMode(mode.mode, language).title,
        title: texts.table.median,
        isNumber: true,
        text: (row) => formatMinutes(row.tallies[at].medianMinutes, language),
      },
    ]),
  ];
  const tables = [
    [...listLevel((mode) => mode.epcis, texts.noEpci), whole],
    listLevel((mode) => mode.cantons, texts.noCanton),
    listLevel((mode) => mode.territoires, texts.noTerritoire),
  ].filter((rows) => rows.length > 0);
  const shown = tables.map((rows) => `<div class="scroll">${writeTable(columns, rows)}</div>`);
  return `<p class="note">${escapeMarkup(texts.report.territoriesNote)}</p>${shown.join('<br>')}`;
}

export function writePocketsSection(input: ReportInput): string {
  const { language, result } = input;
  const texts = TEXTS[language];
  const tables = result.modes
    .filter((mode) => mode.pockets.length > 0)
    .map((mode) => {
      const columns: HtmlColumn<ModeCoverage['pockets'][number]>[] = [
        { title: texts.table.pocket, isNumber: true, text: (pocket) => String(pocket.number) },
        {
          title: texts.table.population,
          isNumber: true,
          text: (pocket) => formatPeople(pocket.population, language),
        },
        {
          title: texts.table.leftOut,
          isNumber: true,
          text: (pocket) => formatPeople(pocket.populationLeftOut, language),
        },
        {
          title: texts.table.communes,
          text: (pocket) => {
            const names = pocket.communeIndices.map((index) => result.communes[index].nom);
            const shown = names.slice(0, LONGEST_NAME_LIST).join(', ');
            const rest = names.length - LONGEST_NAME_LIST;
            return rest > 0 ? `${shown}, ${texts.andMore(formatNumber(rest, language))}` : shown;
          },
        },
      ];
      const title = wordMode(mode.mode, language).title;
      return `<h3>${escapeMarkup(title)}</h3><div class="tall">${writeTable(columns, mode.pockets)}</div>`;
    });
  if (tables.length === 0) return `<p>${escapeMarkup(texts.report.noPockets)}</p>`;
  return `<p class="note">${escapeMarkup(texts.report.pocketsNote)}</p>${tables.join('\n')}`;
}

export function writeBorderSection(input: ReportInput): string {
  const { language, result } = input;
  const texts = TEXTS[language];
  const modes = result.modes.filter((mode) => mode.borderGain !== undefined);
  if (modes.length === 0) return `<p>${escapeMarkup(texts.report.borderNone)}</p>${writeFerries(input)}`;
  const columns: HtmlColumn<ModeCoverage>[] = [
    { title: texts.table.mode, text: (mode) => wordMode(mode.mode, language).title },
    {
      title: texts.report.borderWithout,
      isNumber: true,
      text: (mode) => formatPeople(mode.borderGain?.populationCoveredWithout ?? 0, language),
    },
    {
      title: texts.report.borderGained,
      isNumber: true,
      text: (mode) => formatPeople(mode.borderGain?.populationGained ?? 0, language),
    },
    {
      title: texts.table.rate,
      isNumber: true,
      text: (mode) => formatRate(mode.whole.rate, language),
    },
  ];
  return `${writeTable(columns, modes)}${writeFerries(input)}`;
}

/** People whom only a ferry brings within the threshold, for the modes that have one. */
function writeFerries({ language, result }: ReportInput): string {
  const modes = result.modes.filter((mode) => mode.populationByFerryOnly !== undefined);
  if (modes.length === 0) return '';
  const texts = TEXTS[language];
  return writeTable(
    [
      { title: texts.table.mode, text: (mode) => wordMode(mode.mode, language).title },
      {
        title: texts.report.ferryOnly,
        isNumber: true,
        text: (mode) => formatPeople(mode.populationByFerryOnly ?? 0, language),
      },
    ],
    modes,
  );
}

/** One row per structure, the modes side by side; then those left out. */
export function writeStructuresSection(input: ReportInput): string {
  const { language, result, structures } = input;
  const texts = TEXTS[language];
  interface Row {
    index: number;
    people: StructureCoverage[];
  }
  const rows = structures.map((_, index) => ({
    index,
    people: result.modes.map((mode) => mode.structures[index]),
  }));
  const people = (value: number | undefined): string =>
    value === undefined ? '–' : formatPeople(value, language);
  const columns: HtmlColumn<Row>[] = [
    { title: texts.table.name, text: (row) => structures[row.index].nom },
    { title: texts.report.type, text: (row) => structures[row.index].type },
    ...result.modes.flatMap((mode, at): HtmlColumn<Row>[] => [
      {
        group: wordMode(mode.mode, language).title,
        title: texts.report.within,
        isNumber: true,
        text: (row) => people(row.people[at].populationWithin),
      },
      {
        group: wordMode(mode.mode, language).title,
        title: texts.report.alone,
        isNumber: true,
        text: (row) => people(row.people[at].populationAlone),
      },
    ]),
  ];
  const leftOut =
    input.leftOutStructures.length === 0
      ? ''
      : `<h3>${escapeMarkup(texts.report.leftOutStructures)}</h3><div class="tall">${writeTable(
          [
            { title: texts.table.name, text: ({ structure }) => structure.nom },
            { title: texts.report.type, text: ({ structure }) => structure.type },
            { title: texts.report.reason, text: ({ reason }) => reason },
          ],
          input.leftOutStructures,
        )}</div>`;
  return `<p class="note">${escapeMarkup(texts.report.structuresNote)}</p><div class="tall">${writeTable(columns, rows)}</div>${leftOut}`;
}

/** One row per commune, the modes side by side; sortable and filtered by the report's script. */
export function writeCommunesSection(input: ReportInput): string {
  const { language, result } = input;
  const texts = TEXTS[language];
  interface Row {
    communes: CommuneCoverage[];
  }
  const rows = result.communes.map((_, index) => ({
    communes: result.modes.map((mode) => mode.communes[index]),
  }));
  const nameOf = (row: Row): string => nameArea(row.communes[0].area, texts.noCommune).nom;
  const columns: HtmlColumn<Row>[] = [
    {
      title: texts.table.code,
      text: (row) => row.communes[0].area.code,
      sortValue: (row) => `c${row.communes[0].area.code}`,
    },
    { title: texts.table.commune, text: nameOf, sortValue: nameOf },
    {
      title: texts.table.population,
      isNumber: true,
      text: (row) => formatPeople(row.communes[0].population, language),
      sortValue: (row) => row.communes[0].population,
    },
    ...result.modes.flatMap((mode, at): HtmlColumn<Row>[] => [
      {
        group: wordMode(mode.mode, language).title,
        title: texts.table.state,
        text: () => '',
        markup: (row) => markState(row.communes[at], language),
        sortValue: (row) => row.communes[at].rate,
      },
      {
        group: wordMode(mode.mode, language).title,
        title: texts.table.rate,
        isNumber: true,
        text: (row) => formatRate(row.communes[at].rate, language),
        sortValue: (row) => row.communes[at].rate,
      },
      {
        group: wordMode(mode.mode, language).title,
        title: texts.table.leftOut,
        isNumber: true,
        text: (row) => formatPeople(countLeftOut(row.communes[at]), language),
        sortValue: (row) => countLeftOut(row.communes[at]),
      },
    ]),
  ];
  const table = writeTable(columns, rows, { id: 'table-communes', sortWord: texts.report.sort });
  return `<p class="note">${escapeMarkup(texts.report.communesNote)}</p><input type="search" id="filtre-communes" placeholder="${escapeMarkup(texts.report.communesFilter)}" aria-label="${escapeMarkup(texts.report.communesFilter)}"><div class="tall">${table}</div>`;
}

function markState(commune: CommuneCoverage, language: Language): string {
  const texts = TEXTS[language];
  const limit =
    commune.borderline && commune.area.code !== NO_AREA_CODE
      ? ` <span class="limit">${escapeMarkup(texts.table.borderline)}</span>`
      : '';
  return `<span class="tag ${commune.etat.replace(' ', '-')}">${escapeMarkup(texts.states[commune.etat])}</span>${limit}`;
}
