/**
 * A made-up study for the tests of reports: seeded cells in given communes, structures in the most populous
 * ones, times as the crow flies at a speed per mode. The coverage itself is computed by the real stage.
 */

import type { MultiPolygon, Polygon } from 'geojson';
import { distanceMeters } from '../../src/common/geo.ts';
import { UNREACHED } from '../../src/common/units.ts';
import { buildCellShares } from '../../src/coverage/cell-shares.ts';
import { buildCommuneBorders } from '../../src/coverage/commune-borders.ts';
import { computeCoverage } from '../../src/coverage/coverage.ts';
import type { ModeTimes } from '../../src/coverage/coverage-result.ts';
import { countReception } from '../../src/read/reception.ts';
import type { Commune, PopulationCells } from '../../src/read/records.ts';
import type { MapLayers, ReportInput, ReportStructure } from '../../src/report/report-input.ts';
import { toReach } from '../coverage/drawn-coverage.ts';

const THRESHOLD = 18_000;
const SPEED_KPH = { car: 42, walk: 4, bike: 13 } as const;

export interface MadeUpOptions extends Partial<ReportInput> {
  structureCount?: number;
  cellsPerCommune?: number;
}

export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Sixteen square communes of 0.1 degrees in four rows; a name with markup, one with the separator. */
export function drawSquareCommunes(): Commune[] {
  return Array.from({ length: 16 }, (_, index) => {
    const [west, south] = [4 + (index % 4) * 0.1, 46 + Math.floor(index / 4) * 0.1];
    const names = ['Bourg-<b>Neuf</b>', 'Saint-Jean; l’Île', 'L"Abbaye'];
    return {
      code: `000${String(index + 1).padStart(2, '0')}`,
      nom: names[index] ?? `Commune ${index + 1}`,
      departement: '00',
      population: undefined,
      geometry: {
        type: 'Polygon' as const,
        coordinates: [
          [
            [west, south],
            [west + 0.1, south],
            [west + 0.1, south + 0.1],
            [west, south + 0.1],
            [west, south],
          ],
        ],
      },
      epci: index === 15 ? undefined : index < 8 ? '200000001' : '200000002',
      // Commune 4 is shared by several.
      canton: index === 3 ? undefined : index < 6 ? '0001' : '0002',
      territoire: index % 4 < 2 ? 'Ouest' : 'Est',
    };
  });
}

export function makeUpReport(communes: readonly Commune[], options: MadeUpOptions = {}): ReportInput {
  const next = random(71);
  const { cells, weightOfCommune } = makeUpCells(communes, options.cellsPerCommune ?? 12, next);
  const structures = makeUpStructures(communes, weightOfCommune, options.structureCount ?? 4);
  const epcis = [
    { code: '200000001', nom: 'CC du Nord' },
    { code: '200000002', nom: 'CA du Sud' },
  ];
  const cantons = [{ code: '0001', nom: 'Bourg-Neuf' }];
  const shares = buildCellShares(cells, communes, undefined, { epcis, cantons });
  const modes = (['car', 'walk', 'bike'] as const).map((mode) =>
    makeUpTimes(mode, SPEED_KPH[mode], cells, structures, next),
  );
  const result = computeCoverage({
    shares,
    structureCount: structures.length,
    thresholdDeciseconds: THRESHOLD,
    inclusive: false,
    uncoveredBelow: 0.5,
    modes,
    communeBorders: buildCommuneBorders(
      shares.communes.map((row) => communes.find((commune) => commune.code === row.code)?.geometry),
    ),
  });
  const geometryOfCommune = new Map<string, Polygon | MultiPolygon>();
  for (const { code, geometry } of communes) if (geometry) geometryOfCommune.set(code, geometry);
  return {
    language: 'fr',
    csv: 'excel',
    version: '0.1.0',
    study: { name: 'Étude inventée', date: '2026-10-06', departement: '00', isFictional: true },
    result,
    structures,
    leftOutStructures: [{ structure: structures[0], reason: 'à plus de 1 000 m de toute voie' }],
    assumed: { engaged: 1, cercle: 2, hours: 3, unreadHours: 1 },
    reception: countReception(structures, undefined),
    variants: [],
    geometryOfCommune,
    populationByOrigin: { grid: shares.account.populationInside },
    imputedShare: 0.21,
    snaps: modes.map(({ mode }) => ({
      mode,
      cells: { count: cells.count, notLinkedCount: 2, medianMeters: 41, p95Meters: 180, maxMeters: 912 },
      structures: {
        count: structures.length,
        notLinkedCount: 0,
        medianMeters: 12,
        p95Meters: 48,
        maxMeters: 60,
      },
      metersOfStructure: Float64Array.from(structures, (_, at) => at * 1.25),
    })),
    inputs: [
      {
        path: 'routes.osm.pbf',
        role: 'roads',
        sha256: 'ab'.repeat(32),
        bytes: 1_234,
        source: 'OpenStreetMap',
        licence: 'ODbL 1.0',
      },
      {
        path: 'carreaux.csv',
        role: 'population',
        sha256: 'cd'.repeat(32),
        bytes: 99,
        source: 'INSEE, Filosofi 2021',
        licence: 'Licence Ouverte 2.0',
      },
    ],
    parameters: { threshold_minutes: 30, inclusive: false, walk: { speed_kph: 4 }, modes: ['car'] },
    notices: [
      {
        code: 'structure-without-position',
        severity: 'warning',
        message: 'structure has no position',
        action: 'row left out',
        file: 'liste-fs.csv',
        row: 12,
        id: 'FS;12',
      },
    ],
    noticeCounts: new Map([['structure-without-position', 3]]),
    cells: { cells, shares, times: modes },
    layersOfMode: new Map([['car', makeUpLayers(structures)]]),
    ...options,
  };
}

