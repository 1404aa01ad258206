/** What `matrix` is asked for, and its points linked to the streets. Types only. */
import type Flatbush from 'flatbush';
import type { StreetMode } from '../common/units.ts';
import type { Cache } from '../runtime/cache.ts';
import type { Engine } from '../runtime/street-tasks.ts';
import type { SnappedPoints } from '../streets/snapping.ts';
import type { StreetNetwork } from '../streets/street-network.ts';
import type { PointTable } from './point-table.ts';

export interface MatrixOptions {
  osm: string[];
  mode: StreetMode | 'transit';
  from: string;
  to: string;
  out: string | undefined;
  force: boolean;
  cutoff: number | undefined;
  walkSpeed: number;
  bikeSpeed: number;
  snapRadius: number;
  minIsland: number;
  threads: number;
  engine: Engine;
  gtfs: string[] | undefined;
  date: string;
  /** Seconds of the day. */
  depart: number;
  /** Minutes. */
  window: number;
  maxWalk: number | undefined;
  /** A folder, true (the default folder), or false (`--no-cache`). */
  cache: string | boolean | undefined;
  quiet: boolean;
}

/** The points of a matrix, linked to the network of its mode (for transit, the walkers'). */
export interface LinkedMatrix {
  network: StreetNetwork;
  networkName: string;
  index: Flatbush | undefined;
  usefulEdges: Uint8Array;
  from: PointTable;
  to: PointTable;
  origins: SnappedPoints;
  destinations: SnappedPoints;
  cache: Cache;
}
