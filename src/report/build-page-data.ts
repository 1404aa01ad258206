/**
 * The report's data for its page, from the result: communes' polygons as a topology (borders that two communes
 * share are simplified once, so that no gap opens between them), lines and cells as whole numbers.
 */
import type { FeatureCollection, Geometry, LineString, MultiLineString, Position } from 'geojson';
import { quantize } from 'topojson-client';
import { topology } from 'topojson-server';
import { presimplify, simplify } from 'topojson-simplify';
import type { Objects, Topology } from 'topojson-specification';
import { UNREACHED } from '../common/units.ts';
import { type ModeCoverage, NO_AREA_CODE } from '../coverage/coverage-result.ts';
import { findGridTurn } from './cell-grid.ts';
import { countLeftOut, nameArea } from './coverage-tables.ts';
import { wordThreshold } from './headline.ts';
import { findMapBounds } from './map-extent.ts';
import {
  type DeltaLine,
  PAGE_UNITS_PER_DEGREE,
  type PageCells,
  type PageData,
  type PageMode,
} from './page-data.ts';
import type { ReportCells, ReportInput } from './report-input.ts';
import { findStructureGroup } from './structure-symbols.ts';
import { wordStructureType } from './structure-words.ts';
import { colorBands } from './svg-bands.ts';
import { TEXTS, wordBands, wordMode } from './texts.ts';

/** Details smaller than this share of the map's extent are left out: half a pixel of a map 2 000 pixels wide. */
const SHARE_OF_EXTENT = 1 / 4000;
/** Steps of the topology's own grid over the extent. */
const TOPOLOGY_STEPS = 1e5;

/** Undefined where there is nothing to put on a map. */
export function buildPageData(input: ReportInput): PageData | undefined {
  const { language, result, study } = input;
  const cells = input.cells;
  const bounds = findMapBounds(input);
  if (bounds === undefined) return undefined;
  const tolerance = Math.max(bounds[2] - bounds[0], bounds[3] - bounds[1]) * SHARE_OF_EXTENT;
  const layers = [...input.layersOfMode.values()][0];
  const { attributionOsm, attributionCommunes } = TEXTS[language].map;
  return {
    language,
    thresholdDeciseconds: result.thresholdDeciseconds,
    inclusive: result.inclusive,
    threshold: wordThreshold(result, language),
    attribution: study.isFictional
      ? ''
      : input.geometryOfCommune.size > 0
        ? `${attributionOsm} · ${attributionCommunes}`
        : attributionOsm,
    bounds,
    bandEdgesMinutes: result.bandEdgesMinutes,
    bandLabels: wordBands(result.bandEdgesMinutes, language),
    bandColors: colorBands(result.bandEdgesMinutes, result.thresholdDeciseconds / 600),
    modes: result.modes.map((mode) => listMode(input, mode, tolerance)),
    communes: {
      code: result.communes.map(({ code }) => code),
      name: result.communes.map((commune) => nameArea(commune, TEXTS[language].noCommune).nom),
      epci: result.communes.map(({ epciNom, epci }) => epciNom ?? epci ?? ''),
      population: result.communes.map((_, at) => roundTo(result.modes[0]?.communes[at].population ?? 0, 10)),
    },
    topology: buildTopology(input, tolerance),
    structures: input.structures.map((structure) => ({
      name: structure.nom,
      type: wordStructureType(structure.type, language),
      group: findStructureGroup(structure),
      cercle: structure.cercle,
      isBeyondBorder: structure.isBeyondBorder,
      lon: structure.lon,
      lat: structure.lat,
    })),
    cells: cells === undefined ? null : listCells(input, cells),
    roads: (layers?.mainRoads ?? []).flatMap((line) => codeLines(line, tolerance)),
    rivers: (layers?.rivers ?? []).flatMap((line) => codeLines(line, tolerance)),
  };
}

function listMode(input: ReportInput, mode: ModeCoverage, tolerance: number): PageMode {
  const { communes } = mode;
  const bands = input.layersOfMode.get(mode.mode)?.isochrones?.features ?? [];
  return {
    mode: mode.mode,
    title: wordMode(mode.mode, input.language).title,
    rate: communes.map(({ rate }) => rate ?? null),
    state: communes.map(({ etat }) => etat),
    borderline: communes.map(({ borderline, area }) => borderline && area.code !== NO_AREA_CODE),
    leftOut: communes.map((commune) => roundTo(countLeftOut(commune), 10)),
    notConnected: communes.map(({ populationNotConnected }) => roundTo(populationNotConnected, 10)),
    tooLate: communes.map(({ tooLate }) =>
      tooLate === undefined
        ? null
        : [roundTo(tooLate.medianMinutes, 100), tooLate.nearestStructure.structureIndex],
    ),
    medianMinutes: communes.map(({ medianMinutes }) =>
      medianMinutes === undefined ? null : roundTo(medianMinutes, 100),
    ),
    nearest: communes.map(({ nearestStructure }) => nearestStructure?.structureIndex ?? null),
    nearestMinutes: communes.map(({ nearestStructure }) =>
      nearestStructure === undefined ? null : roundTo(nearestStructure.meanMinutes, 100),
    ),
    bands: [...bands]
      .sort((a, b) => b.properties.minutes - a.properties.minutes)
      .map(({ properties, geometry }) => ({
        minutes: properties.minutes,
        polygons: (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates)
          .map((rings) => rings.map((ring) => codeLine(ring, tolerance)).filter((ring) => ring.length >= 8))
          .filter((rings) => rings.length > 0),
      })),
  };
}

