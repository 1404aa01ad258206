/**
 * What every writer of a result takes: the coverage result, and what else is known of the study, its structures,
 * its inputs and the defects of its data. Types only.
 */
import type { FeatureCollection, LineString, MultiLineString, MultiPolygon, Polygon } from 'geojson';
import type { Notice } from '../common/notices.ts';
import type { CellShares, CoverageResult, ModeTimes } from '../coverage/coverage-result.ts';
import type { FollowUp } from '../planning/follow-up.ts';
import type { TargetReport } from '../planning/targets.ts';
import type { Reception } from '../read/reception.ts';
import type { CellOrigin, PopulationCells, Structure } from '../read/records.ts';
import type { Language } from './texts.ts';
import type { TransitReport } from './transit-report.ts';
import type { UnknownTypesReport, VariantReport } from './variants-report.ts';

/** Version of the layout of all outputs; changes with any change to a name or a meaning. */
export const OUTPUT_SCHEMA_VERSION = '1.0';

/** `excel`: `;`, decimal comma, BOM, CRLF; `standard`: `,`, decimal point, neither. */
export type CsvDialect = 'excel' | 'standard';

export interface ReportStudy {
  name: string;
  /** The day that the study describes, YYYY-MM-DD. */
  date: string;
  departement: string | undefined;
  /** Invented data, such as the embedded example; said wherever figures show. */
  isFictional: boolean;
}

export interface ReportStructure extends Structure {
  /** Outside the study's territory, but counted. */
  isBeyondBorder: boolean;
}

/** A structure that was not counted, and why (one of the texts' reasons, or a sentence). */
export interface LeftOutStructure {
  structure: Structure;
  reason: string;
}

export interface InputFile {
  /** As the study names it. */
  path: string;
  /** roads, population, communes, structures … */
  role: string;
  sha256: string;
  bytes: number;
  /** Producer, data set and date where known. */
  source?: string;
  licence?: string;
  /** Day of the data, YYYY-MM-DD, where the file says so. */
  date?: string;
}

/** How far points lie off the network of a mode. */
export interface SnapSummary {
  count: number;
  /** Points that could not be linked. */
  notLinkedCount: number;
  medianMeters: number | undefined;
  p95Meters: number | undefined;
  maxMeters: number | undefined;
}

export interface ModeSnaps {
  mode: string;
  cells: SnapSummary;
  structures: SnapSummary;
  /** structure -> metres off the network, NaN where not linked. */
  metersOfStructure: Float64Array;
}

/** Drawn under and over the communes on the map, in lon, lat. */
export interface MapLayers {
  /** Nested bands, property `minutes`; drawn as outlines. */
  isochrones?: FeatureCollection<Polygon | MultiPolygon, { minutes: number }>;
  mainRoads?: ReadonlyArray<LineString | MultiLineString>;
  rivers?: ReadonlyArray<LineString | MultiLineString>;
}

export interface FollowUpReport extends FollowUp {
  /** As the study declares it: no figure of the tool's. */
  declared: { sdaasapCompletion: number | undefined; networkTools: readonly string[] };
}

/** What is known of each cell; cells outside the study have no share. */
export interface ReportCells {
  cells: PopulationCells;
  shares: CellShares;
  /** In the order of the result's modes, combinations included. */
  times: readonly ModeTimes[];
}

export interface ReportInput {
  language: Language;
  csv: CsvDialect;
  /** Version of maillage. */
  version: string;
  study: ReportStudy;
  result: CoverageResult;
  /** In the order given to the search. */
  structures: readonly ReportStructure[];
  leftOutStructures: readonly LeftOutStructure[];
  /** Of the structures counted, how many rows do not say, and what was assumed instead. */
  assumed: { engaged: number; cercle: number; hours: number; unreadHours: number };
  /** Commune code -> polygon. */
  geometryOfCommune: ReadonlyMap<string, Polygon | MultiPolygon>;
  /** People by where the cells come from; sums to the people in the study. */
  populationByOrigin: Readonly<Partial<Record<CellOrigin, number>>>;
  /** Share of the people in cells that the producer imputed; undefined if the grid does not say. */
  imputedShare: number | undefined;
  /** People before and after the scaling to official populations, and the sum of these; absent without calage. */
  calage?: {
    populationBefore: number;
    populationAfter: number;
    populationOfficial: number;
    communeCountScaled: number;
  };
  snaps: readonly ModeSnaps[];
  inputs: readonly InputFile[];
  /** Every parameter, defaults included, in a fixed order. */
  parameters: Readonly<Record<string, unknown>>;
  notices: readonly Notice[];
  /** How many things the notices tell of, by code, also those beyond the ones kept. */
  noticeCounts: ReadonlyMap<string, number>;
  cells: ReportCells;
  /** Layers of the map by mode. */
  layersOfMode: ReadonlyMap<string, MapLayers>;
  /** Present where transit is a mode of the study. */
  transit?: TransitReport;
  /** Structures engaged by territory, nature and year, and what the département declares. */
  followUp?: FollowUpReport;
  /** Present where the study sets targets. */
  targets?: TargetReport;
  /** How the structures counted receive people. */
  reception: Reception;
  /** Those that the study asks for, in its order. */
  variants: readonly VariantReport[];
  /** Undefined where every type is known. */
  unknownTypes?: UnknownTypesReport | undefined;
}
