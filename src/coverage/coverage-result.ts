/**
 * What the coverage stage takes and gives. Types and fixed values only.
 *
 * In: per mode the time of every cell to its nearest structure, and the population's shares per commune.
 * Out: one `CoverageResult`, which every writer of `report/` reads.
 *
 * Figures of people are exact: every population is a multiple of one power of two, so sums of them, in any order
 * and at any level, carry no rounding (`exact-people.ts` says why).
 */

/** `couverte`: rate 1; `partielle`: below 1; `non couverte`: below `uncoveredBelow`; no people: `sans population`. */
export type CommuneState = 'couverte' | 'partielle' | 'non couverte' | 'sans population';

/** Inner edges of the bands, minutes; the last band is open and is followed by "not connected". */
export const BAND_EDGES_MINUTES: readonly number[] = [10, 15, 20, 30, 45];

/** A commune whose state changes when every time is this much longer or shorter is borderline, minutes. */
export const BORDERLINE_MINUTES = 2;

/** Code of the row that holds the people of no commune (no EPCI, no territoire); reports word its name. */
export const NO_AREA_CODE = '';
export const NO_COMMUNE_NAME = 'hors commune';
export const NO_EPCI_NAME = 'hors EPCI';
export const NO_TERRITOIRE_NAME = 'hors territoire';
export const NO_CANTON_NAME = 'hors canton';

/** One territorial row that people are counted in. */
export interface CoverageArea {
  /** INSEE code of the commune or canton, SIREN of the EPCI, or the territory's name; `''` for "hors commune". */
  code: string;
  nom: string;
}

export interface CoverageCommune extends CoverageArea {
  epci: string | undefined;
  epciNom: string | undefined;
  territoire: string | undefined;
  /** Undefined where no canton holds the whole commune. */
  canton?: string | undefined;
  cantonNom?: string | undefined;
  departement: string | undefined;
}

/** The people of a set of cells in one mode. covered + uncovered + notConnected === population, exactly. */
export interface CoverageTally {
  population: number;
  populationCovered: number;
  /** Reached, but not within the threshold; excludes the not connected. */
  populationUncovered: number;
  /** Not linked to the mode's network, or no path to any structure. */
  populationNotConnected: number;
  /** covered / population, 0 to 1; undefined where the population is 0. */
  rate: number | undefined;
  /** Population-weighted over the people reached, minutes; undefined where nobody is reached. */
  meanMinutes: number | undefined;
  medianMinutes: number | undefined;
  /** Share of the population that mean and median cover, 0 to 1; undefined where the population is 0. */
  reachedShare: number | undefined;
  /** People per band: one per band edge, then over the last edge, then not connected. Sums to population. */
  populationOfBand: number[];
  /** Present where the mode has a timetable. */
  departures?: DepartureTally;
}

/** Over all leaving times of the window, waiting at the stop. */
export interface DepartureTally {
  /** People whose median time is within the threshold: leaving at any minute, they are in half of the cases. */
  populationCoveredMedian: number;
  /** That over the population, 0 to 1; undefined where there are no people. */
  rateMedian: number | undefined;
  /** Share of leaving times within the threshold, the mean over all people, 0 to 1. */
  meanAvailability: number | undefined;
}

/** A tally with the area it belongs to (its position in `CoverageResult.communes`, `.epcis`, `.cantons`, `.territoires`). */
export interface AreaCoverage extends CoverageTally {
  area: CoverageArea;
}

export interface CommuneCoverage extends CoverageTally {
  area: CoverageCommune;
  etat: CommuneState;
  /** The state would change with all times BORDERLINE_MINUTES longer or shorter. */
  borderline: boolean;
  /** The structure that is nearest for most of its people; undefined where nobody is reached. */
  nearestStructure: NearestStructure | undefined;
  /** What those are up against who reach a structure, but not within the threshold; undefined where nobody is. */
  tooLate: TooLate | undefined;
  /** Of transit, where the study has a car: minutes longer than by car, the mean over people who have both. */
  minutesOverCar?: number | undefined;
}

export interface NearestStructure {
  /** Position in the structures given to the search. */
  structureIndex: number;
  /** People of the commune for whom it is the nearest. */
  population: number;
  /** Mean over those people, weighted. */
  meanMinutes: number;
  /** Undefined where the mode has no distances. */
  meanMeters: number | undefined;
}

/** The people of a commune who reach a structure, but not within the threshold: figures of these people alone. */
export interface TooLate {
  /** The structure that is nearest for most of them. */
  nearestStructure: NearestStructure;
  /** Weighted by people. */
  medianMinutes: number;
}

/** Contiguous communes whose state is `non couverte`. Numbered from 1, most people left out first. */
export interface Pocket {
  number: number;
  /** Positions in `CoverageResult.communes`, ascending. */
  communeIndices: number[];
  population: number;
  /** Uncovered and not connected together. */
  populationLeftOut: number;
}

/** What the structures beyond the border bring. */
export interface BorderGain {
  /** People covered when only the structures inside the territory count. */
  populationCoveredWithout: number;
  /** People covered in the headline, less those; >= 0. */
  populationGained: number;
}

