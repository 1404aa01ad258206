/**
 * Draws the whole map in order: towns, motorway, bridges, main roads, hamlets, paths, junctions, details.
 */
import { SeededRandom } from '../lib/random.ts';
import { drawHamlets, drawPaths, drawTracks, type Hamlet } from './countryside.ts';
import { addJunctionDetails, makeRoundabouts } from './details.ts';
import { Drawing, type DrawnWay, type Tags } from './drawing.ts';
import { distance, type Point } from './geometry.ts';
import { drawMotorway, drawRailway } from './motorway.ts';
import { RIVER_NAME, TORRENT_NAME } from './names.ts';
import { drawRoadLine, dropRoads, type Hub, joinHubs, type Road, raisePath } from './network.ts';
import { openDeadEnds } from './one-ways.ts';
import { drawPlaces, EXITS, type Place } from './places.ts';
import { addJunctions } from './planarize.ts';
import { drawForecourts, STATION_SITES, type Station } from './stations.ts';
import { drawHouses, drawLandUse, drawStreets } from './streets.ts';
import { MOTORWAY, RAILWAY, RIVER, riverY, TORRENT } from './terrain.ts';
import { layTown, openGate, type RoadClass, type Town } from './towns.ts';

export interface CountryMap {
  drawing: Drawing;
  places: Place[];
  towns: Town[];
  hamlets: Hamlet[];
  stations: Station[];
  /** Country roads along which single houses stand. */
  roads: Array<{ way: DrawnWay; remote: boolean }>;
}

/** Where the river is crossed by road: x, class. The motorway has its own bridge. */
const BRIDGES: ReadonlyArray<{ x: number; class: RoadClass; name: string }> = [
  { x: -9500, class: 'primary', name: 'Pont Vieux' },
  { x: 5600, class: 'secondary', name: 'Pont de la Lissonne' },
];
const BRIDGEHEAD_METERS = 150;
/** The footbridge of the prefecture and the ferry. */
const FOOTBRIDGE_X = -8700;
const FERRY_X = -19_700;

export function drawMap(seed: number): CountryMap {
  const drawing = new Drawing();
  const random = new SeededRandom(seed);
  const places = drawPlaces(seed);
  const towns = places.map((place) => layTown(drawing, place, random));
  drawWaters(drawing);
  const interchanges = drawMotorway(drawing);
  drawRailway(drawing, STATION_SITES);

  const hubs: Array<Hub & { node?: number }> = places.map((place) => ({ at: place.at, place }));
  const addHub = (at: Point, node: number | undefined, isCrossing: boolean): number => {
    hubs.push(node === undefined ? { at, isCrossing } : { at, isCrossing, node });
    return hubs.length - 1;
  };
  const exits = EXITS.map((at) => addHub(at, undefined, false));
  const fixed: Array<[number, number]> = [];
  for (const { west, east } of interchanges) {
    fixed.push([addHub(west.at, west.node, true), addHub(east.at, east.node, true)]);
  }
  for (const bridge of BRIDGES) {
    const ends = drawBridge(drawing, bridge.x, bridge.class, bridge.name);
    fixed.push([addHub(ends[0].at, ends[0].node, true), addHub(ends[1].at, ends[1].node, true)]);
  }

  const hubOf = (name: string): number => hubs.findIndex(({ place }) => place?.name === name);
  const valley = [
    'Saint-Evrault-le-Val',
    'Gourdal-le-Bas',
    'Val-Chamorel',
    'Pierrefolle-le-Mont',
    'Les Arvettes',
  ];
  const chain = [...valley, 'Haute-Gourdal'].map(hubOf);
  const network = dropRoads(hubs, joinHubs(hubs, fixed, chain), 0.07, seed + 1);
  classify(hubs, network, { exits, interchanges: fixed.slice(0, 2), hubOf });
  const roads = drawRoads(drawing, hubs, towns, network);

  const streets = towns.map((town) => drawStreets(drawing, town));
  towns.forEach((town, index) => {
    drawLandUse(drawing, town);
    if (HOUSES_DRAWN.includes(town.place.name)) drawHouses(drawing, streets[index].slice(0, 24), 'house');
    drawing.addNode(town.place.at, placeTags(town.place));
    const beside = { x: town.place.at.x + 25, y: town.place.at.y + 18 };
    drawing.addNode(beside, {
      amenity: 'townhall',
      name: `Mairie de ${town.place.name}`,
      'ref:INSEE': town.place.code,
    });
  });
  const hamlets = drawHamlets(drawing, towns, roads, random);
  drawTracks(drawing, random);
  drawPaths(drawing, towns, { footbridgeX: FOOTBRIDGE_X, ferryX: FERRY_X });
  const stations = drawForecourts(drawing);

  liftOverObstacles(drawing);
  // A crossing that took a node nearby may have bent a road over another: until none is left.
  while (addJunctions(drawing) > 0);
  makeRoundabouts(
    drawing,
    towns,
    interchanges.flatMap(({ junctions }) => junctions),
  );
  addJunctionDetails(drawing, towns, random);
  openDeadEnds(drawing);
  return { drawing, places, towns, hamlets, roads, stations };
}

/** Villages whose houses are drawn one by one. */
const HOUSES_DRAWN: readonly string[] = [
  'Thoressy',
  'Escalvin',
  'Gourdal-le-Bas',
  'Haute-Gourdal',
  'Pailherac',
];

