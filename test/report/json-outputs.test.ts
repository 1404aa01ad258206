import { readFileSync } from 'node:fs';
import type { FeatureCollection, Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import { writeCommunesGeojson } from '../../src/report/communes-geojson.ts';
import { writeIndicatorsJson } from '../../src/report/indicators-json.ts';
import {
  type Indicators,
  indicatorsSchema,
  writeIndicatorsSchema,
} from '../../src/report/indicators-schema.ts';
import { writeManifest } from '../../src/report/manifest.ts';
import { drawSquareCommunes, makeUpReport } from './made-up-report.ts';

const COMMUNES = drawSquareCommunes();
const REPORT = makeUpReport(COMMUNES);

describe('indicateurs.json', () => {
  const written = JSON.parse(writeIndicatorsJson(REPORT)) as Indicators;

  it('follows its schema', () => {
    expect(indicatorsSchema.safeParse(written).error?.issues ?? []).toEqual([]);
  });

  it('follows it in a study without communes, people or structures too', () => {
    const empty = makeUpReport(COMMUNES.slice(0, 1), { cellsPerCommune: 0, structureCount: 1 });
    const parsed = indicatorsSchema.parse(JSON.parse(writeIndicatorsJson(empty)));
    expect(parsed.headline[0]).toMatchObject({ population: 0, rate: null });
  });

  it('has the published schema', () => {
    const published = readFileSync(new URL('../../data/indicateurs.schema.json', import.meta.url), 'utf8');
    expect(writeIndicatorsSchema()).toBe(published);
  });

  it('refuses a figure that is missing, unknown or out of bounds', () => {
    const [first] = written.headline;
    const { rate: _, ...withoutRate } = first;
    for (const headline of [withoutRate, { ...first, rate: 93.4 }, { ...first, taux: 1 }]) {
      expect(indicatorsSchema.safeParse({ ...written, headline: [headline] }).success).toBe(false);
    }
  });

  it('has the headline of each mode with exactly the documented keys', () => {
    expect(written.headline.map(({ mode }) => mode)).toEqual(['car', 'walk', 'bike']);
    expect(Object.keys(written.headline[0])).toEqual([
      'mode',
      'threshold_minutes',
      'operator',
      'population',
      'population_covered',
      'population_uncovered',
      'population_not_connected',
      'rate',
    ]);
    expect(written.headline[0]).toMatchObject({ threshold_minutes: 30, operator: '<' });
  });

  it('conserves people as written, at every level', () => {
    for (const mode of written.modes) {
      for (const rows of [mode.communes, mode.epcis, mode.territories]) {
        expect(rows.reduce((sum, row) => sum + row.population_covered, 0)).toBe(
          mode.whole.population_covered,
        );
        for (const row of rows) {
          const parts = row.population_covered + row.population_uncovered + row.population_not_connected;
          expect(parts).toBe(row.population);
          expect(row.bands.reduce((sum, band) => sum + band.population, 0)).toBe(row.population);
        }
      }
    }
  });

  it('names the bands by their bounds, the not connected last', () => {
    const bands = written.modes[0].whole.bands;
    expect(bands.map((band) => [band.from_minutes, band.to_minutes])).toEqual([
      [0, 10],
      [10, 15],
      [15, 20],
      [20, 30],
      [30, 45],
      [45, null],
      [null, null],
    ]);
    expect(bands.map(({ connected }) => connected)).toEqual([true, true, true, true, true, true, false]);
  });
});

describe('communes.geojson', () => {
  const written = JSON.parse(writeCommunesGeojson(REPORT)) as FeatureCollection<Polygon> & {
    licence: string;
    schema_version: string;
  };

  it('has every commune with the figures of every mode, and its licence', () => {
    expect(written.features.map(({ properties }) => properties?.code_insee)).toEqual(
      COMMUNES.map(({ code }) => code),
    );
    const { communes } = REPORT.result.modes[1];
    expect(written.features.map(({ properties }) => properties?.walk_taux_couverture)).toEqual(
      communes.map(({ rate }) => rate),
    );
    expect(written.licence).toContain('ODbL');
    expect(written.schema_version).toBe('1.0');
  });

  it('winds rings as RFC 7946 wants, whatever the input', () => {
    const clockwise = new Map(
      [...REPORT.geometryOfCommune].map(([code, geometry]) => [
        code,
        {
          type: 'Polygon' as const,
          coordinates: (geometry as Polygon).coordinates.map((ring) => [...ring].reverse()),
        },
      ]),
    );
    const turned = JSON.parse(
      writeCommunesGeojson({ ...REPORT, geometryOfCommune: clockwise }),
    ) as FeatureCollection<Polygon>;
    for (const { geometry } of turned.features)
      expect(signedArea(geometry.coordinates[0])).toBeGreaterThan(0);
  });

  it('keeps a commune without a polygon, with a null geometry', () => {
    const bare = JSON.parse(
      writeCommunesGeojson({ ...REPORT, geometryOfCommune: new Map() }),
    ) as FeatureCollection;
    expect(bare.features.length).toBe(COMMUNES.length);
    expect(bare.features[0].geometry).toBeNull();
  });
});

function signedArea(ring: number[][]): number {
  return ring.slice(1).reduce((sum, [x, y], at) => sum + (ring[at][0] * y - x * ring[at][1]) / 2, 0);
}

describe('manifest.json', () => {
  const outputs = [{ name: 'communes.csv', sha256: 'ef'.repeat(32), bytes: 12 }];
  const written = JSON.parse(writeManifest(REPORT, outputs, { network_s: 1.25 }));

  it('holds inputs with their hashes, every parameter, the version, notices and licences', () => {
    expect(written.generator).toEqual({ name: 'maillage', version: '0.1.0' });
    expect(written.inputs.map((input: { sha256: string }) => input.sha256)).toEqual(
      REPORT.inputs.map(({ sha256 }) => sha256),
    );
    expect(written.parameters).toEqual(REPORT.parameters);
    expect(written.notices.by_code).toEqual({ 'structure-without-position': 3 });
    expect(written.licences).toEqual(['Licence Ouverte 2.0', 'ODbL 1.0']);
    expect(written.outputs).toEqual(outputs);
  });

  it('differs between two runs only in its timings', () => {
    const other = JSON.parse(writeManifest(REPORT, outputs, { network_s: 7 }));
    expect(other.timings).not.toEqual(written.timings);
    expect({ ...other, timings: 0 }).toEqual({ ...written, timings: 0 });
    expect(Object.keys(written).pop()).toBe('timings');
  });
});
