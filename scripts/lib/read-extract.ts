/**
 * Reads a whole extract with all its tags for the generators: Overpass JSON (https://overpass-api.de), or
 * `.osm.pbf` through the npm package osm-pbf-parser-node. Small files only: everything stays in memory.
 */
import { readFileSync } from 'node:fs';
import { createOSMStream } from 'osm-pbf-parser-node';
import {
  type OsmContents,
  type OsmElementTags,
  type OsmMemberType,
  type OsmNode,
  type OsmRelation,
  type OsmWay,
  sortContents,
} from './osm-elements.ts';

/** An element as Overpass JSON and osm-pbf-parser-node give it. */
interface RawElement {
  type?: 'node' | 'way' | 'relation';
  id: number;
  lon?: number;
  lat?: number;
  nodes?: number[];
  refs?: number[];
  members?: Array<{ type: OsmMemberType; ref: number; role: string }>;
  tags?: OsmElementTags;
}

/** Elements of the file, sorted by id, each once. Throws where the file is neither JSON nor PBF. */
export async function readExtract(path: string): Promise<OsmContents> {
  const nodes = new Map<number, OsmNode>();
  const ways = new Map<number, OsmWay>();
  const relations = new Map<number, OsmRelation>();
  for await (const element of readElements(path)) {
    const { type, id } = element;
    const tags = element.tags === undefined ? {} : { tags: element.tags };
    if (type === 'node') nodes.set(id, { id, lon: element.lon ?? 0, lat: element.lat ?? 0, ...tags });
    if (type === 'way') ways.set(id, { id, refs: element.nodes ?? element.refs ?? [], ...tags });
    if (type === 'relation') relations.set(id, { id, members: element.members ?? [], ...tags });
  }
  return sortContents({
    nodes: [...nodes.values()],
    ways: [...ways.values()],
    relations: [...relations.values()],
  });
}

async function* readElements(path: string): AsyncGenerator<RawElement> {
  if (path.endsWith('.json')) {
    yield* (JSON.parse(readFileSync(path, 'utf8')) as { elements: RawElement[] }).elements;
    return;
  }
  if (!path.endsWith('.pbf')) throw new Error(`${path}: expected a name that ends in .json or .osm.pbf`);
  for await (const batch of createOSMStream(path)) {
    const elements = Array.isArray(batch) ? (batch as RawElement[]) : [batch as RawElement];
    for (const element of elements) if (element.type !== undefined) yield element;
  }
}
