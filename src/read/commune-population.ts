/**
 * Commune totals -> cells, where no grid is given: each commune's people spread over its residential buildings
 * by weight, else over points along its residential streets, else at its town hall, else at a point inside its
 * polygon. Each cell carries its `origin`, so that outputs can tell a spread population from a published grid.
 * The sum of a commune's cells is its population.
 */

import { Fault } from '../common/errors.ts';
import type { NoticeList } from '../common/notices.ts';
import { findPointInside } from '../common/point-inside.ts';
import { buildPolygonIndex, type PolygonIndex } from '../common/polygon-index.ts';
import type { CellOrigin, Commune, OsmPlaces, PopulationCells, WeightedPlaces } from './records.ts';

/** The points of one commune and their weights. */
interface Spread {
  lon: number[];
  lat: number[];
  weight: number[];
}

/**
 * Cells commune by commune, in the order given. Communes of unknown population, and those that nothing places,
 * are left out with a notice. Throws a UsageError where no one is left.
 */
export function spreadCommunePopulation(
  communes: readonly Commune[],
  places: OsmPlaces,
  notices: NoticeList,
  /** Commune without polygon -> the one whose polygon holds its land. */
  polygonHolderOf: ReadonlyMap<string, string> = new Map(),
): PopulationCells {
  const index = buildPolygonIndex(communes.map((commune) => commune.geometry));
  const buildings = groupByCommune(communes.length, places.buildings, index);
  let streets: Array<Spread | undefined> | undefined;
  const townhalls = groupTownhalls(communes, places, index);
  const positionOfCode = new Map(communes.map((commune, position) => [commune.code, position]));
  const cells = new SpreadCells();
  communes.forEach((commune, position) => {
    const people = knownPopulation(commune, notices);
    if (people === 0) return;
    const holder = positionOfCode.get(polygonHolderOf.get(commune.code) ?? '') ?? position;
    let origin: CellOrigin = 'building';
    let spread = buildings[holder];
    if (spread === undefined) {
      streets ??= groupByCommune(communes.length, places.streets, index);
      origin = 'street';
      spread = streets[holder];
    }
    if (spread === undefined) {
      origin = 'townhall';
      spread = townhalls[position];
    }
    if (spread === undefined) {
      origin = 'inside-point';
      spread = insidePoint(communes[holder]);
    }
    if (spread === undefined) noticeUnplaced(commune, people, notices);
    else cells.add(commune, people, origin, spread);
  });
  cells.noticeOrigins(notices);
  if (cells.people > 0) return cells.finish();
  throw new Fault('communes-without-people');
}

/** People of a commune; 0 with a notice where the package does not know. */
function knownPopulation(commune: Commune, notices: NoticeList): number {
  if (commune.population !== undefined) return commune.population;
  notices.add({
    code: 'commune-without-population',
    severity: 'warning',
    message: `the population of ${commune.nom} is not known`,
    action: 'counted as 0',
    id: commune.code,
  });
  return 0;
}

function noticeUnplaced(commune: Commune, people: number, notices: NoticeList): void {
  notices.add({
    code: 'commune-population-unplaced',
    severity: 'error',
    message: `nothing tells where the people of ${commune.nom} live: no polygon and no town hall`,
    action: 'left out of every figure',
    id: commune.code,
    value: String(people),
  });
}

/** commune -> its places of positive weight; undefined where it has none. */
function groupByCommune(
  communeCount: number,
  { lon, lat, weight }: WeightedPlaces,
  index: PolygonIndex,
): Array<Spread | undefined> {
  const groups = new Array<Spread | undefined>(communeCount).fill(undefined);
  for (let place = 0; place < lon.length; place++) {
    if (!(weight[place] > 0)) continue;
    const commune = index.locate(lon[place], lat[place]);
    if (commune >= 0) addPlace(groups, commune, lon[place], lat[place], weight[place]);
  }
  return groups;
}

