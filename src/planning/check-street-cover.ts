/**
 * Communes of which the roads read cover a part: an extract that is cut within the territory. In go communes,
 * networks and people; out come notices, one a commune, most people first.
 *
 * Land counts as without streets where it lies far from any, by the mesh of the commune's own streets, and no street
 * parts it from the outside of the extract: the forest amid streets, the mountain above a valley that streets close are
 * no gaps. Where a grid tells where people live, they decide; else the share of the commune's area does, since its
 * people are then spread over what was read.
 */
import { METERS_PER_DEGREE, metersPerDegreeOfLongitude } from '../common/geo.ts';
import type { Notice } from '../common/notices.ts';
import { boxOfGeometries, buildPolygonIndex } from '../common/polygon-index.ts';

import type { CellShares } from '../coverage/coverage-result.ts';
import type { Commune, PopulationCells } from '../read/records.ts';
import type { CheckedNetwork } from './check-streets.ts';
import { type Box, drawStreetRaster, type StreetRaster } from './street-raster.ts';

/** Land farther from a street than so many times the mesh of the commune's streets is without, metres at least and most. */
const MESHES_AWAY = 3;
const LEAST_REACH_METERS = 300;
const MOST_REACH_METERS = 1500;
/** The mesh is measured on the land this near to a street, metres. */
const BUILT_METERS = 500;
/** The raster reaches this far beyond the communes: a street there parts their land from the outside, metres. */
const MARGIN_METERS = 5000;
/**
 * Share of the area that tells of a cut extract: where streets lie close, and where they lie so far apart that slopes
 * without any are usual.
 */
const LEAST_AREA_SHARE = 0.15;
const LEAST_AREA_SHARE_APART = 0.35;
/** The same of the people that a grid places. */
const LEAST_PEOPLE_SHARE = 0.05;
const LEAST_PEOPLE = 20;

export interface KnownPeople {
  cells: PopulationCells;
  shares: CellShares;
}

interface CommuneCover {
  /** Shares 0 to 1 of the area and of the people of its cells that lie without streets, and those people. */
  area: number;
  people: number;
  peopleShare: number;
  /** Metres from a street at which its land is without. */
  reachMeters: number;
}

/**
 * One notice per commune that the roads cover in part; those without any street are another check's.
 * @param peopleOf people of a commune by its code, undefined where nobody knows
 */
export function checkStreetCover(
  communes: readonly Commune[],
  networks: Iterable<CheckedNetwork>,
  peopleOf: (code: string) => number | undefined,
  known?: KnownPeople | undefined,
): Notice[] {
  const drawn = communes.filter((commune) => commune.geometry !== undefined);
  if (drawn.length === 0) return [];
  const raster = drawStreetRaster(networks, boxAround(drawn));
  const isGrid = known?.cells.origin.includes('grid') === true;
  // Mostly everybody lives near a street: then no commune need be drawn.
  if (isGrid && countFarPeople(known.cells, raster) < LEAST_PEOPLE) return [];
  const covers = measureCovers(drawn, raster, known);
  const lacking = drawn.flatMap((commune, position) => {
    const cover = covers[position];
    if (cover === undefined) return [];
    const isCut = isGrid
      ? cover.peopleShare >= LEAST_PEOPLE_SHARE && cover.people >= LEAST_PEOPLE
      : cover.area >= leastAreaShare(cover.reachMeters);
    if (!isCut) return [];
    const people = Math.round(isGrid ? cover.people : (peopleOf(commune.code) ?? 0));
    return [{ commune, people, percent: Math.min(99, Math.max(1, Math.round(cover.area * 100))) }];
  });
  lacking.sort((a, b) => b.people - a.people || (a.commune.code < b.commune.code ? -1 : 1));
  return lacking.map(({ commune, people, percent }) => ({
    code: 'commune-partly-without-streets',
    severity: 'warning',
    message: isGrid
      ? `the roads read leave ${percent} % of the area of ${commune.nom} without a street, where ${people} people live`
      : `the roads read leave ${percent} % of the area of ${commune.nom} without a street: its ${people} people are all placed on the rest`,
    action: isGrid
      ? 'those people are linked to a street far away, or counted as not connected'
      : 'its rate is that of the part that was read',
    id: `${commune.code} ${commune.nom}`,
    value: String(people),
  }));
}

/** People whose cell lies further from any street than the least reach of a commune. */
function countFarPeople({ count, lon, lat, population }: PopulationCells, raster: StreetRaster): number {
  let people = 0;
  for (let cell = 0; cell < count; cell++) {
    const at = raster.cellAt(lon[cell]!, lat[cell]!);
    if (at < 0 || raster.metersToStreet[at]! > LEAST_REACH_METERS) people += population[cell]!;
  }
  return people;
}

