/**
 * The report's section on transit: the day and its feeds, how people travel, school lines, and the gap to the
 * car by EPCI and commune. Empty where the study has no transit.
 */
import { type CommuneCoverage, type CoverageTally, NO_AREA_CODE } from '../coverage/coverage-result.ts';
import { MOST_RIDES_TOLD } from '../coverage/transit-summary.ts';
import { nameArea } from './coverage-tables.ts';
import { warnOfWindow } from './headline.ts';
import { type HtmlColumn, writeTable, writeWideTable } from './html-table.ts';
import { formatClock, formatDate, formatMinutes, formatNumber, formatPeople, formatRate } from './numbers.ts';
import type { ReportInput } from './report-input.ts';
import { escapeMarkup } from './svg-text.ts';
import { TEXTS } from './texts.ts';
import type { TransitReport } from './transit-report.ts';
import { TRANSIT_TEXTS } from './transit-texts.ts';

/** Names of school lines shown; the JSON has all. */
const MOST_LINES_SHOWN = 30;

/** The section's title and content; undefined without transit. */
export function writeTransitSection(input: ReportInput): { title: string; content: string } | undefined {
  const { transit, language } = input;
  if (transit === undefined) return undefined;
  const texts = TRANSIT_TEXTS[language];
  const { leaving } = transit;
  const day = texts.window({
    date: formatDate(transit.date, language),
    from: formatClock(leaving.fromSeconds),
    until: formatClock(leaving.untilSeconds),
  });
  const { usual } = transit;
  const reason =
    usual === undefined
      ? ''
      : ` ${texts.usualDay({
          weekday: usual.weekday,
          isOrdinary: usual.isOrdinary,
          trips: formatNumber(usual.tripCount, language),
          candidates: formatNumber(usual.candidateCount, language),
        })}`;
  const content = [
    `<p class="note">${escapeMarkup(texts.note)}</p><p>${escapeMarkup(day + reason)}</p>`,
    writeWarning(input),
    writeFeeds(input, transit),
    writeUse(input, transit),
    writeSchoolLines(input, transit),
    writeGaps(input),
  ].join('\n');
  return { title: texts.title, content };
}

/** That hardly anything runs in the window. */
function writeWarning({ result, transit, language }: ReportInput): string {
  const warnings = result.modes.map((mode) => warnOfWindow(mode, transit, language));
  const warning = warnings.find((text) => text !== '');
  return warning === undefined ? '' : `<p><strong>${escapeMarkup(warning)}</strong></p>`;
}

function writeFeeds({ language }: ReportInput, { feeds }: TransitReport): string {
  const texts = TRANSIT_TEXTS[language];
  const table = writeTable(
    [
      { title: texts.feed, text: ({ name }) => name, isName: true },
      { title: texts.agency, text: ({ agency }) => agency ?? '–' },
      {
        title: texts.period,
        text: ({ first, last }) => `${formatDate(first, language)} – ${formatDate(last, language)}`,
      },
      {
        title: texts.trips,
        isNumber: true,
        text: ({ activeTripCount }) => formatNumber(activeTripCount, language),
      },
      { title: texts.stops, isNumber: true, text: ({ stopCount }) => formatNumber(stopCount, language) },
      {
        title: texts.onDemand,
        isNumber: true,
        text: ({ onDemandTripCount }) => formatNumber(onDemandTripCount, language),
      },
    ],
    feeds,
  );
  return `<div class="scroll">${table}</div>`;
}