function placeTags({ name, kind, people, code }: Place): Tags {
  const place = kind === 'village' ? 'village' : 'town';
  return { place, name, population: String(people), 'ref:INSEE': code, fictional: 'yes' };
}

function drawWaters(drawing: Drawing): void {
  drawing.addLine(RIVER, { waterway: 'river', name: RIVER_NAME, boat: 'yes' });
  drawing.addLine(TORRENT, { waterway: 'stream', name: TORRENT_NAME });
}

function drawBridge(
  drawing: Drawing,
  x: number,
  roadClass: RoadClass,
  name: string,
): Array<{ at: Point; node: number }> {
  const ends = [-BRIDGEHEAD_METERS, BRIDGEHEAD_METERS].map((aside) => {
    const at = { x, y: riverY(x) + aside };
    return { at, node: drawing.addNode(at) };
  });
  const tags: Tags = { highway: roadClass, lanes: '2', maxspeed: '50', surface: 'asphalt', name };
  const way = drawing.addWay([ends[0].node, ends[1].node], tags);
  drawing.bridgeOver(way, RIVER, 70);
  return ends;
}

interface Crossroads {
  exits: number[];
  interchanges: Array<[number, number]>;
  hubOf: (name: string) => number;
}

/** Primary between the towns, the border and the motorway; secondary between bourgs; a share of the rest tertiary. */
function classify(hubs: readonly Hub[], roads: Road[], { exits, interchanges, hubOf }: Crossroads): void {
  const aubrelle = hubOf('Aubrelle');
  const montfleuret = hubOf('Montfleuret');
  const raise = (from: number, to: number, roadClass: RoadClass): void =>
    raisePath(hubs, roads, from, to, roadClass);
  raise(aubrelle, montfleuret, 'primary');
  for (const exit of [0, 2, 5, 6]) raise(aubrelle, exits[exit], 'primary');
  for (const exit of [3, 4]) raise(montfleuret, exits[exit], 'primary');
  raise(aubrelle, interchanges[0][0], 'primary');
  raise(hubOf('Cormélac'), interchanges[1][0], 'secondary');
  raise(hubOf('Maurezanne'), interchanges[1][1], 'secondary');
  for (const exit of [1, 7]) raise(aubrelle, exits[exit], 'secondary');
  const seats = hubs.flatMap(({ place }, index) =>
    place !== undefined && place.kind !== 'village' ? [index] : [],
  );
  for (const seat of seats) {
    const others = seats
      .filter((other) => other !== seat)
      .sort((p, q) => distance(hubs[p].at, hubs[seat].at) - distance(hubs[q].at, hubs[seat].at));
    for (const other of others.slice(0, 2)) raise(seat, other, 'secondary');
  }
  roads.forEach((road, index) => {
    if (road.winding || (road.class === 'unclassified' && index % 5 < 3)) road.class = 'tertiary';
    if (road.remote && road.class !== 'unclassified') road.class = 'tertiary';
  });
}

function drawRoads(
  drawing: Drawing,
  hubs: ReadonlyArray<Hub & { node?: number }>,
  towns: readonly Town[],
  roads: readonly Road[],
): Array<{ way: DrawnWay; remote: boolean }> {
  const townOf = new Map(towns.map((town) => [town.place, town]));
  const endNode = (from: number, to: number, roadClass: RoadClass): number => {
    const { place, node, at } = hubs[from];
    const town = place === undefined ? undefined : townOf.get(place);
    if (town !== undefined) return openGate(town, hubs[to].at, roadClass);
    return node ?? drawing.addNode(at);
  };
  const drawn: Array<{ way: DrawnWay; remote: boolean }> = [];
  let number = 1;
  for (const road of roads) {
    if (road.isFixed) continue;
    const first = endNode(road.a, road.b, road.class);
    const last = endNode(road.b, road.a, road.class);
    const line = drawRoadLine(drawing.points[first], drawing.points[last], road.winding);
    const way = drawing.addLine(line, roadTags(road, number++), { first, last });
    drawn.push({ way, remote: road.remote });
  }
  return drawn;
}

function roadTags(road: Road, number: number): Tags {
  const tags: Tags = { highway: road.class, surface: 'asphalt' };
  if (road.winding) return { ...tags, ref: `D ${number}`, maxspeed: '50', lanes: '2' };
  if (road.class === 'unclassified') return number % 3 === 0 ? { ...tags, lanes: '1' } : tags;
  const ref = `D ${road.class === 'primary' ? number : 100 + number}`;
  if (road.remote) return { ...tags, ref };
  return { ...tags, ref, lanes: '2', maxspeed: '80', 'source:maxspeed': 'FR:rural' };
}

/** Roads pass over the motorway and the torrent, main roads over the railway; lesser ones cross it on the level. */
function liftOverObstacles(drawing: Drawing): void {
  for (const way of [...drawing.ways]) {
    const { highway, bridge } = way.tags;
    if (highway === undefined || highway.startsWith('motorway')) continue;
    if (bridge === undefined) drawing.bridgeOver(way, MOTORWAY, 45);
  }
  for (const obstacle of [TORRENT, RAILWAY]) {
    for (const way of [...drawing.ways]) {
      const { highway, bridge } = way.tags;
      if (highway === undefined || highway.startsWith('motorway') || bridge !== undefined) continue;
      if (obstacle === TORRENT || highway === 'primary' || highway === 'secondary')
        drawing.bridgeOver(way, obstacle, 22);
    }
  }
}