function leastAreaShare(reachMeters: number): number {
  const apart = (reachMeters - LEAST_REACH_METERS) / (MOST_REACH_METERS - LEAST_REACH_METERS);
  return LEAST_AREA_SHARE + apart * (LEAST_AREA_SHARE_APART - LEAST_AREA_SHARE);
}

/** commune -> what lies without streets; undefined where no street is near any of it, or it is too small to be seen. */
function measureCovers(
  communes: readonly Commune[],
  raster: StreetRaster,
  known: KnownPeople | undefined,
): Array<CommuneCover | undefined> {
  const communeOfCell = locateCells(communes, raster);
  const reach = measureReach(communes.length, communeOfCell, raster);
  const { metersToStreet, isOutside } = raster;
  const cellCount = new Uint32Array(communes.length);
  const lackingCount = new Uint32Array(communes.length);
  for (let cell = 0; cell < communeOfCell.length; cell++) {
    const commune = communeOfCell[cell]!;
    if (commune < 0) continue;
    cellCount[commune]!++;
    if (isOutside[cell] === 1 && metersToStreet[cell]! > reach[commune]!) lackingCount[commune]!++;
  }
  const people = countPeopleWithout(communes, raster, reach, known);
  return communes.map((_, commune) => {
    if (cellCount[commune] === 0 || reach[commune] === 0) return undefined;
    const { all, without } = people[commune]!;
    return {
      reachMeters: reach[commune]!,
      area: lackingCount[commune]! / cellCount[commune]!,
      people: without,
      peopleShare: all > 0 ? without / all : 0,
    };
  });
}

/** cell of the raster -> commune, -1 in none. */
function locateCells(
  communes: readonly Commune[],
  { columns, rows, lonOf, latOf }: StreetRaster,
): Int32Array {
  const index = buildPolygonIndex(communes.map((commune) => commune.geometry));
  const communeOfCell = new Int32Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const lat = latOf(row);
    for (let column = 0; column < columns; column++)
      communeOfCell[row * columns + column] = index.locate(lonOf(column), lat);
  }
  return communeOfCell;
}

/** commune -> metres from a street at which its land is without; 0 where it has no street. */
function measureReach(
  communeCount: number,
  communeOfCell: Int32Array,
  { metersToStreet, cellMeters }: StreetRaster,
): Float64Array {
  const streetCells = new Uint32Array(communeCount);
  const nearCells = new Uint32Array(communeCount);
  for (let cell = 0; cell < communeOfCell.length; cell++) {
    const commune = communeOfCell[cell]!;
    if (commune < 0) continue;
    if (metersToStreet[cell] === 0) streetCells[commune]!++;
    if (metersToStreet[cell]! <= BUILT_METERS) nearCells[commune]!++;
  }
  return Float64Array.from(streetCells, (count, commune) => {
    if (count === 0) return 0;
    const mesh = (cellMeters * nearCells[commune]!) / count;
    return Math.min(MOST_REACH_METERS, Math.max(LEAST_REACH_METERS, MESHES_AWAY * mesh));
  });
}

/** commune -> people of its cells, and those of them on land without streets. */
function countPeopleWithout(
  communes: readonly Commune[],
  { metersToStreet, isOutside, cellAt }: StreetRaster,
  reach: Float64Array,
  known: KnownPeople | undefined,
): Array<{ all: number; without: number }> {
  const counts = communes.map(() => ({ all: 0, without: 0 }));
  if (known === undefined) return counts;
  const { cells, shares } = known;
  const positionOfCode = new Map(communes.map(({ code }, position) => [code, position]));
  const positionOfRow = shares.communes.map(({ code }) => positionOfCode.get(code) ?? -1);
  for (let cell = 0; cell < cells.count; cell++) {
    const at = cellAt(cells.lon[cell]!, cells.lat[cell]!);
    for (let entry = shares.firstEntryOfCell[cell]!; entry < shares.firstEntryOfCell[cell + 1]!; entry++) {
      const position = positionOfRow[shares.communeOfEntry[entry]!] ?? -1;
      if (position < 0) continue;
      const people = shares.populationOfEntry[entry]!;
      counts[position]!.all += people;
      if (at >= 0 && isOutside[at] === 1 && metersToStreet[at]! > reach[position]!)
        counts[position]!.without += people;
    }
  }
  return counts;
}

/** The box of the communes and a margin. */
function boxAround(communes: readonly Commune[]): Box {
  const [west, south, east, north] = boxOfGeometries(communes.map(({ geometry }) => geometry));
  const northward = MARGIN_METERS / METERS_PER_DEGREE;
  const eastward = MARGIN_METERS / metersPerDegreeOfLongitude((south + north) / 2);
  return [west - eastward, south - northward, east + eastward, north + northward];
}
