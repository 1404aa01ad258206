/**
 * The places: chefs-lieux of about 80 communes (two towns, bourgs, the villages of the mountain valley and of
 * the plain) with their people, and the points where the main roads leave the département.
 */
import { SeededRandom } from '../lib/random.ts';
import { distance, distanceToLine, type Point } from './geometry.ts';
import { VILLAGE_NAMES } from './names.ts';
import { isInside, isNorthOfRiver, MOTORWAY, RAILWAY, riverY, VALLEY_AXIS, zoneAt } from './terrain.ts';

export type PlaceKind = 'town' | 'bourg' | 'village';

export interface Place {
  name: string;
  kind: PlaceKind;
  /** Plan coordinates of its centre. */
  at: Point;
  /** People of its commune. */
  people: number;
  /** Share of them who live in the built-up area around the centre. */
  coreShare: number;
  /** INSEE code of its commune. */
  code: string;
  /** Place of the pocket or of the valley, far from everything, with lesser roads. */
  remote: boolean;
}

const PLACE_COUNT = 80;
const TOTAL_PEOPLE = 120_000;

type Seat = [name: string, x: number, y: number, people: number];

const TOWNS: readonly Seat[] = [
  ['Aubrelle', -9000, 800, 30_000],
  ['Montfleuret', 12_000, 12_600, 15_000],
];

const BOURGS: readonly Seat[] = [
  ['Sorbières-sur-Lissonne', -9600, -3500, 3900],
  ['Pont-Lissonne', 6000, 5700, 2900],
  ['Varzolles', -18_500, 3700, 3100],
  ['Cormélac', -15_000, -9500, 2200],
  ['Brannoy', -1000, -4600, 2600],
  ['Thoressy', -8500, 12_500, 3200],
  ['Saint-Evrault-le-Val', 900, -9600, 1700],
  ['Maurezanne', -4600, -16_800, 1900],
  ['Quilvigny', -4500, 19_500, 1800],
  ['Grandrieul', 20_500, 8600, 2100],
  ['Charmelain', 14_800, -200, 1300],
  ['Belleroncé', 15_500, 17_000, 2300],
  ['Fontaubelle', -20_300, -6200, 1500],
];

const VALLEY_VILLAGES: readonly Seat[] = [
  ['Gourdal-le-Bas', 5900, -10_900, 420],
  ['Val-Chamorel', 9600, -13_400, 330],
  ['Pierrefolle-le-Mont', 12_900, -14_700, 240],
  ['Les Arvettes', 16_400, -13_700, 190],
  ['Haute-Gourdal', 19_900, -11_700, 150],
];

/** Where roads cross the border: further than the outline. */
export const EXITS: readonly Point[] = [
  { x: -31_500, y: 4600 },
  { x: -20_500, y: 20_500 },
  { x: -5500, y: 27_000 },
  { x: 20_000, y: 20_500 },
  { x: 31_500, y: 9500 },
  { x: -1500, y: -27_500 },
  { x: -21_500, y: -19_500 },
  { x: -31_000, y: -7500 },
];

/** South of the river and far from every bridge. */
function isInPocket(p: Point): boolean {
  return p.x > 9500 && !isNorthOfRiver(p) && zoneAt(p) === 'plain' && p.y > -9000;
}

/** The chefs-lieux, in the order of their commune codes: alphabetical, as INSEE's are. */
export function drawPlaces(seed: number): Place[] {
  const random = new SeededRandom(seed);
  const places: Place[] = [];
  const add = ([name, x, y, people]: Seat, kind: PlaceKind, coreShare: number): void => {
    const at = { x, y };
    places.push({
      name,
      kind,
      at,
      people,
      coreShare,
      code: '',
      remote: zoneAt(at) === 'valley' || isInPocket(at),
    });
  };
  for (const seat of TOWNS) add(seat, 'town', 0.97);
  for (const seat of BOURGS) add(seat, 'bourg', 0.75);
  for (const seat of VALLEY_VILLAGES) add(seat, 'village', 0.7);
  for (let i = 0; places.length < PLACE_COUNT; i++) {
    const at = drawFreePoint(places, random);
    add([VILLAGE_NAMES[i], at.x, at.y, drawVillagePeople(at, random)], 'village', random.between(0.4, 0.6));
  }
  scaleVillages(places);
  places.sort((a, b) => a.name.localeCompare(b.name, 'fr'));
  places.forEach((place, index) => {
    place.code = `00${String(index + 1).padStart(3, '0')}`;
  });
  return places;
}

/** The best of many tries: the one furthest from all other places (Mitchell's best candidate). */
function drawFreePoint(places: readonly Place[], random: SeededRandom): Point {
  let best: Point | undefined;
  let furthest = 0;
  for (let attempt = 0; attempt < 120; attempt++) {
    const p = { x: random.between(-30_000, 30_000), y: random.between(-26_000, 26_000) };
    if (!isInside(p) || !isInside({ x: p.x * 1.06, y: p.y * 1.06 }) || zoneAt(p) !== 'plain') continue;
    const clear = Math.min(
      Math.abs(p.y - riverY(p.x)),
      distanceToLine(p, MOTORWAY),
      distanceToLine(p, RAILWAY),
      distanceToLine(p, VALLEY_AXIS) / 4,
    );
    if (clear < 1100) continue;
    const gap = Math.min(
      ...places.map((place) => distance(p, place.at) - (place.kind === 'town' ? 1500 : 0)),
    );
    if (gap > furthest) {
      furthest = gap;
      best = p;
    }
  }
  if (best === undefined) throw new Error('no room left for a village');
  return best;
}

/** Suburbs within 7 km of a town are large; elsewhere villages vary as they do. */
function drawVillagePeople(at: Point, random: SeededRandom): number {
  const nearTown = TOWNS.some(([, x, y, people]) => distance(at, { x, y }) < (people > 20_000 ? 7500 : 5500));
  if (nearTown) return Math.round(random.between(1500, 3300));
  return Math.round(Math.exp(Math.log(480) + 0.55 * random.normal()) + 60);
}

/** Scales the villages so that the département holds `TOTAL_PEOPLE`. */
function scaleVillages(places: readonly Place[]): void {
  const sum = (list: readonly Place[]): number => list.reduce((total, { people }) => total + people, 0);
  const villages = places.filter(({ kind, remote }) => kind === 'village' && !remote);
  const share = (TOTAL_PEOPLE - sum(places) + sum(villages)) / sum(villages);
  for (const village of villages) village.people = Math.round(village.people * share);
}
