/**
 * Points linked to the streets of a setup, in whatever thread: the structures that searches start from, and the
 * homes that they are to reach.
 */
import Flatbush from 'flatbush';
import { linkPoints, type PointLinks } from '../search/point-links.ts';
import { type SnappedPoints, snapPoints } from '../streets/snapping.ts';
import type { StreetNetwork } from '../streets/street-network.ts';
import { findUsefulEdges, TAKES_ARRIVALS, TAKES_DEPARTURES } from '../streets/useful-edges.ts';

/** The bytes of a network's Flatbush, which (unlike the index itself) a worker can be sent. */
export interface EdgeBoxes {
  data: ArrayBufferLike;
  byteOffset: number;
}

export function edgeBoxesOf(index: Flatbush | undefined): EdgeBoxes | undefined {
  return index && { data: index.data, byteOffset: index.byteOffset };
}

export function indexOf(edgeBoxes: EdgeBoxes | undefined): Flatbush | undefined {
  return edgeBoxes && Flatbush.from(edgeBoxes.data, edgeBoxes.byteOffset);
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
  const index = indexOf(edgeBoxes);
  const snapped = snapPoints(network, index, usefulEdges, lon, lat, { radiusMeters, needs, cellSides });
  // Homes stand along the road, not at the middle of their cell: half its side is free.
  const freeMeters = cellSides.map((side) => side / 2);
  return { snapped, links: linkPoints(network, snapped, 'start', walkSpeedKph, freeMeters) };
}

/** How structures are linked to the streets. */
export interface SourcesToLink {
  /** Beyond this a structure is not linked, metres. */
  radiusMeters: number;
  /** Smaller islands take points only where a structure stands on them, junctions. */
  minIsland: number;
}

export interface LinkedSources {
  sources: SnappedPoints;
  /** edge -> TAKES_* bits. */
  usefulEdges: Uint8Array;
  /** Structures stand on parts of the network that take points only because of them. */
  opensIslands: boolean;
}

/** Links structures given in degrees; a component with one of them always takes points (islands such as Ouessant). */
export function linkSources(
  network: StreetNetwork,
  edgeBoxes: EdgeBoxes | undefined,
  lon: Float64Array,
  lat: Float64Array,
  { radiusMeters, minIsland }: SourcesToLink,
): LinkedSources {
  const index = indexOf(edgeBoxes);
  const options = { radiusMeters, needs: TAKES_ARRIVALS };
  const usefulEdges = findUsefulEdges(network, minIsland, new Set());
  const sources = snapPoints(network, index, usefulEdges, lon, lat, options);
  const cutOff = Array.from(sources.cutOff.keys()).filter((i) => sources.cutOff[i] === 1);
  if (cutOff.length === 0) return { sources, usefulEdges, opensIslands: false };
  const every = new Uint8Array(network.edgeCount).fill(TAKES_ARRIVALS | TAKES_DEPARTURES);
  const onIslands = snapPoints(
    network,
    index,
    every,
    Float64Array.from(cutOff, (i) => lon[i]!),
    Float64Array.from(cutOff, (i) => lat[i]!),
    options,
  );
  const opened = findUsefulEdges(network, minIsland, componentsOf(network, onIslands));
  return {
    sources: snapPoints(network, index, opened, lon, lat, options),
    usefulEdges: opened,
    opensIslands: true,
  };
}

/** Components that hold the candidates of points. */
function componentsOf(network: StreetNetwork, snapped: SnappedPoints): Set<number> {
  const { firstArrivalOfEdgeDir, arrivalVertices, componentOfVertex } = network;
  const components = new Set<number>();
  for (const edge of snapped.edges) {
    const end = firstArrivalOfEdgeDir[2 * edge + 2]!;
    for (let i = firstArrivalOfEdgeDir[2 * edge]!; i < end; i++) {
      components.add(componentOfVertex[arrivalVertices[i]!]!);
    }
  }
  return components;
}
