/**
 * The report's sections that show the coverage: EPCI and territories, pockets, border, structures.
 */
import type {
  AreaCoverage,
  CoverageTally,
  ModeCoverage,
  StructureCoverage,
} from '../coverage/coverage-result.ts';
import { countLeftOut, nameArea } from './coverage-tables.ts';
import { type HtmlColumn, writeTable, writeWideTable } from './html-table.ts';
import { formatMinutes, formatNumber, formatPeople, formatRate } from './numbers.ts';
import type { ReportInput } from './report-input.ts';
import { wordStructureType } from './structure-words.ts';
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
    { title: texts.table.name, text: (row) => row.name, isName: true },
    {
      title: texts.table.population,
      isNumber: true,
      text: (row) => formatPeople(row.tallies[0]?.population ?? 0, language),
    },
    ...result.modes.map(
      (mode, at): HtmlColumn<Row> => ({
        title: wordMode(mode.mode, language).title,
        isNumber: true,
        className: 'pair',
        text: () => '',
        markup: (row) => writeRate(row.tallies[at], language),
      }),
    ),
  ];
  const tables = [
    [...listLevel((mode) => mode.epcis, texts.noEpci), whole],
    listLevel((mode) => mode.cantons, texts.noCanton),
    listLevel((mode) => mode.territoires, texts.noTerritoire),
  ].filter((rows) => rows.length > 0);
  const shown = tables.map((rows) => `<div class="scroll">${writeTable(columns, rows)}</div>`);
  return `<p class="note">${escapeMarkup(texts.report.territoriesNote)}</p>${shown.join('\n')}`;
}

/** The rate, and small below it the people left out and the median time. */
function writeRate(tally: CoverageTally, language: Language): string {
  const { leftOutShort, medianShort } = TEXTS[language].report;
  const more = [
    `${leftOutShort} ${formatPeople(countLeftOut(tally), language)}`,
    ...(tally.medianMinutes === undefined
      ? []
      : [`${medianShort} ${formatMinutes(tally.medianMinutes, language)} min`]),
  ];
  return `<b>${formatRate(tally.rate, language)}</b>${more.map((text) => `<small>${escapeMarkup(text)}</small>`).join('')}`;
}

/** Undefined where the study has no communes. */
export function writePocketsSection(input: ReportInput): string | undefined {
  const { language, result } = input;
  if (result.communes.length === 0) return undefined;
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
  return `${writeWideTable(columns, modes)}${writeFerries(input)}`;
}

/** People whom only a ferry brings within the threshold, for the modes that have one. */
function writeFerries({ language, result }: ReportInput): string {
  const modes = result.modes.filter((mode) => mode.populationByFerryOnly !== undefined);
  if (modes.length === 0) return '';
  const texts = TEXTS[language];
  return writeWideTable(
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
    { title: texts.table.name, text: (row) => structures[row.index].nom, isName: true },
    { title: texts.report.type, text: (row) => wordStructureType(structures[row.index].type, language) },
    ...result.modes.flatMap((mode, at): HtmlColumn<Row>[] => {
      // Combinations are not searched structure by structure.
      if (mode.structures.every(({ populationWithin }) => populationWithin === undefined)) return [];
      const column: HtmlColumn<Row> = {
        title: wordMode(mode.mode, language).title,
        isNumber: true,
        className: 'pair',
        text: () => '',
        markup: (row) =>
          `<b>${people(row.people[at].populationWithin)}</b><small>${escapeMarkup(texts.report.aloneShort)} ${people(row.people[at].populationAlone)}</small>`,
      };
      return [column];
    }),
  ];
  const leftOut =
    input.leftOutStructures.length === 0
      ? ''
      : `<h3>${escapeMarkup(`${texts.report.leftOutStructures} (${formatNumber(input.leftOutStructures.length, language)})`)}</h3><div class="tall">${writeTable(
          [
            { title: texts.table.name, text: ({ structure }) => structure.nom, isName: true },
            {
              title: texts.report.type,
              text: ({ structure }) => wordStructureType(structure.type, language),
            },
            { title: texts.report.reason, text: ({ reason }) => reason },
          ],
          input.leftOutStructures,
        )}</div>`;
  return `<p class="note">${escapeMarkup(texts.report.structuresNote)}</p><div class="tall">${writeTable(columns, rows)}</div>${leftOut}`;
}
