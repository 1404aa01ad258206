/**
 * What every streaming OSM reader calls, element by element in file order.
 */
import type { NoticeList } from '../../common/notices.ts';
import type { OsmRelation, OsmTags } from './osm-data.ts';

export type OsmMembers = OsmRelation['members'];

export type OsmKind = 'node' | 'way' | 'relation';

/** A reader skips the kinds of element for which the visitor has no method. */
export interface ElementVisitor {
  /** Coordinates in 1e-7 degrees; `tags` undefined where the node has none. `version` is 0 where it has none. */
  node?(id: number, lonE7: number, latE7: number, tags: OsmTags | undefined, version: number): void;
  /** `refs` is valid during the call only. */
  way?(id: number, refs: ArrayLike<number>, tags: OsmTags, version: number): void;
  relation?(id: number, tags: OsmTags, members: OsmMembers, version: number): void;
  /**
   * Position of a reference of the way just passed, where the way itself carries it (`out geom`,
   * `LocationsOnWays`); a node element goes first.
   */
  refPosition?(id: number, lonE7: number, latE7: number): void;
  /** Whether versions are looked at: readers that have to look for them elsewhere may else pass 0. */
  wantsVersions?: boolean;
  /** A version that says that the element is no more. Of kinds that are looked at only. */
  deleted?(kind: OsmKind, id: number, version: number): void;
}

/** What those who want elements hand in: of an id that a file holds several times they get the highest version. */
export interface OsmVisitor extends Omit<ElementVisitor, 'deleted' | 'wantsVersions'> {
  /**
   * All elements so far are to be forgotten, they come again: the file holds several versions of one. A visitor that
   * may hear of an id twice and take the later needs no such method.
   */
  restart?(): void;
}

export interface OsmReadOptions {
  notices: NoticeList;
  /** Called with the share of the file that has been read, 0 to 1. */
  onProgress?: ((share: number) => void) | undefined;
}

/** True for kinds of element that a text reader must look into: ways also for the positions that they carry. */
export function isWanted(visitor: ElementVisitor, kind: OsmKind): boolean {
  return visitor[kind] !== undefined || (kind === 'way' && visitor.refPosition !== undefined);
}

/** The version of an element as a file states it; 0 where it states none. */
export function versionOf(stated: unknown): number {
  const version = Number(stated ?? 0);
  return Number.isInteger(version) && version > 0 && version < 2 ** 31 ? version : 0;
}

/** True for a place on the globe; NaN is none. */
export function isPosition(lonDegrees: number, latDegrees: number): boolean {
  return Math.abs(lonDegrees) <= 180 && Math.abs(latDegrees) <= 90;
}
