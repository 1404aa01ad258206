/**
 * Elements that a file holds in several versions, as a merge of extracts of different days or a file with its history
 * does: the highest version counts, of equal ones one with tags before a bare one (Overpass' "out body; >; out skel"
 * repeats a gate without its tags), else the later. A highest version that says "deleted" leaves nothing.
 *
 * Ids that ascend within their kind repeat nothing, and that is how files are published: so the order is watched, at
 * the cost of a comparison, and only a file in another order is read again, with all its ids held (12 bytes an
 * element), and once more where ids do repeat.
 */
import { GrowingArray } from './growing-array.ts';
import type { OsmTags } from './osm-data.ts';
import type { ElementVisitor, OsmKind, OsmVisitor } from './osm-visitor.ts';
import { UnsortedError } from './pbf-errors.ts';

/** Whether an element is to be passed on. */
type Admits = (kind: OsmKind, id: number, version: number, tags: OsmTags | undefined) => boolean;

/** That an element is deleted says as much as tags would. */
const DELETED: OsmTags = { deleted: 'yes' };

/** Passes elements on; throws an UnsortedError at the first id that does not ascend within its kind. */
export function watchOrder(visitor: OsmVisitor): ElementVisitor {
  const lastId = { node: -Infinity, way: -Infinity, relation: -Infinity };
  return passOn(visitor, (kind, id) => {
    if (id <= lastId[kind]) throw new UnsortedError();
    lastId[kind] = id;
    return true;
  });
}

/** All versions of a file, in its order. */
export class ElementVersions {
  /** Elements of an id that another one goes before. */
  supersededCount = 0;
  private readonly listOfKind = {
    node: new VersionList(),
    way: new VersionList(),
    relation: new VersionList(),
  };

  /** Passes elements on, and notes them. */
  record(visitor: OsmVisitor): ElementVisitor {
    const { listOfKind } = this;
    const passing = passOn(visitor, (kind, id, version, tags) => {
      listOfKind[kind].add(id, rankOf(version, tags));
      return true;
    });
    return { ...passing, wantsVersions: true };
  }

  /** To be called once all are recorded: `supersededCount` is known from then on. */
  compare(): void {
    for (const list of Object.values(this.listOfKind)) this.supersededCount += list.compare();
  }

  /** Passes on what counts, of the same elements in the same order. */
  filter(visitor: OsmVisitor): ElementVisitor {
    const nextOfKind = { node: 0, way: 0, relation: 0 };
    return passOn(visitor, (kind, id) => this.listOfKind[kind].counts(id, nextOfKind[kind]++));
  }
}

class VersionList {
  private readonly ids = new GrowingArray(Float64Array);
  private readonly ranks = new GrowingArray(Uint32Array);
  /** Ids that repeat -> position of the element that counts. */
  private readonly bestOfId = new Map<number, number>();

  add(id: number, rank: number): void {
    this.ids.push(id);
    this.ranks.push(rank);
  }

  /** Finds the ids that repeat; returns how many elements do not count for that. */
  compare(): number {
    const { ids, ranks, bestOfId } = this;
    const sorted = ids.toArray().sort();
    let supersededCount = 0;
    for (let i = 1; i < sorted.length; i++) {
      if (sorted[i] !== sorted[i - 1]) continue;
      supersededCount++;
      bestOfId.set(sorted[i]!, -1);
    }
    if (supersededCount === 0) return 0;
    for (let i = 0; i < ids.length; i++) {
      const best = bestOfId.get(ids.at(i));
      if (best !== undefined && (best < 0 || ranks.at(i) >= ranks.at(best))) bestOfId.set(ids.at(i), i);
    }
    return supersededCount;
  }

  counts(id: number, position: number): boolean {
    return (this.bestOfId.get(id) ?? position) === position;
  }
}

/** A visitor that passes on what is admitted; deleted elements are asked about as all others, and go no further. */
function passOn(visitor: OsmVisitor, admits: Admits): ElementVisitor {
  let isWayAdmitted = true;
  const passing: ElementVisitor = {
    deleted: (kind, id, version) => void admits(kind, id, version, DELETED),
  };
  if (visitor.node !== undefined) {
    passing.node = (id, lonE7, latE7, tags, version) => {
      if (admits('node', id, version, tags)) visitor.node!(id, lonE7, latE7, tags, version);
    };
  }
  if (visitor.way !== undefined || visitor.refPosition !== undefined) {
    passing.way = (id, refs, tags, version) => {
      isWayAdmitted = admits('way', id, version, tags);
      if (isWayAdmitted) visitor.way?.(id, refs, tags, version);
    };
  }
  if (visitor.relation !== undefined) {
    passing.relation = (id, tags, members, version) => {
      if (admits('relation', id, version, tags)) visitor.relation!(id, tags, members, version);
    };
  }
  if (visitor.refPosition !== undefined) {
    passing.refPosition = (id, lonE7, latE7) => {
      if (isWayAdmitted) visitor.refPosition!(id, lonE7, latE7);
    };
  }
  return passing;
}

/** Greater for what goes before others of its id. */
function rankOf(version: number, tags: OsmTags | undefined): number {
  for (const _ in tags) return 2 * version + 1;
  return 2 * version;
}
