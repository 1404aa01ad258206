/**
 * What the command line needs words for: its help, what it says of options that it cannot take, and what it tells
 * beside results. Placeholders are function arguments, already formatted. Types only.
 */

/** What `--help` says of a command, and of its options by their long names. */
export interface CommandWords<Name extends string> {
  description: string;
  options: Readonly<Record<Name, string>>;
}

export type StudyOption = 'study' | 'mode' | 'threads' | 'cache' | 'no-cache' | 'engine' | 'quiet' | 'lang';

export interface CommandLineWords {
  program: string;
  exitCodes: string;
  version: string;
  help: string;
  helpCommand: string;
  addHelp: string;
  /** Headings and marks of the help, by the library's English. */
  headings: Readonly<Record<'Usage:' | 'Arguments:' | 'Options:' | 'Commands:', string>>;
  usageOptions: string;
  usageCommand: string;
  choices: (list: string) => string;
  byDefault: (value: string) => string;
  /** What the library says of a command line that it cannot read; undefined where its own words do. */
  fault: (text: string) => string;
  commands: {
    coverage: CommandWords<StudyOption | 'out' | 'fail-under' | 'json' | 'isochrones' | 'exports'>;
    uncovered: CommandWords<StudyOption | 'csv' | 'json'>;
    isochrones: CommandWords<
      StudyOption | 'out' | 'force' | 'osm' | 'at' | 'minutes' | 'direction' | 'walk-speed' | 'bike-speed'
    >;
    matrix: CommandWords<
      | 'osm'
      | 'from'
      | 'to'
      | 'mode'
      | 'out'
      | 'force'
      | 'cutoff'
      | 'walk-speed'
      | 'bike-speed'
      | 'snap-radius'
      | 'min-island'
      | 'gtfs'
      | 'date'
      | 'depart'
      | 'window'
      | 'max-walk'
      | 'threads'
      | 'engine'
      | 'cache'
      | 'no-cache'
      | 'quiet'
      | 'lang'
    >;
    check: CommandWords<
      'study' | 'mode' | 'json' | 'csv' | 'force' | 'cache' | 'no-cache' | 'quiet' | 'lang'
    > & { exit: string };
    init: CommandWords<'file' | 'force' | 'lang'>;
    cache: CommandWords<'cache' | 'lang'> & { list: string; clear: string };
  };
  values: {
    positive: (least: string) => string;
    wholeFromZero: string;
    wholeFromOne: string;
    allowed: (list: string) => string;
    allowedList: (list: string) => string;
    allowedListOrNone: (list: string) => string;
    modeMissing: string;
    modeUnknown: (mode: string) => string;
    timeOfDay: string;
    between: (least: string, greatest: string, unit: string) => string;
    atMostMinutes: (greatest: string) => string;
    percentage: string;
    percentageMeant: (meant: string, given: string) => string;
    position: string;
  };
  told: {
    interrupted: string;
    internalError: (version: string) => string;
    /** Before a value in a message. */
    value: string;
    belowLimit: (mode: string, rate: string, limit: string) => string;
    putBack: (folder: string) => string;
    keptAs: (file: string, keptAs: string) => string;
    notRemoved: (folder: string) => string;
    removedFromCache: (megabytes: string, folder: string) => string;
    megabytes: (number: string) => string;
    unlinkedPoints: (option: string, count: number, of: number, ids: string) => string;
    unlinkedStops: (count: number, of: number) => string;
    day: (date: string, reason: string) => string;
    feedOnDay: (feed: string, first: string, last: string, trips: number, ofNight: number) => string;
  };
  notices: {
    head: (warnings: number, remarks: number, file: string | undefined) => string;
    others: (warnings: number) => string;
    first: (place: string) => string;
  };
  progress: {
    /** By the stage's code; a code may be followed by a mode. */
    stages: Readonly<Record<ProgressStage, string>>;
    left: (minutes: number, seconds: number) => string;
  };
}

export type ProgressStage =
  | 'communes'
  | 'links'
  | 'matrix'
  | 'network'
  | 'population'
  | 'rivers'
  | 'roads'
  | 'search'
  | 'structures'
  | 'timetables'
  | 'variants'
  | 'walks';
