/**
 * What a report needs words for, in every language. Placeholders are function arguments, already formatted.
 * Types only.
 */
import type { CommuneState } from '../coverage/coverage-result.ts';
import type { CellOrigin } from '../read/records.ts';

export type { Language } from '../common/language.ts';

export interface ModeWords {
  /** "en voiture": completes a sentence. */
  by: string;
  /** "Voiture": a heading. */
  title: string;
}

export interface Texts {
  modes: Readonly<Record<string, ModeWords>>;
  states: Readonly<Record<CommuneState, string>>;
  /** For tables of 80 columns. */
  shortStates: Readonly<Record<CommuneState, string>>;
  origins: Readonly<Record<CellOrigin, string>>;
  yes: string;
  no: string;
  noCommune: string;
  noEpci: string;
  noCanton: string;
  noTerritoire: string;
  notConnected: string;
  band: (from: number, to: number) => string;
  lastBand: (from: number) => string;
  levels: { territory: string; epci: string; canton: string; territoire: string };
  situations: { counted: string; beyond: string };
  andMore: (count: string) => string;
  fictional: string;
  threshold: (minutes: string, inclusive: boolean) => string;
  headline: (figures: {
    date: string;
    rate: string;
    covered: string;
    population: string;
    by: string;
    threshold: string;
  }) => string;
  noHeadline: (by: string) => string;
  /** `notConnected` undefined where there is nobody. */
  leftOut: (figures: { people: string; isOne: boolean; notConnected: string | undefined }) => string;
  leftOutCommunes: (uncovered: string, partial: string) => string;
  table: Readonly<Record<TableWord, string>>;
  report: Readonly<Record<ReportWord, string>>;
  map: Readonly<Record<MapWord, string>>;
  structureTypes: Readonly<Record<StructureGroup, string>>;
}

export type StructureGroup = 'france-services' | 'departement' | 'ccas' | 'mairie' | 'itinerant' | 'other';

type TableWord =
  | 'mode'
  | 'population'
  | 'covered'
  | 'uncovered'
  | 'notConnected'
  | 'leftOut'
  | 'people'
  | 'rate'
  | 'mean'
  | 'median'
  | 'reached'
  | 'state'
  | 'commune'
  | 'code'
  | 'coverageRate'
  | 'epci'
  | 'name'
  | 'level'
  | 'nearest'
  | 'minutes'
  | 'pocket'
  | 'communes'
  | 'uncoveredCommunes'
  | 'borderline'
  | 'whole'
  | 'none';

type ReportWord =
  | 'title'
  | 'generated'
  | 'atAGlance'
  | 'mapTitle'
  | 'mapNote'
  | 'bandsTitle'
  | 'bandsNote'
  | 'territoriesTitle'
  | 'territoriesNote'
  | 'communesTitle'
  | 'communesNote'
  | 'communesFilter'
  | 'pocketsTitle'
  | 'pocketsNote'
  | 'noPockets'
  | 'borderTitle'
  | 'borderNone'
  | 'borderWithout'
  | 'borderGained'
  | 'ferryOnly'
  | 'assumedTitle'
  | 'assumedEngaged'
  | 'assumedCircle'
  | 'assumedHours'
  | 'assumedUnreadHours'
  | 'qualityTitle'
  | 'qualityCells'
  | 'cellsRead'
  | 'peopleRead'
  | 'peopleOutside'
  | 'rules'
  | 'ruleGrid'
  | 'ruleSplit'
  | 'ruleCentre'
  | 'ruleNearest'
  | 'ruleNone'
  | 'origin'
  | 'imputed'
  | 'calageBefore'
  | 'calageAfter'
  | 'calageOfficial'
  | 'snapTitle'
  | 'snapNote'
  | 'cells'
  | 'structures'
  | 'structuresHeading'
  | 'points'
  | 'notLinked'
  | 'median'
  | 'p95'
  | 'max'
  | 'noticesTitle'
  | 'noNotices'
  | 'noticeCode'
  | 'noticeSeverity'
  | 'noticeCount'
  | 'noticeExample'
  | 'noticeRemedy'
  | 'noticesNote'
  | 'methodTitle'
  | 'method'
  | 'caution'
  | 'parameters'
  | 'sourcesTitle'
  | 'file'
  | 'role'
  | 'licence'
  | 'sourceDate'
  | 'fingerprint'
  | 'structuresTitle'
  | 'structuresNote'
  | 'type'
  | 'within'
  | 'alone'
  | 'leftOutStructures'
  | 'reason'
  | 'leftOutShort'
  | 'medianShort'
  | 'aloneShort';

type MapWord =
  | 'legend'
  | 'share'
  | 'all'
  | 'from80'
  | 'from50'
  | 'below50'
  | 'zero'
  | 'noPeople'
  | 'uncovered'
  | 'outlines'
  | 'roads'
  | 'rivers'
  | 'structures'
  | 'beyond'
  | 'north'
  | 'attributionOsm'
  | 'attributionCommunes';
