/**
 * Elements of OpenStreetMap as the scripts draw them and as the writers take them: plain records in degrees,
 * in the order in which a file lists them.
 */

export type OsmElementTags = Readonly<Record<string, string>>;

/** What an element's metadata says of its history. */
export interface OsmState {
  version?: number;
  /** A version that says that the element is no more; only files with a history hold any. */
  isDeleted?: boolean;
}

export interface OsmNode extends OsmState {
  id: number;
  /** Degrees; files keep whole 1e-7 degrees. */
  lon: number;
  lat: number;
  tags?: OsmElementTags;
}

export interface OsmWay extends OsmState {
  id: number;
  /** Ids of nodes. */
  refs: readonly number[];
  /** Where the nodes lie, one for each reference, undefined where that is not known; for files without nodes. */
  positions?: ReadonlyArray<{ lon: number; lat: number } | undefined>;
  tags?: OsmElementTags;
}

export type OsmMemberType = 'node' | 'way' | 'relation';

export interface OsmRelation extends OsmState {
  id: number;
  members: ReadonlyArray<{ type: OsmMemberType; ref: number; role: string }>;
  tags?: OsmElementTags;
}

export interface OsmContents {
  nodes: readonly OsmNode[];
  ways: readonly OsmWay[];
  relations: readonly OsmRelation[];
}

/** Bounds in degrees: west, south, east, north. */
export type OsmBounds = readonly [number, number, number, number];

/** Bounds of some nodes; undefined where there is none. */
export function findBounds(nodes: Iterable<OsmNode>): OsmBounds | undefined {
  let west = Number.POSITIVE_INFINITY;
  let south = Number.POSITIVE_INFINITY;
  let east = Number.NEGATIVE_INFINITY;
  let north = Number.NEGATIVE_INFINITY;
  for (const { lon, lat } of nodes) {
    if (lon < west) west = lon;
    if (lon > east) east = lon;
    if (lat < south) south = lat;
    if (lat > north) north = lat;
  }
  return west <= east ? [west, south, east, north] : undefined;
}

/** The same contents in the canonical order of files: nodes, ways and relations by ascending id. */
export function sortContents(contents: OsmContents): OsmContents {
  const byId = (a: { id: number }, b: { id: number }): number => a.id - b.id;
  return {
    nodes: [...contents.nodes].sort(byId),
    ways: [...contents.ways].sort(byId),
    relations: [...contents.relations].sort(byId),
  };
}
