/**
 * What the report's page holds for its script, embedded as JSON: figures by commune and mode, geometry, cells.
 * Coordinates are whole units of 1e-5 degrees (about a metre), each the difference from the one before; columns
 * rather than objects, so that a département stays small. Types only: the page reads what `build-page-data.ts`
 * writes.
 */
import type { Topology } from 'topojson-specification';
import type { CommuneState } from '../coverage/coverage-result.ts';
import type { Language, StructureGroup } from './text-keys.ts';

/** Units of a degree in which the page's coordinates are written. */
export const PAGE_UNITS_PER_DEGREE = 1e5;

/** lon, lat, lon, lat …: the first pair as it is, each further one as the difference from the one before. */
export type DeltaLine = number[];

export interface PageData {
  language: Language;
  thresholdDeciseconds: number;
  inclusive: boolean;
  /** "en moins de 30 minutes" */
  threshold: string;
  /** Empty for invented data. */
  attribution: string;
  /** West, south, east, north of what the map shows at first. */
  bounds: readonly [number, number, number, number];
  bandEdgesMinutes: readonly number[];
  /** One label and colour per band; the last is "not connected". */
  bandLabels: readonly string[];
  bandColors: readonly string[];
  modes: PageMode[];
  communes: PageCommunes;
  /** Object `communes`: polygons whose id is the commune's position; null where there are none. */
  topology: Topology | null;
  structures: PageStructure[];
  cells: PageCells | null;
  roads: DeltaLine[];
  rivers: DeltaLine[];
}

/** Columns, in the order of the result's communes. */
export interface PageCommunes {
  code: string[];
  name: string[];
  epci: string[];
  population: number[];
}

export interface PageMode {
  mode: string;
  title: string;
  /** Columns of the communes, null where the figure does not exist. */
  rate: Array<number | null>;
  state: CommuneState[];
  borderline: boolean[];
  leftOut: number[];
  notConnected: number[];
  /** Of those reached too late: median minutes, and the position of the structure nearest for most of them. */
  tooLate: Array<readonly [medianMinutes: number, structure: number] | null>;
  medianMinutes: Array<number | null>;
  /** Position of the structure that is nearest for most. */
  nearest: Array<number | null>;
  nearestMinutes: Array<number | null>;
  /** Nested bands, the widest first: polygons of rings. */
  bands: Array<{ minutes: number; polygons: DeltaLine[][] }>;
}

export interface PageStructure {
  name: string;
  type: string;
  group: StructureGroup;
  cercle: 1 | 2;
  isBeyondBorder: boolean;
  lon: number;
  lat: number;
}

/** Columns of one value per cell that the study counts. */
export interface PageCells {
  /** All positions as one delta-coded line. */
  positions: DeltaLine;
  /** Metres; one value where all are equal. */
  side: number[];
  /** Radians that squares stand turned against the meridian; null: draw circles. */
  turn: number | null;
  /** Rounded to a tenth. */
  population: number[];
  /** mode -> deciseconds, -1 where not connected. */
  time: number[][];
  /** mode -> position of the nearest structure, -1 where none. */
  nearest: number[][];
}
