/**
 * Steps from one node of a way to the next that no road has: a position that is wrong by degrees. Such a node is no
 * node of that way; the way is cut there, as where the file lacks it.
 */

import { boundsOf } from '../common/bounds.ts';
import { distanceMeters, METERS_PER_DEGREE } from '../common/geo.ts';
import type { NoticeList } from '../common/notices.ts';
import { COORDINATE_UNITS_PER_DEGREE, NO_INDEX } from '../common/units.ts';
import type { OsmStreets } from '../read/osm/osm-data.ts';
import { isFerryRoute, isShuttleTrain } from './street-classes.ts';

/** The longest straight road in the world has 256 km, and its nodes lie far closer. */
export const LONGEST_ROAD_STEP_METERS = 200_000;
/** Boats go straight, for days. */
export const LONGEST_CROSSING_STEP_METERS = 2_000_000;

/**
 * Cuts the ways at nodes that lie too far from those beside them: writes NO_INDEX into `nodeOfRef`, and gives the
 * streets with the bounds that are left. Where nothing is cut, `osm` itself.
 * @param notices get one of each way that is cut
 */
export function cutImpossibleSteps(osm: OsmStreets, notices: NoticeList): OsmStreets {
  const [west, south, east, north] = osm.bounds;
  // Nothing is further apart than the bounds are wide and high together.
  if ((east - west + (north - south)) * METERS_PER_DEGREE <= LONGEST_ROAD_STEP_METERS) return osm;
  const longestOfTagSet = osm.tagSets.map((tags) =>
    isFerryRoute(tags) || isShuttleTrain(tags) ? LONGEST_CROSSING_STEP_METERS : LONGEST_ROAD_STEP_METERS,
  );
  let isCut = false;
  for (let way = 0; way < osm.wayCount; way++) {
    const longest = cutWay(osm, way, longestOfTagSet[osm.tagSetOfWay[way]!]!);
    if (longest === 0) continue;
    isCut = true;
    notices.add({
      code: 'osm-step-impossible',
      severity: 'warning',
      message: 'two nodes of a street that follow each other lie further apart than any road goes straight',
      action: 'the street is cut there',
      id: `way ${osm.idOfWay[way]}`,
      value: `${Math.round(longest / 1000)} km`,
    });
  }
  return isCut ? { ...osm, bounds: boundsOfUsed(osm) } : osm;
}

/**
 * Takes out of a way the nodes that are too far from each of their neighbours. Returns the longest step that it takes
 * out, in metres; 0 where there is none.
 */
function cutWay(osm: OsmStreets, way: number, longestMeters: number): number {
  const first = osm.firstRefOfWay[way]!;
  const end = osm.firstRefOfWay[way + 1]!;
  let longest = 0;
  for (let ref = first; ref + 1 < end; ref++) {
    const meters = stepMeters(osm, ref);
    if (meters <= longestMeters) continue;
    if (meters > longest) longest = meters;
    // The one that has no other step than impossible ones; of two that are alike the later.
    const isStray = ref === first || osm.nodeOfRef[ref - 1] === NO_INDEX;
    const nextGoesOn = ref + 2 < end && stepMeters(osm, ref + 1) <= longestMeters;
    osm.nodeOfRef[isStray && nextGoesOn ? ref : ref + 1] = NO_INDEX;
  }
  return longest;
}

/** Metres from a reference's node to the next one's; 0 where the file lacks one. */
function stepMeters({ nodeOfRef, lonOfNode, latOfNode }: OsmStreets, ref: number): number {
  const a = nodeOfRef[ref]!;
  const b = nodeOfRef[ref + 1]!;
  if (a === NO_INDEX || b === NO_INDEX) return 0;
  const lonSpan = Math.abs(lonOfNode[b]! - lonOfNode[a]!);
  const latSpan = Math.abs(latOfNode[b]! - latOfNode[a]!);
  if ((lonSpan + latSpan) * (METERS_PER_DEGREE / COORDINATE_UNITS_PER_DEGREE) <= LONGEST_ROAD_STEP_METERS)
    return 0;
  const unit = COORDINATE_UNITS_PER_DEGREE;
  return distanceMeters(
    lonOfNode[a]! / unit,
    latOfNode[a]! / unit,
    lonOfNode[b]! / unit,
    latOfNode[b]! / unit,
  );
}

/** The bounds of the nodes that ways still refer to. */
function boundsOfUsed({ nodeCount, nodeOfRef, lonOfNode, latOfNode }: OsmStreets): OsmStreets['bounds'] {
  const isUsed = new Uint8Array(nodeCount);
  for (const node of nodeOfRef) if (node !== NO_INDEX) isUsed[node] = 1;
  const used = (values: Int32Array) => values.filter((_, node) => isUsed[node] === 1);
  return boundsOf(used(lonOfNode), used(latOfNode));
}
