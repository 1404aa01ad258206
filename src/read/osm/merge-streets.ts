/**
 * Several road files as one: neighbouring régions overlap, and a street at the border is cut in each. Elements
 * are told apart by id; of a way the version with the fewest missing nodes is taken (of equal ones the last),
 * and what another file knows of its nodes is used.
 */
import { NoticeList } from '../../common/notices.ts';
import { NO_INDEX } from '../../common/units.ts';
import { OsmStreetsBuilder } from './osm-builder.ts';
import type { OsmStreets } from './osm-data.ts';

/** Merges the streets of several files into the canonical form that one file with all of them would give. */
export function mergeOsmStreets(parts: readonly OsmStreets[]): OsmStreets {
  if (parts.length === 1) return parts[0]!;
  // Repeated ids are the rule here, not a defect: the builder's notices are dropped.
  const builder = new OsmStreetsBuilder(new NoticeList(0));
  for (const part of parts) addNodes(builder, part);
  addWays(builder, parts);
  for (const part of parts) {
    for (const { relationId, tags, members } of [...part.restrictions, ...part.crossings])
      builder.addRelation(relationId, tags, members);
  }
  return builder.build();
}

function addNodes(builder: OsmStreetsBuilder, part: OsmStreets): void {
  let tagged = 0;
  for (let node = 0; node < part.nodeCount; node++) {
    const hasTags = part.taggedNodes[tagged] === node;
    const tags = hasTags ? part.tagSets[part.tagSetOfTaggedNode[tagged]!] : undefined;
    if (hasTags) tagged++;
    builder.addNode(part.idOfNode[node]!, part.lonOfNode[node]!, part.latOfNode[node]!, tags);
  }
}

interface WayVersion {
  part: OsmStreets;
  way: number;
}

/** Walks the parts by ascending way id, all versions of an id at once. */
function addWays(builder: OsmStreetsBuilder, parts: readonly OsmStreets[]): void {
  const cursors = parts.map(() => 0);
  for (;;) {
    let id = Number.POSITIVE_INFINITY;
    parts.forEach((part, i) => {
      if (cursors[i]! < part.wayCount) id = Math.min(id, part.idOfWay[cursors[i]!]!);
    });
    if (id === Number.POSITIVE_INFINITY) return;
    const versions: WayVersion[] = [];
    parts.forEach((part, i) => {
      if (part.idOfWay[cursors[i]!] === id) versions.push({ part, way: cursors[i]!++ });
    });
    const { part, way } = fullestVersion(versions);
    builder.addWay(id, refIds(versions, part, way), part.tagSets[part.tagSetOfWay[way]!]!);
  }
}

/** The version with the fewest missing nodes; of equal ones the last. */
function fullestVersion(versions: readonly WayVersion[]): WayVersion {
  let best = versions[0]!;
  if (versions.length === 1) return best;
  for (const version of versions) if (missingCount(version) <= missingCount(best)) best = version;
  return best;
}

function missingCount({ part, way }: WayVersion): number {
  let count = 0;
  for (let ref = part.firstRefOfWay[way]!; ref < part.firstRefOfWay[way + 1]!; ref++) {
    if (part.nodeOfRef[ref] === NO_INDEX) count++;
  }
  return count;
}

/** Node ids of a way, NaN where no version of the same length knows the node. */
function refIds(versions: readonly WayVersion[], part: OsmStreets, way: number): Float64Array {
  const first = part.firstRefOfWay[way]!;
  const ids = new Float64Array(part.firstRefOfWay[way + 1]! - first).fill(Number.NaN);
  for (const other of [{ part, way }, ...versions]) {
    const start = other.part.firstRefOfWay[other.way]!;
    if (other.part.firstRefOfWay[other.way + 1]! - start !== ids.length) continue;
    for (let i = 0; i < ids.length; i++) {
      const node = other.part.nodeOfRef[start + i]!;
      if (Number.isNaN(ids[i]) && node !== NO_INDEX) ids[i] = other.part.idOfNode[node]!;
    }
  }
  return ids;
}
