/**
 * `communes.csv`, `territoires.csv` and `communes-non-couvertes.csv`: one row per area and mode; rates between
 * 0 and 1, times in minutes. Numbers are rounded as `column-kinds.ts` says.
 */
import {
  type CommuneCoverage,
  type CoverageArea,
  type CoverageResult,
  type CoverageTally,
  type ModeCoverage,
  NO_AREA_CODE,
} from '../coverage/coverage-result.ts';
import { type ColumnKind, kindOfColumn, roundTo } from './column-kinds.ts';
import { buildTable, type CsvColumn, type CsvValue, type Table, writeTableCsv } from './csv.ts';
import { type LeftOutFigures, wordLeftOut } from './left-out-words.ts';
import type { ReportInput } from './report-input.ts';
import { type Language, TEXTS } from './texts.ts';

interface TallyRow {
  mode: ModeCoverage;
  tally: CoverageTally;
}

export interface CommuneRow extends TallyRow {
  tally: CommuneCoverage;
  commune: CommuneCoverage;
}

export function writeCommunesCsv(input: ReportInput): string {
  return writeTableCsv(tabulateCommunes(input), input.csv, input.language);
}

/** One row per commune and mode, modes in the study's order. */
export function tabulateCommunes(input: ReportInput): Table {
  const { language, result, structures } = input;
  const columns: CsvColumn<CommuneRow>[] = [
    ...communeColumns(language, result),
    ...tallyColumns(),
    stateColumn(language),
    { fr: 'limite', en: 'borderline', value: ({ commune }) => commune.borderline },
    ...timeColumns(),
    ...departureColumns<CommuneRow>(result),
    ...carGapColumns(result),
    {
      fr: 'structure_proche',
      en: 'nearest_structure',
      value: ({ commune }) =>
        commune.nearestStructure && structures[commune.nearestStructure.structureIndex].id,
    },
    ...bandColumns(result.bandEdgesMinutes),
  ];
  return buildTable(columns, listCommuneRows(result));
}

export function writeTerritoriesCsv(input: ReportInput): string {
  return writeTableCsv(tabulateTerritories(input), input.csv, input.language);
}

/** The whole territory, every EPCI, canton and territoire, per mode. */
export function tabulateTerritories(input: ReportInput): Table {
  const { language, result } = input;
  const levels = TEXTS[language].levels;
  interface Row extends TallyRow {
    level: string;
    area: CoverageArea;
  }
  const rows = result.modes.flatMap((mode): Row[] => [
    {
      mode,
      level: levels.territory,
      area: { code: input.study.departement ?? '', nom: input.study.name },
      tally: mode.whole,
    },
    ...mode.epcis.map((tally) => ({
      mode,
      level: levels.epci,
      area: nameArea(tally.area, TEXTS[language].noEpci),
      tally,
    })),
    ...mode.cantons.map((tally) => ({
      mode,
      level: levels.canton,
      area: nameArea(tally.area, TEXTS[language].noCanton),
      tally,
    })),
    ...mode.territoires.map((tally) => ({
      mode,
      level: levels.territoire,
      area: nameArea(tally.area, TEXTS[language].noTerritoire),
      tally,
    })),
  ]);
  const columns: CsvColumn<Row>[] = [
    { fr: 'niveau', en: 'level', value: ({ level }) => level },
    { fr: 'code', en: 'code', value: ({ area }) => area.code },
    { fr: 'nom', en: 'name', value: ({ area }) => area.nom },
    { fr: 'mode', en: 'mode', value: ({ mode }) => mode.mode },
    ...tallyColumns(),
    ...timeColumns(),
    ...departureColumns<Row>(result),
    ...bandColumns(result.bandEdgesMinutes),
  ];
  return buildTable(columns, rows);
}

export function writeUncoveredCsv(input: ReportInput): string {
  return writeTableCsv(tabulateUncovered(input), input.csv, input.language);
}

/** Communes `non couverte` or `partielle`, per mode, most people left out first, and why. */
export function tabulateUncovered(input: ReportInput): Table {
  return buildTable(uncoveredColumns(input), listUncoveredRows(input.result));
}

/** Decimals of what no digit says more than: the engine counts deciseconds. */
const RECORD_DECIMALS: Readonly<Partial<Record<ColumnKind, number>>> = { minutes: 4, meters: 1 };

