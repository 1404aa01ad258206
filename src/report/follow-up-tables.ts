/**
 * `suivi-structures.csv`: the follow-up table, one row per area and day, and per area and nature on the study's
 * day. `suivi.csv`: réalisé, cible and écart of every target by year; rates in per cent there, as the action
 * sheets state theirs.
 */
import type { FollowUpArea, FollowUpTally } from '../planning/follow-up.ts';
import type { TargetReport } from '../planning/targets.ts';
import { roundShare, roundTo } from './column-kinds.ts';
import { buildTable, type CsvColumn, type Table, writeTableCsv } from './csv.ts';
import { FOLLOW_UP_TEXTS } from './follow-up-texts.ts';
import { wordArea } from './follow-up-words.ts';
import type { CsvDialect, FollowUpReport } from './report-input.ts';
import type { Language } from './text-keys.ts';

interface FollowUpRow {
  area: FollowUpArea;
  date: string | undefined;
  /** Undefined: all natures together. */
  type: string | undefined;
  tally: FollowUpTally;
}

export function writeFollowUpCsv(followUp: FollowUpReport, csv: CsvDialect, language: Language): string {
  return writeTableCsv(tabulateFollowUp(followUp, language), csv, language);
}

export function tabulateFollowUp({ areas, date }: FollowUpReport, language: Language): Table {
  const rows = areas.flatMap((area): FollowUpRow[] => [
    ...area.days.map((tally) => ({ area, date: tally.date, type: undefined, tally })),
    ...area.types.map((tally) => ({ area, date, type: tally.type, tally })),
  ]);
  return buildTable(followUpColumns(language), rows);
}

function followUpColumns(language: Language): CsvColumn<FollowUpRow>[] {
  const texts = FOLLOW_UP_TEXTS[language];
  const number = (
    fr: string,
    en: string,
    pick: (tally: FollowUpTally) => number,
  ): CsvColumn<FollowUpRow> => ({
    fr,
    en,
    value: ({ tally }) => pick(tally),
  });
  return [
    { fr: 'niveau', en: 'level', value: ({ area }) => texts.levels[area.level] },
    { fr: 'code', en: 'code', value: ({ area }) => area.code },
    { fr: 'nom', en: 'name', value: ({ area }) => wordArea(area, language) },
    { fr: 'date', en: 'date', value: ({ date }) => date },
    { fr: 'nature', en: 'nature', value: ({ type }) => type ?? texts.levels.whole },
    number('engagees', 'engaged', (tally) => tally.engaged),
    number('dont_sans_date', 'undated', (tally) => tally.undated),
    number('charte_signee', 'charter_signed', (tally) => tally.charterSigned),
    number('charte_sans_date', 'charter_unstated', (tally) => tally.charterUnstated),
    number('itinerantes', 'itinerant', (tally) => tally.itinerant),
    number('polyvalentes', 'polyvalent', (tally) => tally.polyvalent.yes),
    number('non_polyvalentes', 'not_polyvalent', (tally) => tally.polyvalent.no),
    number('polyvalence_non_precisee', 'polyvalent_unstated', (tally) => tally.polyvalent.unstated),
    number('satisfaction_mesuree', 'satisfaction_measured', (tally) => tally.satisfaction.yes),
    number('satisfaction_non_mesuree', 'satisfaction_not_measured', (tally) => tally.satisfaction.no),
    number('satisfaction_non_precisee', 'satisfaction_unstated', (tally) => tally.satisfaction.unstated),
    number('auditees', 'audited', (tally) => tally.audit.yes),
    number('non_auditees', 'not_audited', (tally) => tally.audit.no),
    number('audit_non_precise', 'audit_unstated', (tally) => tally.audit.unstated),
  ];
}

interface TargetRow {
  indicator: string;
  mode: string | undefined;
  unit: string;
  year: number;
  achieved: number | undefined;
  target: number | undefined;
  gap: number | undefined;
  source: string | undefined;
  calculation: string | undefined;
}

export function writeTargetsCsv(targets: TargetReport, csv: CsvDialect, language: Language): string {
  return writeTableCsv(tabulateTargets(targets, language), csv, language);
}

export function tabulateTargets({ path, indicators }: TargetReport, language: Language): Table {
  const texts = FOLLOW_UP_TEXTS[language].targets;
  const rate = language === 'fr' ? 'taux_couverture' : 'coverage_rate';
  const rows: TargetRow[] = [
    ...path.map(({ mode, year, achieved, target, gap, date }) => ({
      indicator: texts.rateIndicator,
      mode,
      unit: '%',
      year,
      achieved: toPercent(achieved),
      target: toPercent(target),
      gap: toPercent(gap),
      source: date === undefined ? undefined : texts.origins.computed,
      calculation: date === undefined ? undefined : `${rate} ${date}`,
    })),
    ...indicators.map(({ indicator, unit, year, achieved, target, gap, origin, calculation }) => ({
      indicator,
      mode: undefined,
      unit,
      year,
      achieved: roundSheetValue(achieved),
      target,
      gap: roundSheetValue(gap),
      source: origin === undefined ? undefined : texts.origins[origin],
      calculation,
    })),
  ];
  return buildTable(TARGET_COLUMNS, rows);
}

const TARGET_COLUMNS: ReadonlyArray<CsvColumn<TargetRow>> = [
  { fr: 'indicateur', en: 'indicator', value: ({ indicator }) => indicator },
  { fr: 'mode', en: 'mode', value: ({ mode }) => mode },
  { fr: 'unite', en: 'unit', value: ({ unit }) => unit },
  { fr: 'annee', en: 'year', value: ({ year }) => year },
  { fr: 'realise', en: 'achieved', value: ({ achieved }) => achieved },
  { fr: 'cible', en: 'target', value: ({ target }) => target },
  { fr: 'ecart', en: 'gap', value: ({ gap }) => gap },
  { fr: 'source', en: 'source', value: ({ source }) => source },
  { fr: 'calcul', en: 'calculation', value: ({ calculation }) => calculation },
];

/** A share as a percentage: 0.57 is 57, and 100 is all, never nearly all. */
function toPercent(share: number | undefined): number | undefined {
  return share === undefined ? undefined : roundTo(100 * roundShare(share), 4);
}

/** Computed shares have digits without end; a declared value has those that it was given. */
function roundSheetValue(value: number | undefined): number | undefined {
  return value === undefined ? undefined : roundTo(value, 4);
}
