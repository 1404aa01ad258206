/**
 * Records that readers produce and later stages take: population cells, communes, structures, territories.
 * Types only.
 */
import type { MultiPolygon, Polygon } from 'geojson';

/** Where a cell's people stand: on a published grid, or spread from a commune's total (marked in the outputs). */
export type CellOrigin = 'grid' | 'building' | 'street' | 'townhall' | 'inside-point';

/**
 * What a grid tells of a cell's people; parallel to the cells, and undefined where no grid has the column. NaN
 * where the cell's own grid has not. Counts are fractional; no figure may be given for fewer than 11 households.
 */
export interface CellSegments {
  households?: Float64Array;
  poorHouseholds?: Float64Array;
  /** People under 18, from 65 on (those from 80 on included), from 80 on. */
  under18?: Float64Array;
  from65?: Float64Array;
  from80?: Float64Array;
}

/** Population by cell; parallel arrays of length `count`, in the order of the files. */
export interface PopulationCells {
  count: number;
  id: string[];
  lon: Float64Array;
  lat: Float64Array;
  /** People, fractional, unrounded, >= 0. */
  population: Float64Array;
  /** Side of the square cell in metres; 0 where unknown or where the cell is a point. */
  sideMeters: Float64Array;
  /** Commune codes that the grid itself gives (usually one); undefined where it gives none. */
  communeCodes: Array<readonly string[] | undefined>;
  origin: CellOrigin[];
  /** 1 where the producer imputed the cell; undefined if the grid has no such column. */
  imputed: Uint8Array | undefined;
  segments?: CellSegments;
}

/** Points among which a commune's people are spread, and their weights (> 0): parallel arrays. */
export interface WeightedPlaces {
  lon: Float64Array;
  lat: Float64Array;
  weight: Float64Array;
}

/** Where people may live, from OpenStreetMap. */
export interface OsmPlaces {
  /** Residential buildings. */
  buildings: WeightedPlaces;
  /** Points along residential streets. */
  streets: WeightedPlaces;
  /** Town halls; `communeCode[i]` is the INSEE code that the object bears, if any. */
  townhalls: { lon: Float64Array; lat: Float64Array; communeCode?: ReadonlyArray<string | undefined> };
}

export interface Commune {
  code: string;
  nom: string;
  departement: string | undefined;
  /** Population of the npm package (municipal), undefined if unknown. */
  population: number | undefined;
  /** Polygon in lon, lat (WGS84); undefined where no polygon was given. */
  geometry: Polygon | MultiPolygon | undefined;
  /** SIREN code of the EPCI, and its name. */
  epci: string | undefined;
  /** Territoires d'action sociale from the user's CSV. */
  territoire: string | undefined;
  /** Code of the one canton that holds it; undefined where several do, or where nothing says. */
  canton?: string | undefined;
}

export interface Canton {
  code: string;
  nom: string;
}

export interface Epci {
  code: string;
  nom: string;
}

export interface Structure {
  id: string;
  nom: string;
  /** Vocabulary of `data/structure-types.json`, or the list's own word. */
  type: string;
  /** The type is in no table and the study maps it to none: it does not count in the headline. */
  isTypeUnknown?: boolean | undefined;
  cercle: 1 | 2;
  /** False where the circle was derived from the type. */
  cercleStated: boolean;
  lon: number;
  lat: number;
  adresse: string | undefined;
  codeInsee: string | undefined;
  engagee: boolean;
  /** False where the list does not say (a missing value means engaged). */
  engageeStated: boolean;
  dateEngagement: string | undefined;
  format: 'fixe' | 'multisite' | 'antenne' | 'bus' | 'itinerant';
  /** Opening hours in OSM syntax, or undefined = unknown, counted as open. */
  horaires: string | undefined;
  /** What the list writes of its hours, where nobody understands it; `horaires` is then undefined. */
  unreadHours?: string | undefined;
  /** The hours are known, and never open in the week studied. */
  isClosedThatWeek?: boolean | undefined;
  /** Day on which it signed the charter (`date_charte`), `YYYY-MM-DD`. */
  dateCharte?: string | undefined;
  /** Follow-up of the reference document, where the list says so: receives all kinds of requests, measures
   * satisfaction, has been audited. Undefined = the list does not say. */
  polyvalent?: boolean | undefined;
  satisfaction?: boolean | undefined;
  audit?: boolean | undefined;
  /** Receives with an appointment, without one; undefined = the list does not say. */
  avecRdv?: boolean | undefined;
  sansRdv?: boolean | undefined;
  /** Ways to reach it besides going there: counted, never covering. */
  telephone?: boolean | undefined;
  numerique?: boolean | undefined;
  /** Where its position comes from; undefined = the list's own. */
  positionOrigin?: 'townhall' | 'inside-point' | undefined;
  /** Of a stop of an itinerant structure or bus: the structure's id, and whether the stop's calendar opens it in
   * the week studied (undefined: no calendar, or one that cannot be read). */
  stop?: { of: string; opens: boolean | undefined } | undefined;
  file: string;
  row: number;
}
