/**
 * `variantes.csv`: one row per variant, mode and area (the whole territory, each EPCI, each territoire). People
 * or households, rates between 0 and 1, rounded as `column-kinds.ts` says; a value that is secret or that no list tells is empty, and
 * the last column says which.
 */
import type { CoverageArea } from '../coverage/coverage-result.ts';
import type { SegmentTally } from '../coverage/segments.ts';
import type { VariantTally } from '../coverage/variants.ts';
import { nameArea } from './coverage-tables.ts';
import { buildTable, type CsvColumn, type Table, writeTableCsv } from './csv.ts';
import type { ReportInput } from './report-input.ts';
import { TEXTS } from './texts.ts';
import type { VariantReport } from './variants-report.ts';
import { VARIANT_TEXTS } from './variants-texts.ts';

interface Row {
  variant: VariantReport;
  mode: string | undefined;
  level: string;
  area: CoverageArea;
  tally: SegmentTally | undefined;
}

export function writeVariantsCsv(input: ReportInput): string {
  return writeTableCsv(tabulateVariants(input), input.csv, input.language);
}

export function tabulateVariants(input: ReportInput): Table {
  const texts = VARIANT_TEXTS[input.language];
  const columns: CsvColumn<Row>[] = [
    { fr: 'variante', en: 'variant', value: ({ variant }) => variant.key },
    { fr: 'libelle', en: 'label', value: ({ variant }) => texts.variants[variant.key] },
    { fr: 'structures', en: 'structures', value: ({ variant }) => variant.structureCount },
    {
      fr: 'structures_sans_information',
      en: 'structures_not_said',
      value: ({ variant }) => variant.unknownCount,
    },
    { fr: 'mode', en: 'mode', value: ({ mode }) => mode },
    { fr: 'niveau', en: 'level', value: ({ level }) => level },
    { fr: 'code', en: 'code', value: ({ area }) => area.code },
    { fr: 'nom', en: 'name', value: ({ area }) => area.nom },
    { fr: 'unite', en: 'unit', value: ({ variant }) => texts.units[variant.unit] },
    { fr: 'population', en: 'population', value: figure(({ population }) => population) },
    {
      fr: 'population_couverte',
      en: 'population_covered',
      value: figure(({ populationCovered }) => populationCovered),
    },
    {
      fr: 'population_non_couverte',
      en: 'population_uncovered',
      value: figure(({ populationUncovered }) => populationUncovered),
    },
    {
      fr: 'population_non_raccordee',
      en: 'population_not_connected',
      value: figure(({ populationNotConnected }) => populationNotConnected),
    },
    { fr: 'taux_couverture', en: 'coverage_rate', value: figure(({ rate }) => rate) },
    { fr: 'ecart_taux', en: 'rate_difference', value: figure(({ difference }) => difference) },
    {
      fr: 'remarque',
      en: 'remark',
      value: ({ tally }) => (tally === undefined ? texts.untold : isSecret(tally) ? texts.secret : undefined),
    },
  ];
  return buildTable(columns, listRows(input));
}

export function isSecret(tally: SegmentTally): tally is { isSecret: true } {
  return 'isSecret' in tally;
}

function figure(read: (tally: VariantTally) => number | undefined): CsvColumn<Row>['value'] {
  return ({ tally }) => (tally === undefined || isSecret(tally) ? undefined : read(tally));
}

function listRows(input: ReportInput): Row[] {
  const { levels, noEpci, noTerritoire } = TEXTS[input.language];
  const { epcis, territoires } = input.result;
  const whole = { code: input.study.departement ?? '', nom: input.study.name };
  return input.variants.flatMap((variant): Row[] => {
    if (!variant.isTold) {
      return [{ variant, mode: undefined, level: levels.territory, area: whole, tally: undefined }];
    }
    return variant.modes.flatMap(({ mode, ...tallies }): Row[] => [
      { variant, mode, level: levels.territory, area: whole, tally: tallies.whole },
      ...tallies.epcis.map((tally, i) => ({
        variant,
        mode,
        level: levels.epci,
        area: nameArea(epcis[i]!, noEpci),
        tally,
      })),
      ...tallies.territoires.map((tally, i) => ({
        variant,
        mode,
        level: levels.territoire,
        area: nameArea(territoires[i]!, noTerritoire),
        tally,
      })),
    ]);
  });
}
