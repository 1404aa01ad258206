import { describe, expect, it } from 'vitest';
import { writeHtmlReport } from '../../src/report/html-report.ts';
import { writeTransitSection } from '../../src/report/html-transit-section.ts';
import { buildIndicators } from '../../src/report/indicators-json.ts';
import { indicatorsSchema } from '../../src/report/indicators-schema.ts';
import type { ReportInput } from '../../src/report/report-input.ts';
import { writeTerminalSummary } from '../../src/report/terminal.ts';
import type { TransitReport } from '../../src/report/transit-report.ts';
import { drawSquareCommunes, makeUpReport } from './made-up-report.ts';

const TRANSIT: TransitReport = {
  date: '2026-10-06',
  usual: { weekday: 1, isOrdinary: true, tripCount: 1390, candidateCount: 12 },
  feeds: [
    {
      name: 'bus <b>.zip',
      agency: 'Trains, Cars',
      publisher: undefined,
      first: '2026-09-01',
      last: '2026-12-18',
      activeTripCount: 1390,
      stopCount: 98,
      onDemandTripCount: 6,
      onDemandZoneCount: 0,
    },
  ],
  leaving: { fromSeconds: 30_600, untilSeconds: 41_400 },
  use: {
    populationByRides: [100, 50, 25, 5],
    meanTransferWaitMinutes: 4.25,
    cellCount: 200,
    cellCountChanged: 50,
    populationChanged: 80,
    populationGained: 40,
    populationOverLimit: 30,
  },
  limitMinutes: 120,
  stopCount: 98,
  stopCountNotLinked: 3,
  hours: { knownCount: 4, closedCount: 1 },
  schoolOnlyLines: ['106', 'S<2>'],
  populationCoveredWithoutSchoolOnly: 1234,
};
const DEPARTURES = { populationCoveredMedian: 100, rateMedian: 0.5, meanAvailability: 0.625 };

/** A report whose second mode is given a timetable's figures. */
function withTransit(language: 'fr' | 'en'): ReportInput {
  const report = makeUpReport(drawSquareCommunes());
  const modes = report.result.modes.map((mode, i) =>
    i !== 1
      ? mode
      : {
          ...mode,
          mode: 'transit',
          whole: { ...mode.whole, departures: DEPARTURES },
          communes: mode.communes.map((commune) => ({
            ...commune,
            departures: DEPARTURES,
            minutesOverCar: 12.5,
          })),
          epcis: mode.epcis.map((area) => ({ ...area, departures: DEPARTURES })),
        },
  );
  return { ...report, language, result: { ...report.result, modes }, transit: TRANSIT };
}

describe('transit in the report', () => {
  it.each([
    [
      'fr',
      [
        '6 octobre 2026',
        'de 08:30 à 11:30',
        '12 mardis hors vacances',
        'scolaires, comptées ci-dessus : « 106 », « S&lt;2&gt; ».',
        'Trains, Cars',
        '1 234',
        '25,0',
        '4,3',
      ],
    ],
    [
      'en',
      [
        'counted above: “106”, “S&lt;2&gt;”.',
        '6 October 2026',
        'from 08:30 to 11:30',
        '12 ordinary Tuesdays',
        '1,234',
        '25.0%',
        '4.3',
      ],
    ],
  ] as const)(
    'says the day, the feeds, how people travel and the gap to the car: %s',
    (language, expected) => {
      const { content } = writeTransitSection(withTransit(language))!;
      const text = content.replaceAll(/[\u00a0\u202f]/g, ' ');
      for (const words of expected) expect(text).toContain(words);
      expect(content).toContain('bus &lt;b&gt;.zip');
      expect(content).not.toContain('<b>');
      expect(text).toContain(language === 'fr' ? '12,5' : '12.5');
    },
  );

  it('is a section of the page, and its rate of any departure stands in the card and on the terminal', () => {
    const input = withTransit('fr');
    const html = writeHtmlReport(input);
    expect(html).toContain('<section id="transports">');
    expect(html).toContain('En partant sans lire l’horaire');
    const terminal = writeTerminalSummary(input, { hasColor: false }).replaceAll(/\s+/g, ' ');
    expect(terminal).toContain('62,5 % des heures de départ');
    const without = makeUpReport(drawSquareCommunes());
    expect(writeTransitSection(without)).toBeUndefined();
    expect(writeHtmlReport(without)).not.toContain('id="transports"');
  });

  it('is in the indicators as their schema says', () => {
    const indicators = indicatorsSchema.parse(JSON.parse(JSON.stringify(buildIndicators(withTransit('fr')))));
    expect(indicators.headline[1]).toMatchObject({ rate_median: 0.5, mean_availability: 0.625 });
    expect(indicators.headline[0]).not.toHaveProperty('rate_median');
    expect(indicators.transit!.without_school_only).toEqual({
      population_covered: 1234,
      rate: 1234 / indicators.cells.population_inside,
    });
    expect(indicators.modes[1]!.communes[0]).toMatchObject({ minutes_over_car: 12.5 });
    expect(buildIndicators(makeUpReport(drawSquareCommunes())).transit).toBeNull();
  });
});