function writeUse({ language }: ReportInput, transit: TransitReport): string {
  const texts = TRANSIT_TEXTS[language];
  const { use } = transit;
  const rows: Array<readonly [string, string]> = use.populationByRides.map((people, rides) => [
    rides === 0 ? texts.walked : rides < MOST_RIDES_TOLD ? texts.rides(rides) : texts.mostRides(rides),
    formatPeople(people, language),
  ]);
  rows.push([texts.gained, formatPeople(use.populationGained, language)]);
  rows.push([
    texts.overLimit(formatNumber(transit.limitMinutes, language)),
    formatPeople(use.populationOverLimit, language),
  ]);
  const others: Array<readonly [string, string]> = [
    [texts.transferWait, formatMinutes(use.meanTransferWaitMinutes, language)],
    [
      texts.changedCells,
      formatRate(use.cellCount > 0 ? use.cellCountChanged / use.cellCount : undefined, language),
    ],
    [texts.stopsNotLinked, formatNumber(transit.stopCountNotLinked, language)],
    [texts.hoursKnown, formatNumber(transit.hours.knownCount, language)],
    [texts.closedThatDay, formatNumber(transit.hours.closedCount, language)],
    [texts.outsideWindow, formatNumber(transit.hours.outsideWindowCount ?? 0, language)],
  ];
  const writeFigures = (title: string, figures: Array<readonly [string, string]>): string =>
    writeWideTable(
      [
        { title: '', text: ([word]) => word },
        { title, isNumber: true, text: ([, figure]) => figure },
      ],
      figures,
    );
  return `${writeFigures(texts.figure, rows)}${writeFigures('', others)}`;
}

function writeSchoolLines({ language }: ReportInput, transit: TransitReport): string {
  const texts = TRANSIT_TEXTS[language];
  const { schoolOnlyLines: lines, populationCoveredWithoutSchoolOnly: without } = transit;
  if (without === undefined) return `<p>${escapeMarkup(texts.noSchoolLines)}</p>`;
  const rest = lines.length - MOST_LINES_SHOWN;
  const sentence = texts.schoolLines(
    lines.slice(0, MOST_LINES_SHOWN),
    rest > 0 ? formatNumber(rest, language) : undefined,
  );
  return `<p>${escapeMarkup(sentence)} ${escapeMarkup(texts.withoutSchool)} : ${escapeMarkup(formatPeople(without, language))}.</p>`;
}

/** Rates that depend on leaving times, and the gap to the car: EPCI and communes. */
function writeGaps({ language, result }: ReportInput): string {
  const texts = TRANSIT_TEXTS[language];
  const words = TEXTS[language];
  const mode = result.modes.find(({ whole }) => whole.departures !== undefined);
  if (mode === undefined) return '';
  interface Row {
    name: string;
    tally: CoverageTally;
    commune?: CommuneCoverage;
  }
  const hasCar = mode.communes.some(({ minutesOverCar }) => minutesOverCar !== undefined);
  const columns: HtmlColumn<Row>[] = [
    { title: words.table.name, text: ({ name }) => name, isName: true },
    { title: words.table.rate, isNumber: true, text: ({ tally }) => formatRate(tally.rate, language) },
    {
      title: texts.rateMedian,
      isNumber: true,
      text: ({ tally }) => formatRate(tally.departures?.rateMedian, language),
    },
    {
      title: texts.availability,
      isNumber: true,
      text: ({ tally }) => formatRate(tally.departures?.meanAvailability, language),
    },
  ];
  const epcis = mode.epcis.map((tally): Row => ({ name: nameArea(tally.area, words.noEpci).nom, tally }));
  const tables = epcis.length === 0 ? '' : `<div class="scroll">${writeTable(columns, epcis)}</div>`;
  const communes = mode.communes
    .filter(({ area, population }) => area.code !== NO_AREA_CODE && population > 0)
    .map((commune): Row => ({ name: commune.area.nom, tally: commune, commune }));
  if (communes.length === 0) return tables;
  if (hasCar) {
    columns.push({
      title: texts.overCar,
      isNumber: true,
      text: ({ commune }) => formatMinutes(commune?.minutesOverCar, language),
    });
  }
  const title = hasCar ? `<h3>${escapeMarkup(texts.overCarTitle)}</h3>` : '';
  return `${tables}${title}<div class="tall">${writeTable(columns, communes)}</div>`;
}
