/**
 * What `maillage check` found, as its writers take it: every defect with its place, what was read of each input,
 * and totals. Types only.
 */
import type { Severity } from '../common/notices.ts';
import type { CsvDialect, FollowUpReport } from './report-input.ts';
import type { Language } from './texts.ts';

/** The keys of a study that name inputs, and the study itself. */
export type CheckRole =
  | 'study'
  | 'roads'
  | 'rivers'
  | 'timetables'
  | 'population'
  | 'calage'
  | 'communes'
  | 'epci'
  | 'cantons'
  | 'territories'
  | 'cog'
  | 'structures'
  | 'itinerant_stops'
  | 'results'
  | 'indicators';

export interface CheckFinding {
  severity: Severity;
  role: CheckRole;
  /** A notice's code, or `input-missing`, `input-unusable`, `roads-missing`. */
  code: string;
  /** One sentence in English. */
  message: string;
  /** What the tool does about it. */
  action?: string | undefined;
  /** What the user can do, where the fault itself says it; codes have a usual one (`check-words.ts`). */
  remedy?: string | undefined;
  file?: string | undefined;
  line?: number | undefined;
  id?: string | undefined;
  value?: string | undefined;
}

export interface CheckedInput {
  role: CheckRole;
  /** As the study names it; undefined for what comes with the package. */
  path: string | undefined;
  state: 'read' | 'unusable' | 'missing';
  bytes?: number | undefined;
  sha256?: string | undefined;
  /** Rows (features, cells) of the file: kept and left out; undefined where they are not counted by file. */
  keptCount?: number | undefined;
  leftOutCount?: number | undefined;
  /** First and last day that a timetable covers, and its trips on the study's day. */
  period?: { first: string; last: string; activeTripCount: number | undefined } | undefined;
}

export interface CheckTotals {
  /** People in the territory, and in all cells read. */
  population?: number | undefined;
  populationRead?: number | undefined;
  officialPopulation?: number | undefined;
  cellCount?: number | undefined;
  imputedShare?: number | undefined;
  communeCount: number;
  epciCount: number;
  territoireCount: number;
  /** Every commune of the territory (and `hors commune`, code ''), with its people and cells as read. */
  communes: ReadonlyArray<{
    code: string;
    nom: string;
    population: number;
    cellCount: number;
    officialPopulation: number | undefined;
  }>;
  structures?:
    | {
        /** Rows of the lists; the stops of itinerant structures are counted apart. */
        readCount: number;
        stopCount: number;
        /** Standing in the territory, as the follow-up places them; of these, by type and by format. */
        inTerritoryCount: number;
        byType: ReadonlyArray<readonly [string, number]>;
        byFormat: ReadonlyArray<readonly [string, number]>;
        /** Counted by the study, with those beyond the border; undefined where the selection leaves none. */
        selectedCount: number | undefined;
        /** Places where they receive: an itinerant structure has one at each stop. */
        selectedPointCount: number | undefined;
      }
    | undefined;
  streets: ReadonlyArray<{ mode: string; kilometers: number }>;
  /** The study's day as the timetables have it. */
  day?: { date: string; tripCount: number; usualDate: string | undefined } | undefined;
}

export interface StudyCheck {
  language: Language;
  csv: CsvDialect;
  version: string;
  study: { path: string; name: string; date: string; isFictional: boolean };
  findings: readonly CheckFinding[];
  /** Findings of each code, also those beyond the ones kept in full. */
  countOfCode: ReadonlyMap<string, number>;
  inputs: readonly CheckedInput[];
  totals: CheckTotals;
  /** Structures engaged; undefined where the lists could not be read. */
  followUp?: FollowUpReport | undefined;
  /** Roles that could not be compared with the others, since they could not be read. */
  unread: readonly CheckRole[];
}