/** The rows of `writeUncoveredCsv` as records, for JSON: people and shares unrounded; what is unknown is null. */
export function buildUncoveredRecords(input: ReportInput): Array<Record<string, CsvValue | null>> {
  const columns = uncoveredColumns(input);
  const recordOf = (row: CommuneRow) =>
    columns.map((column) => {
      const value = column.value(row) ?? null;
      const decimals = RECORD_DECIMALS[kindOfColumn(column.fr)];
      const isRounded = typeof value === 'number' && decimals !== undefined;
      return [column[input.language], isRounded ? roundTo(value, decimals) : value] as const;
    });
  return listUncoveredRows(input.result).map((row) => Object.fromEntries(recordOf(row)));
}

function uncoveredColumns(input: ReportInput): CsvColumn<CommuneRow>[] {
  const { language, structures } = input;
  const pocketOfCommune = numberPockets(input.result);
  // Of those left out, as the reason is: the others of the commune may be near another structure.
  const structureOf = ({ tooLate }: CommuneCoverage) =>
    tooLate && structures[tooLate.nearestStructure.structureIndex];
  return [
    ...communeColumns(language, input.result),
    stateColumn(language),
    { fr: 'limite', en: 'borderline', value: ({ commune }) => commune.borderline },
    { fr: 'population', en: 'population', value: ({ commune }) => commune.population },
    {
      fr: 'population_laissee_de_cote',
      en: 'population_left_out',
      value: ({ commune }) => countLeftOut(commune),
    },
    {
      fr: 'population_non_couverte',
      en: 'population_uncovered',
      value: ({ commune }) => commune.populationUncovered,
    },
    {
      fr: 'population_non_raccordee',
      en: 'population_not_connected',
      value: ({ commune }) => commune.populationNotConnected,
    },
    { fr: 'taux_couverture', en: 'coverage_rate', value: ({ commune }) => commune.rate },
    {
      fr: 'structure_proche',
      en: 'nearest_structure',
      value: ({ commune }) => structureOf(commune)?.id,
    },
    {
      fr: 'nom_structure_proche',
      en: 'nearest_structure_name',
      value: ({ commune }) => structureOf(commune)?.nom,
    },
    {
      fr: 'temps_structure_proche_min',
      en: 'nearest_structure_min',
      value: ({ commune }) => commune.tooLate?.medianMinutes,
    },
    {
      fr: 'distance_structure_proche_m',
      en: 'nearest_structure_m',
      value: ({ commune }) => commune.tooLate?.nearestStructure.meanMeters,
    },
    {
      fr: 'poche',
      en: 'pocket',
      value: ({ commune }) => pocketOfCommune.get(commune),
    },
    {
      fr: 'motif',
      en: 'reason',
      value: ({ commune }) => wordLeftOut(listLeftOut(commune, structures), language),
    },
  ];
}

/** Every commune in every mode. */
export function listCommuneRows(result: CoverageResult): CommuneRow[] {
  return result.modes.flatMap((mode) => mode.communes.map((commune) => ({ mode, commune, tally: commune })));
}

/** The communes that people of are left out, by mode; in each, most people first, then by code. */
export function listUncoveredRows(result: CoverageResult): CommuneRow[] {
  return result.modes.flatMap((mode) =>
    listCommuneRows({ ...result, modes: [mode] })
      .filter(({ commune }) => commune.etat === 'non couverte' || commune.etat === 'partielle')
      .sort(
        (a, b) =>
          countLeftOut(b.commune) - countLeftOut(a.commune) ||
          (a.commune.area.code < b.commune.area.code ? -1 : 1),
      ),
  );
}

/** People not covered, whether reached too late or not connected. */
export function countLeftOut(tally: CoverageTally): number {
  return tally.populationUncovered + tally.populationNotConnected;
}

export function listLeftOut(
  { populationNotConnected, populationUncovered, tooLate }: CommuneCoverage,
  structures: ReportInput['structures'],
): LeftOutFigures {
  return {
    peopleNotConnected: populationNotConnected,
    peopleTooLate: populationUncovered,
    tooLate: tooLate && {
      medianMinutes: tooLate.medianMinutes,
      structure: structures[tooLate.nearestStructure.structureIndex].nom,
    },
  };
}

/** Communes that are in a pocket of their mode, with its number. */
export function numberPockets(result: CoverageResult): Map<CommuneCoverage, number> {
  const numbers = new Map<CommuneCoverage, number>();
  for (const mode of result.modes) {
    for (const pocket of mode.pockets) {
      for (const index of pocket.communeIndices) numbers.set(mode.communes[index], pocket.number);
    }
  }
  return numbers;
}

/** The area with its name in the report's language where it stands for "none". */
export function nameArea(area: CoverageArea, nameOfNone: string): CoverageArea {
  return area.code === NO_AREA_CODE ? { code: area.code, nom: nameOfNone } : area;
}

