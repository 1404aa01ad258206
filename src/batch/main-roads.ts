/** The main roads of a network as lines for the map, thinned to what a page can show. */
import type { MultiLineString, Position } from 'geojson';
import { COORDINATE_UNITS_PER_DEGREE, UNREACHED } from '../common/units.ts';
import { STREET_CLASSES } from '../streets/street-classes.ts';
import type { StreetNetwork } from '../streets/street-network.ts';

/** Classes drawn, the first ones always; the next as long as the map stays light. */
const CLASS_GROUPS: ReadonlyArray<readonly string[]> = [
  ['motorway', 'trunk'],
  ['primary'],
  ['secondary'],
  ['tertiary'],
];
/** Points on the map beyond which no further group is drawn. */
const GREATEST_POINT_COUNT = 12_000;
/** Points nearer than this share of the network's extent to the last one drawn are left out. */
const SHARE_OF_EXTENT = 1 / 1200;

export function findMainRoads(network: StreetNetwork): MultiLineString[] {
  const [west, south, east, north] = network.bounds;
  const step = Math.max(east - west, north - south) * SHARE_OF_EXTENT * COORDINATE_UNITS_PER_DEGREE;
  const groupOfClass = Int8Array.from(STREET_CLASSES, (name) =>
    CLASS_GROUPS.findIndex((group) => group.includes(name)),
  );
  const edgesOfGroup: number[][] = CLASS_GROUPS.map(() => []);
  for (let edge = 0; edge < network.edgeCount; edge++) {
    const group = groupOfClass[network.classOfEdge[edge]!]!;
    if (group >= 0) edgesOfGroup[group]!.push(edge);
  }
  const groups: MultiLineString[] = [];
  let points = 0;
  for (const edges of edgesOfGroup) {
    // Every edge shows its two ends at least: no need to draw a group that is too much anyway.
    if (groups.length > 0 && points + 2 * edges.length > GREATEST_POINT_COUNT) break;
    const coordinates = edges.map((edge) => drawEdge(network, edge, step));
    const pointsOfGroup = coordinates.reduce((sum, line) => sum + line.length, 0);
    if (groups.length > 0 && points + pointsOfGroup > GREATEST_POINT_COUNT) break;
    points += pointsOfGroup;
    if (coordinates.length > 0) groups.push({ type: 'MultiLineString', coordinates });
  }
  return groups;
}

function drawEdge(network: StreetNetwork, edge: number, step: number): Position[] {
  const last = network.firstPointOfEdge[edge + 1]! - 1;
  const line: Position[] = [];
  let lastLon = UNREACHED;
  let lastLat = UNREACHED;
  for (let point = network.firstPointOfEdge[edge]!; point <= last; point++) {
    const lon = network.lonOfPoint[point]!;
    const lat = network.latOfPoint[point]!;
    const isEnd = line.length === 0 || point === last;
    if (!isEnd && Math.abs(lon - lastLon) < step && Math.abs(lat - lastLat) < step) continue;
    line.push([lon / COORDINATE_UNITS_PER_DEGREE, lat / COORDINATE_UNITS_PER_DEGREE]);
    lastLon = lon;
    lastLat = lat;
  }
  return line;
}