/** The first town hall of each commune, by its own code, else by its place. */
function groupTownhalls(
  communes: readonly Commune[],
  { townhalls }: OsmPlaces,
  index: PolygonIndex,
): Array<Spread | undefined> {
  const positionOfCode = new Map(communes.map((commune, position) => [commune.code, position]));
  const groups = new Array<Spread | undefined>(communes.length).fill(undefined);
  for (let place = 0; place < townhalls.lon.length; place++) {
    const code = townhalls.communeCode?.[place];
    const ofCode = code === undefined ? undefined : positionOfCode.get(code);
    const commune = ofCode ?? index.locate(townhalls.lon[place], townhalls.lat[place]);
    if (commune < 0 || groups[commune] !== undefined) continue;
    addPlace(groups, commune, townhalls.lon[place], townhalls.lat[place], 1);
  }
  return groups;
}

function addPlace(
  groups: Array<Spread | undefined>,
  commune: number,
  lon: number,
  lat: number,
  weight: number,
): void {
  groups[commune] ??= { lon: [], lat: [], weight: [] };
  const group = groups[commune];
  group.lon.push(lon);
  group.lat.push(lat);
  group.weight.push(weight);
}

function insidePoint(commune: Commune): Spread | undefined {
  const point = commune.geometry === undefined ? undefined : findPointInside(commune.geometry);
  return point === undefined ? undefined : { lon: [point[0]], lat: [point[1]], weight: [1] };
}

const ORIGIN_WORDS: ReadonlyArray<readonly [CellOrigin, string]> = [
  ['building', 'spread over their residential buildings'],
  ['street', 'without residential buildings in the extract: spread over their residential streets'],
  ['townhall', 'without buildings and streets in the extract: placed at the town hall'],
  [
    'inside-point',
    'without buildings, streets and town hall in the extract: placed at a point inside the polygon',
  ],
];

class SpreadCells {
  people = 0;
  private readonly id: string[] = [];
  private readonly lon: number[] = [];
  private readonly lat: number[] = [];
  private readonly population: number[] = [];
  private readonly communeCodes: Array<readonly string[]> = [];
  private readonly origin: CellOrigin[] = [];
  private readonly countOfOrigin = new Map<CellOrigin, { communes: number; people: number }>();

  add(commune: Commune, people: number, origin: CellOrigin, spread: Spread): void {
    const codes = [commune.code];
    const shares = shareOut(people, spread.weight);
    for (let place = 0; place < shares.length; place++) {
      this.id.push(`${commune.code}-${place + 1}`);
      this.lon.push(spread.lon[place]);
      this.lat.push(spread.lat[place]);
      this.population.push(shares[place]);
      this.communeCodes.push(codes);
      this.origin.push(origin);
    }
    this.people += people;
    const count = this.countOfOrigin.get(origin) ?? { communes: 0, people: 0 };
    this.countOfOrigin.set(origin, { communes: count.communes + 1, people: count.people + people });
  }

  noticeOrigins(notices: NoticeList): void {
    for (const [origin, words] of ORIGIN_WORDS) {
      const count = this.countOfOrigin.get(origin);
      if (count === undefined) continue;
      notices.add({
        code: `population-from-${origin}`,
        severity: origin === 'building' ? 'info' : 'warning',
        message: `${count.communes} communes (${count.people} people) ${words}`,
      });
    }
  }

  finish(): PopulationCells {
    return {
      count: this.id.length,
      id: this.id,
      lon: Float64Array.from(this.lon),
      lat: Float64Array.from(this.lat),
      population: Float64Array.from(this.population),
      sideMeters: new Float64Array(this.id.length),
      communeCodes: this.communeCodes,
      origin: this.origin,
      imputed: undefined,
    };
  }
}

/** Smallest part of a person in a share: sums of such parts are exact, so a commune keeps its whole number. */
const SMALLEST_PART = 2 ** -24;

/** Shares of `people` by weight whose sum, in any order, is `people`: the heaviest takes what rounding leaves. */
function shareOut(people: number, weights: readonly number[]): Float64Array {
  const shares = new Float64Array(weights.length);
  let weightSum = 0;
  let heaviest = 0;
  for (let i = 0; i < weights.length; i++) {
    weightSum += weights[i];
    if (weights[i] > weights[heaviest]) heaviest = i;
  }
  let rest = people;
  for (let i = 0; i < weights.length; i++) {
    if (i === heaviest) continue;
    shares[i] = Math.floor((people * weights[i]) / weightSum / SMALLEST_PART) * SMALLEST_PART;
    rest -= shares[i];
  }
  shares[heaviest] = rest;
  return shares;
}
