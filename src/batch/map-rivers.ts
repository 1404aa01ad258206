/** The rivers of a study as lines for its map: what lies by the roads, thinned to what a page can show. */
import type { MultiLineString, Position } from 'geojson';
import type { NoticeList } from '../common/notices.ts';
import { COORDINATE_UNITS_PER_DEGREE } from '../common/units.ts';
import type { Bounds } from '../read/positions.ts';
import type { RiverLines } from '../read/rivers.ts';
import type { Cache } from '../runtime/cache.ts';
import type { OnProgress, RoadFile } from '../runtime/networks.ts';
import { loadRivers } from '../runtime/rivers.ts';
import type { Study } from '../study/study.ts';
import { atKey } from './study-faults.ts';

/** Points on the map beyond which the lines are drawn coarser. */
const GREATEST_POINT_COUNT = 8_000;
/** Points nearer than this share of the extent to the last one drawn are left out, as those of the main roads. */
const SHARE_OF_EXTENT = 1 / 1200;
/** A line that spans fewer steps is a dot: it is left out. */
const LEAST_STEPS = 2;

/** @param files that the study names for its rivers */
export async function loadMapRivers(
  study: Study,
  files: readonly RoadFile[],
  bounds: Bounds,
  cache: Cache,
  notices: NoticeList,
  onProgress: OnProgress,
): Promise<MultiLineString[]> {
  if (files.length === 0) return [];
  onProgress('rivers', 0);
  const rivers = await atKey(study, ['rivers'], () => loadRivers(files, cache, notices));
  onProgress('rivers', 1);
  return drawRivers(rivers, bounds);
}

/** @param bounds of the roads, in degrees: west, south, east, north */
export function drawRivers(rivers: RiverLines, bounds: Bounds): MultiLineString[] {
  const box = bounds.map((degrees) => degrees * COORDINATE_UNITS_PER_DEGREE) as unknown as Bounds;
  for (let step = Math.max(box[2] - box[0], box[3] - box[1]) * SHARE_OF_EXTENT; ; step *= 2) {
    const coordinates: Position[][] = [];
    let points = 0;
    for (let line = 0; line + 1 < rivers.firstPointOfLine.length; line++) {
      const drawn = drawLine(rivers, line, step, box);
      if (drawn.length === 0) continue;
      coordinates.push(drawn);
      points += drawn.length;
    }
    if (points > GREATEST_POINT_COUNT) continue;
    return coordinates.length === 0 ? [] : [{ type: 'MultiLineString', coordinates }];
  }
}

/** Empty where the line lies elsewhere or is too short to be seen. */
function drawLine(
  { firstPointOfLine, lonOfPoint, latOfPoint }: RiverLines,
  line: number,
  step: number,
  [west, south, east, north]: Bounds,
): Position[] {
  const first = firstPointOfLine[line]!;
  const last = firstPointOfLine[line + 1]! - 1;
  const box = [Infinity, Infinity, -Infinity, -Infinity] as [number, number, number, number];
  const drawn: Position[] = [];
  let lastLon = 0;
  let lastLat = 0;
  for (let point = first; point <= last; point++) {
    const lon = lonOfPoint[point]!;
    const lat = latOfPoint[point]!;
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
    const isEnd = point === first || point === last;
    if (!isEnd && Math.abs(lon - lastLon) < step && Math.abs(lat - lastLat) < step) continue;
    drawn.push([lon / COORDINATE_UNITS_PER_DEGREE, lat / COORDINATE_UNITS_PER_DEGREE]);
    lastLon = lon;
    lastLat = lat;
  }
  const isElsewhere = box[0] > east || box[2] < west || box[1] > north || box[3] < south;
  const isDot = Math.max(box[2] - box[0], box[3] - box[1]) < LEAST_STEPS * step;
  return isElsewhere || isDot ? [] : drawn;
}
