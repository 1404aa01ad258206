/** Points linked to the streets of a setup, in whatever thread: the homes of a study, before they are searched. */
import Flatbush from 'flatbush';
import { linkPoints, type PointLinks } from '../search/door-to-door.ts';
import { type SnappedPoints, snapPoints } from '../streets/snapping.ts';
import type { StreetNetwork } from '../streets/street-network.ts';

/** The bytes of a network's Flatbush, which (unlike the index itself) a worker can be sent. */
export interface EdgeBoxes {
  data: ArrayBufferLike;
  byteOffset: number;
}

export function edgeBoxesOf(index: Flatbush | undefined): EdgeBoxes | undefined {
  return index && { data: index.data, byteOffset: index.byteOffset };
}

/** Where trips start that end at the sources of a setup; arrays over the points. */
export interface PointsToLink {
  /** Degrees. */
  lon: Float64Array;
  lat: Float64Array;
  /** Side of the point's grid cell in metres; 0 = a point. */
  cellSides: Float64Array;
  /** Beyond this a point is not linked, metres. */
  radiusMeters: number;
  /** TAKES_* bits that a street must have. */
  needs: number;
}

export interface LinkedPoints {
  snapped: SnappedPoints;
  links: PointLinks;
}

/** Links points to the streets. @param usefulEdges edge -> TAKES_* bits */
export function linkToStreets(
  { lon, lat, cellSides, radiusMeters, needs }: PointsToLink,
  network: StreetNetwork,
  edgeBoxes: EdgeBoxes | undefined,
  usefulEdges: Uint8Array,
  walkSpeedKph: number,
): LinkedPoints {
  const index = edgeBoxes && Flatbush.from(edgeBoxes.data, edgeBoxes.byteOffset);
  const snapped = snapPoints(network, index, usefulEdges, lon, lat, { radiusMeters, needs, cellSides });
  // Homes stand along the road, not at the middle of their cell: half its side is free.
  const freeMeters = cellSides.map((side) => side / 2);
  return { snapped, links: linkPoints(network, snapped, 'start', walkSpeedKph, freeMeters) };
}