function makeUpCells(
  communes: readonly Commune[],
  perCommune: number,
  next: () => number,
): { cells: PopulationCells; weightOfCommune: number[] } {
  const lon: number[] = [];
  const lat: number[] = [];
  const population: number[] = [];
  const communeCodes: string[][] = [];
  const weightOfCommune = communes.map(() => 150 * Math.exp(3.2 * next() ** 3));
  communes.forEach((commune, index) => {
    const ring = ringOf(commune);
    const [west, south, east, north] = [
      Math.min(...ring.map(([x]) => x)),
      Math.min(...ring.map(([, y]) => y)),
      Math.max(...ring.map(([x]) => x)),
      Math.max(...ring.map(([, y]) => y)),
    ];
    for (let cell = 0; cell < perCommune; cell++) {
      lon.push(west + (0.15 + 0.7 * next()) * (east - west));
      lat.push(south + (0.15 + 0.7 * next()) * (north - south));
      population.push(Math.round(((weightOfCommune[index] * (0.3 + next())) / perCommune) * 2 * 2) / 2);
      communeCodes.push([commune.code]);
    }
  });
  const count = lon.length;
  return {
    weightOfCommune,
    cells: {
      count,
      id: lon.map((_, at) => `c${at}`),
      lon: Float64Array.from(lon),
      lat: Float64Array.from(lat),
      population: Float64Array.from(population),
      sideMeters: new Float64Array(count).fill(200),
      communeCodes,
      origin: new Array(count).fill('grid'),
      imputed: undefined,
    },
  };
}

function ringOf(commune: Commune): number[][] {
  const { geometry } = commune;
  if (geometry === undefined) return [[0, 0]];
  return geometry.type === 'Polygon' ? geometry.coordinates[0] : geometry.coordinates[0][0];
}

function makeUpStructures(
  communes: readonly Commune[],
  weights: readonly number[],
  count: number,
): ReportStructure[] {
  const types = ['france-service', 'maisons-des-solidarites', 'ccas-cias', 'centre-social'];
  const order = communes.map((_, index) => index).sort((a, b) => weights[b] - weights[a]);
  return order.slice(0, count).map((communeIndex, at) => {
    const ring = ringOf(communes[communeIndex]);
    const mean = (axis: number): number =>
      ring.reduce((sum, position) => sum + position[axis], 0) / ring.length;
    return {
      id: `S${at + 1}`,
      nom: `Accueil de ${communes[communeIndex].nom}`,
      type: types[at % types.length],
      cercle: at % 4 === 3 ? 2 : 1,
      cercleStated: true,
      lon: mean(0),
      lat: mean(1),
      adresse: undefined,
      codeInsee: communes[communeIndex].code,
      engagee: true,
      engageeStated: false,
      dateEngagement: undefined,
      format: 'fixe',
      horaires: undefined,
      file: 'structures.csv',
      row: at + 2,
      isBeyondBorder: at % 7 === 5,
    };
  });
}

function makeUpTimes(
  mode: string,
  speedKph: number,
  cells: PopulationCells,
  structures: readonly ReportStructure[],
  next: () => number,
): ModeTimes {
  const timeOfCell = new Int32Array(cells.count).fill(UNREACHED);
  const timeOfCellWithoutBeyond = new Int32Array(cells.count).fill(UNREACHED);
  const nearestStructureOfCell = new Int32Array(cells.count).fill(-1);
  const distanceOfCell = new Int32Array(cells.count);
  const linkedCell = Uint8Array.from({ length: cells.count }, () => (next() < 0.01 ? 0 : 1));
  const reached: number[][] = structures.map(() => []);
  for (let cell = 0; cell < cells.count; cell++) {
    if (linkedCell[cell] === 0) continue;
    const detour = 1.2 + 0.3 * next();
    structures.forEach((structure, index) => {
      const meters = detour * distanceMeters(cells.lon[cell], cells.lat[cell], structure.lon, structure.lat);
      const time = Math.round((meters / (speedKph / 3.6)) * 10);
      if (time < THRESHOLD) reached[index].push(cell);
      if (!structure.isBeyondBorder)
        timeOfCellWithoutBeyond[cell] = Math.min(time, timeOfCellWithoutBeyond[cell]);
      if (time >= timeOfCell[cell]) return;
      timeOfCell[cell] = time;
      nearestStructureOfCell[cell] = index;
      distanceOfCell[cell] = Math.round(meters * 10);
    });
  }
  return {
    mode,
    timeOfCell,
    nearestStructureOfCell,
    distanceOfCell,
    linkedCell,
    timeOfCellWithoutBeyond,
    reach: toReach(reached),
  };
}

/** Circles in place of isochrones, and a river through the middle. */
function makeUpLayers(structures: readonly ReportStructure[]): MapLayers {
  const circle = (lon: number, lat: number, radius: number): number[][] =>
    Array.from({ length: 33 }, (_, at) => [
      lon + radius * 1.4 * Math.cos((at * Math.PI) / 16),
      lat + radius * Math.sin((at * Math.PI) / 16),
    ]);
  return {
    isochrones: {
      type: 'FeatureCollection',
      features: [10, 20, 30].map((minutes) => ({
        type: 'Feature',
        properties: { minutes },
        geometry: {
          type: 'MultiPolygon',
          coordinates: structures.map(({ lon, lat }) => [circle(lon, lat, minutes * 0.004)]),
        },
      })),
    },
    rivers: [
      {
        type: 'LineString',
        coordinates: Array.from({ length: 40 }, (_, at) => [4.85 + 0.05 * Math.sin(at / 4), 46 + at * 0.03]),
      },
    ],
  };
}