/** Ids are positions in the result's communes. */
function buildTopology(input: ReportInput, tolerance: number): Topology | null {
  const features = input.result.communes.flatMap(({ code }, id) => {
    const geometry = input.geometryOfCommune.get(code);
    return geometry === undefined || code === NO_AREA_CODE
      ? []
      : [{ type: 'Feature' as const, id, properties: {}, geometry }];
  });
  if (features.length === 0) return null;
  const communes: FeatureCollection<Geometry> = { type: 'FeatureCollection', features };
  // A grid of 1e6 steps makes one of two borders that differ in their last digits only.
  const exact = topology({ communes }, 1e6) as Topology<Objects<Record<string, never>>>;
  const simple = simplify(presimplify(exact), tolerance ** 2 / 2);
  return quantize(simple, TOPOLOGY_STEPS);
}

function listCells(
  input: ReportInput,
  { cells: { lon, lat, sideMeters }, shares, times }: ReportCells,
): PageCells {
  const modes = input.result.modes.map((mode) => times.find((other) => other.mode === mode.mode));
  const found: PageCells = {
    positions: [],
    side: [],
    turn: findGridTurn(lon, lat, sideMeters) ?? null,
    population: [],
    time: modes.map(() => []),
    nearest: modes.map(() => []),
  };
  let [lastX, lastY] = [0, 0];
  let hasOneSide = true;
  // One pass over the cells: in a command that writes once, every pass runs cold.
  for (let cell = 0; cell < lon.length; cell++) {
    let people = 0;
    const end = shares.firstEntryOfCell[cell + 1];
    for (let entry = shares.firstEntryOfCell[cell]; entry < end; entry++) {
      people += shares.populationOfEntry[entry];
    }
    if (people === 0) continue;
    found.population.push(Math.round(people * 10) / 10);
    const x = Math.round(lon[cell] * PAGE_UNITS_PER_DEGREE);
    const y = Math.round(lat[cell] * PAGE_UNITS_PER_DEGREE);
    found.positions.push(x - lastX, y - lastY);
    lastX = x;
    lastY = y;
    const side = Math.round(sideMeters[cell]);
    if (side !== found.side[0]) hasOneSide = found.side.length === 0;
    found.side.push(side);
    for (let at = 0; at < modes.length; at++) {
      const mode = modes[at];
      const isReached =
        mode !== undefined && mode.linkedCell[cell] === 1 && mode.timeOfCell[cell] !== UNREACHED;
      found.time[at].push(isReached ? mode.timeOfCell[cell] : -1);
      found.nearest[at].push(isReached ? mode.nearestStructureOfCell[cell] : -1);
    }
  }
  if (hasOneSide) found.side.length = Math.min(1, found.side.length);
  return found;
}

function codeLines(line: LineString | MultiLineString, tolerance: number): DeltaLine[] {
  const lines = line.type === 'LineString' ? [line.coordinates] : line.coordinates;
  return lines.map((positions) => codeLine(positions, tolerance)).filter((coded) => coded.length >= 4);
}

/** First and last point stay; others nearer than the tolerance to the last one written are left out. */
function codeLine(positions: readonly Position[], tolerance: number): DeltaLine {
  const coded: DeltaLine = [];
  const least = tolerance * PAGE_UNITS_PER_DEGREE;
  let [lastX, lastY] = [0, 0];
  for (let at = 0; at < positions.length; at++) {
    const x = Math.round(positions[at][0] * PAGE_UNITS_PER_DEGREE);
    const y = Math.round(positions[at][1] * PAGE_UNITS_PER_DEGREE);
    const isEnd = at === 0 || at === positions.length - 1;
    if (!isEnd && Math.abs(x - lastX) < least && Math.abs(y - lastY) < least) continue;
    coded.push(x - lastX, y - lastY);
    lastX = x;
    lastY = y;
  }
  return coded;
}

function roundTo(value: number, parts: number): number {
  return Math.round(value * parts) / parts;
}
