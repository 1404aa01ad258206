/**
 * `classeur.xlsx`: what the CSV files hold, for a spreadsheet's user: one sheet each (variants, follow-up and targets
 * where the study has them), the indicators before them, the method and the sources after. Same rows, same order,
 * same rounded values; formats only say how they show.
 */
import type { CheckRole } from './check-findings.ts';
import { CHECK_TEXTS } from './check-texts.ts';
import { type ColumnKind, roundForPeople } from './column-kinds.ts';
import { tabulateCommunes, tabulateTerritories, tabulateUncovered } from './coverage-tables.ts';
import { EXPORT_TEXTS } from './export-texts.ts';
import { tabulateFollowUp, tabulateTargets } from './follow-up-tables.ts';
import { countCommunes, wordThreshold, writeHeadline } from './headline.ts';
import { flatten } from './html-data-sections.ts';
import { describeLicence } from './licences.ts';
import { formatDate } from './numbers.ts';
import type { ReportInput } from './report-input.ts';
import { tabulateNotices, tabulateStructures } from './structure-tables.ts';
import { buildTableSheet } from './table-sheet.ts';
import { TEXTS, wordBands, wordMode } from './texts.ts';
import { tabulateVariants } from './variants-csv.ts';
import { type Sheet, type SheetRow, type SheetValue, writeWorkbook } from './xlsx-file.ts';

/** Of the indicators' columns, in characters. */
const NUMBER_WIDTH = 13;

export function writeReportWorkbook(input: ReportInput): Uint8Array {
  const { language, variants, followUp, targets } = input;
  const { sheets } = EXPORT_TEXTS[language];
  return writeWorkbook({
    title: input.study.name,
    creator: `Maillage ${input.version}`,
    language,
    sheets: [
      buildIndicatorSheet(input, sheets.indicators),
      buildTableSheet(language, sheets.communes, tabulateCommunes(input), 2),
      buildTableSheet(language, sheets.uncovered, tabulateUncovered(input), 2),
      buildTableSheet(language, sheets.structures, tabulateStructures(input), 2),
      buildTableSheet(language, sheets.territories, tabulateTerritories(input), 3),
      ...(variants.length === 0
        ? []
        : [buildTableSheet(language, sheets.variants, tabulateVariants(input), 2)]),
      ...(followUp === undefined
        ? []
        : [buildTableSheet(language, sheets.followUp, tabulateFollowUp(followUp, language), 3)]),
      ...(targets === undefined
        ? []
        : [buildTableSheet(language, sheets.targets, tabulateTargets(targets, language), 1)]),
      buildTableSheet(language, sheets.notices, tabulateNotices(input), 1),
      buildMethodSheet(input, sheets.method),
    ],
  });
}

/** One row per mode; the headline sentences below. */
function buildIndicatorSheet(input: ReportInput, name: string): Sheet {
  const { language, result, study } = input;
  const words = EXPORT_TEXTS[language].indicators;
  const bands = wordBands(result.bandEdgesMinutes, language).slice(0, -1);
  const hasDepartures = result.modes.some(({ whole }) => whole.departures !== undefined);
  const columns: ReadonlyArray<readonly [title: string, style: ColumnKind]> = [
    [words.mode, 'text'],
    [words.threshold, 'text'],
    [words.rate, 'rate'],
    [words.population, 'people'],
    [words.covered, 'people'],
    [words.uncovered, 'people'],
    [words.notConnected, 'people'],
    [words.uncoveredCommunes, 'people'],
    [words.partialCommunes, 'people'],
    [words.mean, 'minutes'],
    [words.median, 'minutes'],
    ...(hasDepartures ? [[words.rateMedian, 'rate'] as const] : []),
    ...bands.map((band) => [words.people(band), 'people'] as const),
  ];
  const rows = result.modes.map((mode): SheetRow => {
    const { whole } = mode;
    const values: SheetValue[] = [
      wordMode(mode.mode, language).title,
      wordThreshold(result, language),
      whole.rate,
      whole.population,
      whole.populationCovered,
      whole.populationUncovered,
      whole.populationNotConnected,
      countCommunes(mode, 'non couverte'),
      countCommunes(mode, 'partielle'),
      whole.meanMinutes,
      whole.medianMinutes,
      ...(hasDepartures ? [whole.departures?.rateMedian] : []),
      ...bands.map((_, band) => whole.populationOfBand[band]),
    ];
    return {
      values: values.map((value, at) =>
        typeof value === 'number' ? roundForPeople(value, columns[at]![1]) : value,
      ),
    };
  });
  const above: SheetRow[] = [
    { values: [study.name], style: 'title' },
    { values: [formatDate(study.date, language)] },
    ...(study.isFictional ? [{ values: [TEXTS[language].fictional], style: 'note' as const }] : []),
    { values: [] },
    { values: columns.map(([title]) => title), style: 'head' },
  ];
  return {
    name,
    columns: columns.map(([, style], at) => ({ style, widthCharacters: at < 2 ? 26 : NUMBER_WIDTH })),
    rows: [...above, ...rows],
    headRowCount: above.length,
    frozenColumnCount: 1,
  };
}

/** What was counted and how, every parameter, and every input with its licence: as in the manifest. */
function buildMethodSheet(input: ReportInput, name: string): Sheet {
  const { language, study, result } = input;
  const { method, licence } = EXPORT_TEXTS[language];
  const { report, fictional } = TEXTS[language];
  const sentences = result.modes.flatMap((mode) => {
    const { covered, leftOut, departures } = writeHeadline(mode, result, study.date, language);
    const text = [covered, departures, leftOut].filter((part) => part !== '').join(' ');
    return [[report.atAGlance, wordMode(mode.mode, language).title, text]];
  });
  const rows: SheetValue[][] = [
    [method.study, '', study.isFictional ? `${study.name}. ${fictional}` : study.name],
    [method.date, '', formatDate(study.date, language)],
    [method.version, '', `Maillage ${input.version}`],
    [licence, '', study.isFictional ? fictional : describeLicence(language)],
    ...sentences,
    [report.methodTitle, '', report.method],
    [report.methodTitle, '', report.caution],
    ...input.inputs.map(({ path, role, sha256, source, licence: terms }) => [
      report.sourcesTitle,
      CHECK_TEXTS[language].roles[role as CheckRole] ?? role,
      [path, source, terms, `SHA-256 ${sha256}`].filter((part) => part !== undefined).join(' · '),
    ]),
    ...flatten(input.parameters, '').map(([key, value]) => [report.parameters, key, value]),
  ];
  return {
    name,
    columns: [
      { widthCharacters: 24, style: 'paragraph' },
      { widthCharacters: 34, style: 'paragraph' },
      { widthCharacters: 100, style: 'paragraph' },
    ],
    rows: [
      { values: [method.topic, method.content, method.value], style: 'head' },
      ...rows.map((values) => ({ values })),
    ],
    headRowCount: 1,
    frozenColumnCount: 0,
  };
}
