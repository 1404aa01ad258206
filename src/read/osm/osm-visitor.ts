/**
 * What every streaming OSM reader calls, element by element in file order.
 */
import type { NoticeList } from '../../common/notices.ts';
import type { OsmRelation, OsmTags } from './osm-data.ts';

export type OsmMembers = OsmRelation['members'];

/** A reader skips the kinds of element for which the visitor has no method. */
export interface OsmVisitor {
  /** Coordinates in 1e-7 degrees; `tags` undefined where the node has none. */
  node?(id: number, lonE7: number, latE7: number, tags: OsmTags | undefined): void;
  /** `refs` is valid during the call only. */
  way?(id: number, refs: ArrayLike<number>, tags: OsmTags): void;
  relation?(id: number, tags: OsmTags, members: OsmMembers): void;
  /** Position of a way's reference where the way itself carries it (`out geom`); a node element goes first. */
  refPosition?(id: number, lonE7: number, latE7: number): void;
}

export interface OsmReadOptions {
  notices: NoticeList;
  /** Called with the share of the file that has been read, 0 to 1. */
  onProgress?: ((share: number) => void) | undefined;
}

/** True for kinds of element that a text reader must look into: ways also for the positions that they carry. */
export function isWanted(visitor: OsmVisitor, kind: 'node' | 'way' | 'relation'): boolean {
  return visitor[kind] !== undefined || (kind === 'way' && visitor.refPosition !== undefined);
}

/** True for a place on the globe; NaN is none. */
export function isPosition(lonDegrees: number, latDegrees: number): boolean {
  return Math.abs(lonDegrees) <= 180 && Math.abs(latDegrees) <= 90;
}