/** The canton's columns only where the study knows cantons. */
function communeColumns(language: Language, result: CoverageResult): CsvColumn<CommuneRow>[] {
  const cantonColumns: CsvColumn<CommuneRow>[] = [
    { fr: 'canton', en: 'canton', value: ({ commune }) => commune.area.canton },
    { fr: 'nom_canton', en: 'canton_name', value: ({ commune }) => commune.area.cantonNom },
  ];
  return [
    { fr: 'code_insee', en: 'insee_code', value: ({ commune }) => commune.area.code },
    {
      fr: 'nom',
      en: 'name',
      value: ({ commune }) => nameArea(commune.area, TEXTS[language].noCommune).nom,
    },
    { fr: 'epci', en: 'epci', value: ({ commune }) => commune.area.epci },
    { fr: 'nom_epci', en: 'epci_name', value: ({ commune }) => commune.area.epciNom },
    ...(result.cantons.length > 0 ? cantonColumns : []),
    { fr: 'territoire', en: 'territory', value: ({ commune }) => commune.area.territoire },
    { fr: 'mode', en: 'mode', value: ({ mode }) => mode.mode },
  ];
}

function stateColumn(language: Language): CsvColumn<CommuneRow> {
  return { fr: 'etat', en: 'state', value: ({ commune }) => TEXTS[language].states[commune.etat] };
}

function tallyColumns<Row extends TallyRow>(): CsvColumn<Row>[] {
  return [
    { fr: 'population', en: 'population', value: ({ tally }) => tally.population },
    { fr: 'population_couverte', en: 'population_covered', value: ({ tally }) => tally.populationCovered },
    {
      fr: 'population_non_couverte',
      en: 'population_uncovered',
      value: ({ tally }) => tally.populationUncovered,
    },
    {
      fr: 'population_non_raccordee',
      en: 'population_not_connected',
      value: ({ tally }) => tally.populationNotConnected,
    },
    { fr: 'taux_couverture', en: 'coverage_rate', value: ({ tally }) => tally.rate },
  ];
}

function timeColumns<Row extends TallyRow>(): CsvColumn<Row>[] {
  return [
    { fr: 'temps_moyen_min', en: 'mean_time_min', value: ({ tally }) => tally.meanMinutes },
    { fr: 'temps_median_min', en: 'median_time_min', value: ({ tally }) => tally.medianMinutes },
    { fr: 'part_atteinte', en: 'share_reached', value: ({ tally }) => tally.reachedShare },
  ];
}

/** What a timetable adds, empty in the rows of other modes; no column where no mode has one. */
function departureColumns<Row extends TallyRow>(result: CoverageResult): CsvColumn<Row>[] {
  if (!result.modes.some(({ whole }) => whole.departures !== undefined)) return [];
  return [
    {
      fr: 'population_couverte_mediane',
      en: 'population_covered_median',
      value: ({ tally }) => tally.departures?.populationCoveredMedian,
    },
    {
      fr: 'taux_couverture_median',
      en: 'coverage_rate_median',
      value: ({ tally }) => tally.departures?.rateMedian,
    },
    {
      fr: 'disponibilite_moyenne',
      en: 'mean_availability',
      value: ({ tally }) => tally.departures?.meanAvailability,
    },
  ];
}

/** How much longer transit takes than a car, where the study has both. */
function carGapColumns(result: CoverageResult): CsvColumn<CommuneRow>[] {
  const hasGap = result.modes.some(({ communes }) =>
    communes.some(({ minutesOverCar }) => minutesOverCar !== undefined),
  );
  if (!hasGap) return [];
  return [
    {
      fr: 'ecart_voiture_min',
      en: 'over_car_min',
      value: ({ commune }) => commune.minutesOverCar,
    },
  ];
}

/** One column per band; the people not connected have theirs already. */
function bandColumns<Row extends TallyRow>(edgesMinutes: readonly number[]): CsvColumn<Row>[] {
  const names = edgesMinutes.map((edge, at) => [`${at === 0 ? 0 : edgesMinutes[at - 1]}_${edge}_min`, '']);
  const last = edgesMinutes.length === 0 ? 0 : edgesMinutes[edgesMinutes.length - 1];
  names.push([`plus_${last}_min`, `over_${last}_min`]);
  return names.map(([fr, en], band) => ({
    fr: `population_${fr}`,
    en: `population_${en || fr}`,
    value: ({ tally }) => tally.populationOfBand[band],
  }));
}
