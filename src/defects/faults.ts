/**
 * Every fault that ends a command or the reading of an input, by its code, with what is needed to tell it. Who finds one
 * raises its code, its parameters and its place; the words are in `src/words`, one folder a language. Types only.
 */

/** For faults that say all by their code. */
export type NoParameters = Readonly<Record<never, never>>;

/** What timetables cover: days as YYYY-MM-DD. */
export type FeedPeriods = ReadonlyArray<{ name: string; first: string; last: string }>;

/** YYYY-MM-DD, and the day of the week from Monday, 0. */
export interface NamedDay {
  date: string;
  weekday: number;
}

/** Of the command line. */
export interface CommandFaults {
  'direction-unknown': NoParameters;
  'isochrones-of-nothing': NoParameters;
  'gtfs-missing': NoParameters;
  'place-off-streets': { mode: string; meters: number };
  'study-and-place': { flags: string };
  'isochrone-mode-unknown': { mode: string; modes: string };
  'gtfs-needless': { mode: string };
  'points-off-streets': { option: string };
}

/** Of the study file. */
export interface StudyFaults {
  'past-result-foreign': NoParameters;
  'past-result-no-json': NoParameters;
  'commune-code-unknown': NoParameters;
  'study-is-folder': NoParameters;
  'study-is-stream': NoParameters;
  'study-without-keys': NoParameters;
  'polygons-missing-for-key': { key: string };
  'street-mode-missing': { modes: string };
  'target-unit-no-percent': { calculation: string };
  'target-calculation-unknown': { nearest: string | undefined; known: string };
  'past-result-unreadable': { reason: string };
  'commune-code-is-postal': { served: string };
  'speed-out-of-range': { name: string; least: number; greatest: number };
  'speed-no-group': { name: string };
  'speed-unknown': { name: string; allowed: string };
  'study-unreadable': { reason: string };
  'study-too-large': { megabytes: number };
}

/** Of places to write to, and the cache. */
export interface OutputFaults {
  'study-exists': NoParameters;
  'cache-file-stuck': NoParameters;
  'cache-unreadable': NoParameters;
  'cache-link-dangling': NoParameters;
  'cache-is-file': NoParameters;
  'place-below-file': NoParameters;
  'output-is-folder': NoParameters;
  'output-foreign': NoParameters;
  'output-is-input': NoParameters;
  'link-in-circle': NoParameters;
  'result-is-file': NoParameters;
  'result-link-dangling': NoParameters;
  'result-locked': NoParameters;
  'standard-output-stuck': NoParameters;
  'result-is-mount-point': { inside: string };
}

/** Of files of any kind. */
export interface FileFaults {
  'file-unreachable': NoParameters;
  'file-is-7z': NoParameters;
  'features-missing': NoParameters;
  'coordinates-no-degrees': NoParameters;
  'geopackage-foreign': NoParameters;
  'layer-is-view': NoParameters;
  'json-invalid': NoParameters;
  'file-is-folder': NoParameters;
  'file-too-large': NoParameters;
  'file-empty': NoParameters;
  'file-packed-twice': NoParameters;
  'zip-names-repeated': NoParameters;
  'zip-encrypted': NoParameters;
  'zip-name-leads-out': NoParameters;
  'too-many-files-open': NoParameters;
  'file-blank': NoParameters;
  'input-is-folder': NoParameters;
  'input-is-stream': NoParameters;
  'file-changed': NoParameters;
  'geopackage-layers': { count: number };
  'zip-with-too-many-tables': { most: number };
  'file-unreadable': { isPacked: boolean; reason: string };
  'system-unknown': { known: string };
  'file-unpacks-too-far': { ratio: number };
  'zip-member-too-large': { bytes: number };
  'zip-with-too-many-files': { most: number };
  'zip-method-unknown': { method: number };
  'zip-member-damaged': { reason: string };
  'zip-unreadable': { reason: string };
}

/** Of tables and lists of points. */
export interface TableFaults {
  'points-missing': NoParameters;
  'point-off-earth': NoParameters;
  'separator-ambiguous': NoParameters;
  'header-quote-open': NoParameters;
  'table-is-json': NoParameters;
  'quote-open': NoParameters;
  'table-without-lines': NoParameters;
  'lon-lat-swapped': NoParameters;
  'coordinate-no-number': { name: string };
  'x-y-swapped': { system: string };
  'table-blank': { megabytes: number };
  'line-too-long': { megabytes: number };
}

