/**
 * A study on a tiled extract: homes near its residential streets, structures on its roads, all drawn from a
 * seed, and the study file that names them. Points stand on streets that are connected both ways with the main
 * piece of their tile, so that none is cut off by the border of the extract.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { distanceMeters, METERS_PER_DEGREE, metersPerDegreeOfLongitude } from '../../src/common/geo.ts';
import { SeededRandom } from './random.ts';
import { type Segment, type TiledExtract, tileOffset } from './tiled-extract.ts';

export interface SeededStudyOptions {
  folder: string;
  /** Name of the roads in that folder. */
  roads: string;
  name: string;
  homeCount: number;
  structureCount: number;
  seed: number;
}

const PEOPLE_PER_HOME = 10;
/** Homes stand between these distances from the middle of their street. */
const NEAREST_HOME_METERS = 5;
const FURTHEST_HOME_METERS = 30;
const HOME_HIGHWAYS = new Set(['residential', 'living_street', 'unclassified', 'tertiary']);

interface Point {
  lon: number;
  lat: number;
}

/** Writes homes.csv, structures.csv and etude.yaml. */
export function writeSeededStudy(tiled: TiledExtract, options: SeededStudyOptions): void {
  const random = new SeededRandom(options.seed);
  const homeStreets = tiled.connectedStreets.filter(({ highway }) => HOME_HIGHWAYS.has(highway));
  const drawHome = pointDrawer(tiled, homeStreets.length > 0 ? homeStreets : tiled.connectedStreets, random);
  const drawStructure = pointDrawer(tiled, tiled.connectedStreets, random);

  const homes = ['id,lon,lat,population'];
  for (let i = 1; i <= options.homeCount; i++) {
    const side = random.chance(0.5) ? 1 : -1;
    const { lon, lat } = drawHome(side * random.between(NEAREST_HOME_METERS, FURTHEST_HOME_METERS));
    homes.push(`home-${i},${lon.toFixed(7)},${lat.toFixed(7)},${PEOPLE_PER_HOME}`);
  }
  const structures = ['id;nom;type;lon;lat'];
  for (let i = 1; i <= options.structureCount; i++) {
    const { lon, lat } = drawStructure(0);
    structures.push(`point-${i};Accueil ${i};ccas-cias;${lon.toFixed(7)};${lat.toFixed(7)}`);
  }
  const study = [
    `name: ${options.name}`,
    'date: 2026-10-06',
    'threshold_minutes: 30',
    'modes: [car]',
    `roads: [${options.roads}]`,
    'population: [homes.csv]',
    'structures: [structures.csv]',
    'out: resultats',
  ];
  writeLines(join(options.folder, 'homes.csv'), homes);
  writeLines(join(options.folder, 'structures.csv'), structures);
  writeLines(join(options.folder, 'etude.yaml'), study);
}

/** Draws points uniformly along the segments of all tiles, `asideMeters` to the right of the segment. */
function pointDrawer(
  tiled: TiledExtract,
  segments: readonly Segment[],
  random: SeededRandom,
): (asideMeters: number) => Point {
  const endOfSegment = new Float64Array(segments.length);
  let total = 0;
  segments.forEach(({ from, to }, index) => {
    total += distanceMeters(from.lon, from.lat, to.lon, to.lat);
    endOfSegment[index] = total;
  });
  return (asideMeters) => {
    const { from, to } = segments[firstAbove(endOfSegment, random.next() * total)];
    const offset = tileOffset(tiled, random.index(tiled.tileCount));
    const share = random.next();
    const lonMeters = metersPerDegreeOfLongitude(from.lat);
    const east = (to.lon - from.lon) * lonMeters;
    const north = (to.lat - from.lat) * METERS_PER_DEGREE;
    const length = Math.hypot(east, north) || 1;
    return {
      lon: from.lon + offset.lon + share * (to.lon - from.lon) + (asideMeters * north) / length / lonMeters,
      lat:
        from.lat +
        offset.lat +
        share * (to.lat - from.lat) -
        (asideMeters * east) / length / METERS_PER_DEGREE,
    };
  };
}

/** Index of the first of the ascending values that exceeds `value`. */
function firstAbove(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function writeLines(path: string, lines: readonly string[]): void {
  writeFileSync(path, `${lines.join('\n')}\n`);
}
