/**
 * What every OSM reader produces, whatever the file format: the ways that a mode may use, the nodes they
 * need, the turn restrictions, and on demand the buildings and places. Flat typed arrays; the tags of ways
 * and nodes are interned as *tag sets*, since a région has hundreds of thousands of ways but only some
 * thousand different combinations of the keys that matter, so that every tag rule runs once per combination.
 *
 * Order is canonical (ascending ids), so that the same data in another file format gives the same arrays.
 */

/** Tags of one set: only keys in `RELEVANT_KEYS`, in key order. */
export type OsmTags = Readonly<Record<string, string>>;

export interface OsmRelation {
  relationId: number;
  tags: OsmTags;
  /** Members in file order. `type` n, w or r. */
  members: ReadonlyArray<{ type: 'n' | 'w' | 'r'; id: number; role: string }>;
}

export interface OsmStreets {
  /** Number of nodes kept: those that a kept way refers to. */
  nodeCount: number;
  /** node -> OSM id, ascending. */
  idOfNode: Float64Array;
  /** node -> 1e-7 degrees. */
  lonOfNode: Int32Array;
  latOfNode: Int32Array;
  /** node -> tag set, for tagged nodes only: parallel arrays, nodes ascending. */
  taggedNodes: Uint32Array;
  tagSetOfTaggedNode: Uint32Array;

  wayCount: number;
  /** way -> OSM id, ascending. */
  idOfWay: Float64Array;
  /** way -> index of its first reference; length wayCount + 1. */
  firstRefOfWay: Uint32Array;
  /** reference -> node, or NO_INDEX where the file lacks the node. */
  nodeOfRef: Uint32Array;
  /** way -> tag set. */
  tagSetOfWay: Uint32Array;

  tagSets: readonly OsmTags[];
  restrictions: readonly OsmRelation[];
  /** Routes of ferries and car trains whose `duration` stands on the relation, not on its ways. */
  crossings: readonly OsmRelation[];
  /** Bounds of the kept nodes in degrees: west, south, east, north. */
  bounds: readonly [number, number, number, number];
}