/** Of OpenStreetMap files. */
export interface RoadFaults {
  'roads-missing': NoParameters;
  'ways-without-nodes': NoParameters;
  'overpass-incomplete': NoParameters;
  'text-encoding-unknown': NoParameters;
  'overpass-without-elements': NoParameters;
  'pbf-empty': NoParameters;
  'pbf-foreign': NoParameters;
  'pbf-without-streets': NoParameters;
  'pbf-feature-unknown': NoParameters;
  'roads-without-streets': NoParameters;
  'street-nodes-off-earth': NoParameters;
  'road-file-empty': NoParameters;
  'road-file-damaged': { reason: string };
  'blob-unpacks-too-far': { blob: number; type: string; byte: number; ratio: number };
  'blob-packed-otherwise': { blob: number; type: string; byte: number; method: string };
  'blob-damaged': { blob: number; type: string; byte: number; reason: string };
  'pbf-cut': { blob: number; byte: number; reason: string };
  'blob-of-unknown-kind': { blob: number; byte: number };
  'xml-malformed': { reason: string };
  'streets-missing-for-mode': { mode: string };
  'road-is-folder': NoParameters;
}

/** Of populations. */
export interface GridFaults {
  'commune-population-without-polygons': NoParameters;
  'territory-without-people': NoParameters;
  'communes-without-people': NoParameters;
  'zip-without-grid': NoParameters;
  'grid-system-unknown': NoParameters;
  'grid-system-missing': NoParameters;
  'population-ambiguous': NoParameters;
  'grid-xy-system-missing': NoParameters;
  'grid-elsewhere': NoParameters;
  'cells-off-earth': NoParameters;
  'population-marks-mixed': { line: number };
  'population-absurd': { most: number };
  'population-zero': { count: number };
}

/** Of communes and their polygons. */
export interface CommuneFaults {
  'calage-without-polygons': NoParameters;
  'calage-elsewhere': NoParameters;
  'boundaries-incomplete': NoParameters;
  'layer-empty': NoParameters;
  'layer-system-unknown': NoParameters;
  'movements-missing': NoParameters;
  'commune-polygons-missing': NoParameters;
  'reference-populations-missing': NoParameters;
  'polygons-of-other-departements': { found: string };
}

/** Of lists of structures. */
export interface StructureFaults {
  'structures-none-selected': NoParameters;
  'itinerant-stops-empty': NoParameters;
  'annuaire-without-services': NoParameters;
  'structure-list-empty': NoParameters;
  'osm-without-structures': NoParameters;
  'structures-unusable': NoParameters;
}

/** Of timetables. */
export interface TimetableFaults {
  'timetables-missing': NoParameters;
  'feed-on-demand-only': NoParameters;
  'timetable-missing': NoParameters;
  'feed-is-netex': NoParameters;
  'date-unreadable': NoParameters;
  'stops-off-streets': { count: number; date: string };
  'feed-column-missing': { column: string; columns: string };
  'feeds-side-by-side': { count: number; folders: string };
  'feed-empty': NoParameters;
  'feed-of-zips': { zips: string };
  'feed-tables-missing': { tables: string };
  'feed-table-empty': NoParameters;
  'feed-without-calendar': NoParameters;
  'feed-unreadable': { reason: string };
  'feed-never-runs': { trips: number; withCalls: number };
  'feeds-without-common-day': { feeds: FeedPeriods };
  'day-without-trips': { day: NamedDay; proposals: readonly NamedDay[]; feeds: FeedPeriods };
}

export interface Faults
  extends CommandFaults,
    StudyFaults,
    OutputFaults,
    FileFaults,
    TableFaults,
    RoadFaults,
    GridFaults,
    CommuneFaults,
    StructureFaults,
    TimetableFaults {}

export type FaultCode = keyof Faults;

/** What is wrong, and what the user can do about it: a sentence each. */
export interface FaultWording {
  message: string;
  remedy: string;
}

/** Words for faults: a wording, or how it is put together. */
export type FaultWords<Group> = {
  readonly [Code in keyof Group]: Group[Code] extends NoParameters
    ? NoParameters extends Group[Code]
      ? FaultWording
      : (parameters: Group[Code]) => FaultWording
    : (parameters: Group[Code]) => FaultWording;
};
