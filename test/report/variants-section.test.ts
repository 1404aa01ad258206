import { describe, expect, it } from 'vitest';
import type { SegmentTally } from '../../src/coverage/segments.ts';
import { writeHtmlReport } from '../../src/report/html-report.ts';
import { wrapSection } from '../../src/report/html-section.ts';
import { writeReceptionSection, writeVariantsSection } from '../../src/report/html-variants-section.ts';
import { buildIndicators } from '../../src/report/indicators-json.ts';
import { indicatorsSchema } from '../../src/report/indicators-schema.ts';
import type { ReportInput } from '../../src/report/report-input.ts';
import { writeVariantsCsv } from '../../src/report/variants-csv.ts';
import type { VariantReport } from '../../src/report/variants-report.ts';
import { parsePlainCsv } from '../run-cli.ts';
import { drawSquareCommunes, makeUpReport } from './made-up-report.ts';

const TALLY: SegmentTally = {
  population: 200,
  populationCovered: 150.5,
  populationUncovered: 40,
  populationNotConnected: 9.5,
  rate: 0.7525,
  difference: -0.0125,
};
const SECRET: SegmentTally = { isSecret: true };

/** A report with a selection, a segment that is secret in its second EPCI, and an untold variant. */
function report(language: 'fr' | 'en' = 'fr'): ReportInput {
  const input = makeUpReport(drawSquareCommunes());
  const modes = (second: SegmentTally) =>
    input.result.modes.map(({ mode }) => ({
      mode,
      whole: TALLY,
      epcis: input.result.epcis.map((_, i) => (i === 1 ? second : TALLY)),
      territoires: [],
    }));
  const variants: VariantReport[] = [
    {
      key: 'outside_working_hours',
      unit: 'people',
      structureCount: 3,
      unknownCount: 1,
      isTold: true,
      modes: modes(TALLY),
    },
    {
      key: 'poor_households',
      unit: 'households',
      structureCount: undefined,
      unknownCount: undefined,
      isTold: true,
      modes: modes(SECRET),
    },
    {
      key: 'with_appointment',
      unit: 'people',
      structureCount: undefined,
      unknownCount: 4,
      isTold: false,
      modes: [],
    },
  ];
  return { ...input, language, variants };
}

describe('variantes.csv', () => {
  const input = report();
  const rows = parsePlainCsv(writeVariantsCsv(input));

  it('has a row for each variant, mode and area, and one for a variant without figures', () => {
    const areaCount = 1 + input.result.epcis.length;
    expect(rows).toHaveLength(2 * input.result.modes.length * areaCount + 1);
    expect(rows[0]).toMatchObject({
      variante: 'outside_working_hours',
      structures: '3',
      structures_sans_information: '1',
      mode: 'car',
      code: '00',
      unite: 'personnes',
      population: '200',
      population_couverte: '150,5',
      taux_couverture: '0,7525',
      ecart_taux: '-0,0125',
      remarque: '',
    });
  });

  it('leaves secret values empty and marks them', () => {
    const marked = rows.filter(({ remarque }) => remarque === 'secret statistique');
    expect(marked).toHaveLength(input.result.modes.length);
    for (const row of marked) {
      expect([
        row['population'],
        row['population_couverte'],
        row['taux_couverture'],
        row['ecart_taux'],
      ]).toEqual(['', '', '', '']);
    }
  });

  it('marks a variant of which the lists tell nothing', () => {
    expect(rows.at(-1)).toMatchObject({ variante: 'with_appointment', mode: '', remarque: 'non renseigné' });
  });
});

describe('variants in the other outputs', () => {
  it('stand in indicateurs.json, secret values as null', () => {
    const indicators = indicatorsSchema.parse(buildIndicators(report()));
    const [outside, poor, untold] = indicators.variants;
    expect(outside!.modes[0]!.whole).toMatchObject({
      population_covered: 150.5,
      rate: 0.7525,
      secret: false,
    });
    expect(poor!.modes[0]!.epcis[1]).toMatchObject({ population: null, rate: null, secret: true });
    expect(untold).toMatchObject({ told: false, modes: [], structures_not_said: 4 });
  });

  it.each([
    ['fr', ['75,3', '−1,3', 'secret statistique', 'non renseigné', 'après 17 h 30', 'Par EPCI (Voiture)']],
    ['en', ['75.3%', '−1.3', 'statistical secrecy', 'not said', 'after 17:30', 'By EPCI (Car)']],
  ] as const)('stand in the report in %s', (language, words) => {
    const { content } = writeVariantsSection(report(language))!;
    for (const word of words) expect(content).toContain(word);
    const id = wrapSection({ id: 'variantes', title: '', content });
    expect(writeHtmlReport(report(language)).includes(id.slice(id.indexOf('</h2>')))).toBe(true);
  });

  it('have no section where none is asked for', () => {
    const plain = makeUpReport(drawSquareCommunes());
    expect(writeVariantsSection(plain)).toBeUndefined();
    expect(buildIndicators(plain).variants).toEqual([]);
  });
});

describe('the ways of reception in the report', () => {
  it('show only what some list says', () => {
    const input = makeUpReport(drawSquareCommunes());
    expect(writeReceptionSection(input)).toBeUndefined();
    const telephone = { yes: 2, no: 1, unknown: 1 };
    const { content } = writeReceptionSection({ ...input, reception: { ...input.reception, telephone } })!;
    expect(content).toContain('Joignables par téléphone');
    expect(content).not.toContain('Reçoivent sur rendez-vous');
  });
});