export interface StructureCoverage {
  /** Position in the structures given to the search. */
  structureIndex: number;
  /** People for whom it is the nearest, at any time. */
  populationNearest: number;
  /** People within the threshold of it; undefined where no reach lists were given. */
  populationWithin: number | undefined;
  /** People within the threshold of it and of no other. */
  populationAlone: number | undefined;
}

export interface ModeCoverage {
  mode: string;
  /** Modes of which this one is the minimum, cell by cell; undefined for a searched mode. */
  combines: readonly string[] | undefined;
  whole: CoverageTally;
  /** Of the not connected: people whose cell could not be linked to the network of the mode. */
  populationNotLinked: number;
  /** In the order of `CoverageResult.communes`. */
  communes: CommuneCoverage[];
  epcis: AreaCoverage[];
  cantons: AreaCoverage[];
  territoires: AreaCoverage[];
  pockets: Pocket[];
  structures: StructureCoverage[];
  borderGain: BorderGain | undefined;
  /** People covered only because a ferry runs; undefined where the mode's network has none. */
  populationByFerryOnly: number | undefined;
}

/** How the cells found their commune, and which were left out of the study. Cells may be split. */
export interface CellAccount {
  cellCount: number;
  /** Cells wholly outside the study's territory. */
  cellCountOutside: number;
  /** People in cells read and in the study; inside + outside === read, unless a calage scaled those inside. */
  populationRead: number;
  populationInside: number;
  populationOutside: number;
  /** People inside by how their commune was found. Sums to populationInside. */
  populationByRule: Record<ShareRule, number>;
  /** Cells that were split over several communes. */
  cellCountSplit: number;
}

/** `grid`: the grid's own code; `split`: several codes, by area; `centre`: the polygon that holds the centre. */
export type ShareRule = 'grid' | 'split' | 'centre' | 'nearest' | 'none';
export const SHARE_RULES: readonly ShareRule[] = ['grid', 'split', 'centre', 'nearest', 'none'];

export interface CoverageResult {
  thresholdDeciseconds: number;
  /** False: `<`; true: `<=`. */
  inclusive: boolean;
  /** A commune whose rate is below this share is `non couverte`. */
  uncoveredBelow: number;
  bandEdgesMinutes: readonly number[];
  cells: CellAccount;
  /** Every commune of the territory, by code; last, if anyone is in it, `hors commune`. */
  communes: CoverageCommune[];
  epcis: CoverageArea[];
  cantons: CoverageArea[];
  territoires: CoverageArea[];
  /** In the study's order. */
  modes: ModeCoverage[];
}

/** Shares of cells in communes: CSR. Populations are exact (multiples of `unit`). */
export interface CellShares {
  cellCount: number;
  /** Smallest part of a person that is counted: a power of two. */
  unit: number;
  /** cell -> first entry; length cellCount + 1. A cell left out of the study has no entry. */
  firstEntryOfCell: Uint32Array;
  /** entry -> position in `communes`; NO_INDEX where the study has no communes. */
  communeOfEntry: Uint32Array;
  /** entry -> people. */
  populationOfEntry: Float64Array;
  /** entry -> how its commune was found; needed where people are scaled. */
  ruleOfEntry?: readonly ShareRule[];
  communes: CoverageCommune[];
  account: CellAccount;
}

/** The search's answer for one mode; arrays of one value per cell. */
export interface ModeTimes {
  mode: string;
  /** Deciseconds door to door, UNREACHED where no path leads to any structure. */
  timeOfCell: Int32Array;
  /** Position of the nearest structure, -1 where none. */
  nearestStructureOfCell: Int32Array;
  /** Decimetres along the fastest way; undefined where the mode has none (transit). */
  distanceOfCell: Int32Array | undefined;
  /** 0 where the cell could not be linked to the network of the mode. */
  linkedCell: Uint8Array;
  /** Times with only the structures inside the territory, for the border gain. */
  timeOfCellWithoutBeyond?: Int32Array;
  /** Times without any ferry; absent where the network has none. */
  timeOfCellWithoutFerries?: Int32Array;
  /** Of a timetable: median over leaving times, deciseconds, UNREACHED where half of them do not arrive. */
  medianOfCell?: Float64Array;
  /** Of a timetable: share of leaving times within the threshold. */
  availabilityOfCell?: Float64Array;
  /** Cells within the threshold of each structure (CSR), for `structures.csv`. */
  reach?: StructureReach;
}

export interface StructureReach {
  /** structure -> first position in cellsOfStructure; length structureCount + 1. */
  firstCellOfStructure: Uint32Array;
  /** Cells within the threshold, each once per structure. */
  cellsOfStructure: Uint32Array;
}

/** A declared combination, such as `car_or_transit` of car and transit. */
export interface ModeCombination {
  mode: string;
  combines: readonly string[];
}

export interface CoverageInput {
  shares: CellShares;
  structureCount: number;
  thresholdDeciseconds: number;
  inclusive: boolean;
  uncoveredBelow: number;
  /** Default BAND_EDGES_MINUTES. */
  bandEdgesMinutes?: readonly number[];
  modes: readonly ModeTimes[];
  combinations?: readonly ModeCombination[];
  /** The order of the result's modes; default: searched modes, then combinations. */
  modeOrder?: readonly string[];
  /** Pairs of positions in `shares.communes` that share a border (`buildCommuneBorders`); without: no pockets. */
  communeBorders?: ReadonlyArray<readonly [number, number]>;
}
