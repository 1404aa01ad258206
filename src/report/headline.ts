/**
 * The sentences that say the indicator, per mode; the same in the report, on the terminal and on the map.
 */
import { decisecondsToMinutes } from '../common/units.ts';
import {
  type CommuneState,
  type CoverageResult,
  type ModeCoverage,
  NO_AREA_CODE,
} from '../coverage/coverage-result.ts';
import { countLeftOut } from './coverage-tables.ts';
import { isSingular, wordPeople } from './left-out-words.ts';
import { formatClock, formatDate, formatNumber, formatPeople, formatRate } from './numbers.ts';
import { type Language, TEXTS, wordMode } from './texts.ts';
import type { TransitReport } from './transit-report.ts';
import { TRANSIT_TEXTS } from './transit-texts.ts';

/** The warning of a window in which hardly anything runs; empty where the mode has no timetable, or it runs. */
export function warnOfWindow(
  mode: ModeCoverage,
  transit: TransitReport | undefined,
  language: Language,
): string {
  const sparse = transit?.sparseWindow;
  if (transit === undefined || sparse === undefined || mode.whole.departures === undefined) return '';
  const { busiest } = sparse;
  return TRANSIT_TEXTS[language].sparseWindow({
    from: formatClock(sparse.fromSeconds),
    until: formatClock(sparse.untilSeconds),
    trips: formatNumber(sparse.tripCount, language),
    dayTrips: formatNumber(sparse.dayTripCount, language),
    date: formatDate(transit.date, language),
    busiestFrom: formatClock(busiest.fromSeconds),
    busiestUntil: formatClock(busiest.untilSeconds),
    busiestTrips: formatNumber(busiest.tripCount, language),
  });
}

/** People who have some way by transit, beyond the longest that is timed; empty where there are none. */
export function tellOverLimit(
  mode: ModeCoverage,
  transit: TransitReport | undefined,
  language: Language,
): string {
  if (transit === undefined || mode.mode !== 'transit') return '';
  const people = transit.use.populationOverLimit;
  if (Math.round(people) === 0) return '';
  return TRANSIT_TEXTS[language].overLimitSentence(
    formatPeople(people, language),
    Math.round(people),
    formatNumber(transit.limitMinutes, language),
  );
}

export interface Headline {
  /** Who is within the threshold. */
  covered: string;
  /** Who is not; empty where there are no people. */
  leftOut: string;
  /** Who is when leaving at any minute; empty where the mode has no timetable. */
  departures: string;
}

export function writeHeadline(
  mode: ModeCoverage,
  result: CoverageResult,
  date: string,
  language: Language,
): Headline {
  const texts = TEXTS[language];
  const { by } = wordMode(mode.mode, language);
  const { whole } = mode;
  if (whole.rate === undefined) return { covered: texts.noHeadline(by), leftOut: '', departures: '' };
  const covered = texts.headline({
    date: formatDate(date, language),
    rate: formatRate(whole.rate, language),
    covered: formatPeople(whole.populationCovered, language),
    population: formatPeople(whole.population, language),
    by,
    threshold: wordThreshold(result, language),
  });
  const departures =
    whole.departures === undefined
      ? ''
      : TRANSIT_TEXTS[language].departures({
          rate: formatRate(whole.departures.rateMedian, language),
          people: formatPeople(whole.departures.populationCoveredMedian, language),
          availability: formatRate(whole.departures.meanAvailability, language),
        });
  const people = countLeftOut(whole);
  const leftOut = texts.leftOut({
    people: capitalise(wordPeople(people, language)),
    isOne: isSingular(people, language),
    notConnected:
      Math.round(whole.populationNotConnected) === 0
        ? undefined
        : formatPeople(whole.populationNotConnected, language),
  });
  if (mode.communes.length === 0) return { covered, leftOut, departures };
  const communes = texts.leftOutCommunes(
    formatNumber(countCommunes(mode, 'non couverte'), language),
    formatNumber(countCommunes(mode, 'partielle'), language),
  );
  return { covered, leftOut: `${leftOut} ${communes}`, departures };
}

function capitalise(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** "en moins de 30 minutes" */
export function wordThreshold(result: CoverageResult, language: Language): string {
  const minutes = findThresholdMinutes(result);
  const shown = formatNumber(minutes, language, Number.isInteger(minutes) ? 0 : 1);
  return TEXTS[language].threshold(shown, result.inclusive);
}

export function findThresholdMinutes(result: CoverageResult): number {
  return decisecondsToMinutes(result.thresholdDeciseconds);
}

/** Communes in a state; the row of no commune is none. */
export function countCommunes(mode: ModeCoverage, etat: CommuneState): number {
  return mode.communes.filter((commune) => commune.etat === etat && commune.area.code !== NO_AREA_CODE)
    .length;
}
