/** What the command line says, in English. */
import type { CommandLineWords } from '../command-line.ts';

const STUDY_OPTIONS = {
  study: 'study file (YAML); "maillage init" writes one',
  mode: 'modes in place of the study’s, separated by commas',
  threads: 'worker threads',
  cache: 'folder of cached networks',
  'no-cache': 'neither read nor write cached networks',
  engine: 'search engine',
  quiet: 'no progress',
  lang: 'language of all that is told and written (default: the study’s, else the system’s)',
};

const count = (number: number, one: string, more: string) => `${number} ${number === 1 ? one : more}`;

export const COMMAND_LINE: CommandLineWords = {
  program: 'Who can reach a premier accueil social inconditionnel de proximité in time, and who cannot.',
  exitCodes: `
Exit codes: 0 done; 1 done, but a check that was asked for failed (--fail-under,
check); 2 a mistake or an unusable input; 3 an internal error; 130 interrupted.`,
  version: 'print the version',
  help: 'print this help',
  helpCommand: 'print the help of a command',
  addHelp: '(add --help for what the command takes)',
  headings: {
    'Usage:': 'Usage:',
    'Arguments:': 'Arguments:',
    'Options:': 'Options:',
    'Commands:': 'Commands:',
  },
  usageOptions: '[options]',
  usageCommand: '[command]',
  choices: (list) => `choices: ${list}`,
  byDefault: (value) => `default: ${value}`,
  fault: (text) => text,
  commands: {
    coverage: {
      description: 'compute the indicator of a study and write its result folder',
      options: {
        ...STUDY_OPTIONS,
        out: 'result folder (default: the study’s)',
        'fail-under': 'exit with 1 if the rate of any mode is lower',
        json: 'print indicateurs.json instead of the summary',
        isochrones: 'isochrones to draw',
        exports: 'of map, workbook, cells: files for other programs and paper, or none',
      },
    },
    uncovered: {
      description: 'list the communes that are not or only partly covered, and why',
      options: {
        ...STUDY_OPTIONS,
        csv: 'print communes-non-couvertes.csv',
        json: 'print the rows as JSON',
      },
    },
    isochrones: {
      description: 'GeoJSON isochrones of a study, or around one place (--osm FILE --at LON,LAT)',
      options: {
        ...STUDY_OPTIONS,
        out: 'study: folder (default: the study’s result folder + -isochrones); place: GeoJSON file (default: standard output)',
        force: 'with --at: replace a file that is not of these isochrones',
        osm: 'roads, with --at',
        at: 'the place',
        minutes: 'minutes, separated by commas (with --at)',
        direction: 'trips towards the place, or from it (with --at)',
        'walk-speed': 'walking speed (with --at)',
        'bike-speed': 'cycling speed (with --at)',
      },
    },
    matrix: {
      description: 'door-to-door times between two lists of points (CSV with the columns id, lon, lat)',
      options: {
        osm: 'roads: .osm.pbf, .osm, .osm.gz, .osm.bz2 or Overpass JSON',
        from: 'points where trips start',
        to: 'points where trips end',
        mode: 'car, bike, walk or transit',
        out: 'file to write (default: standard output)',
        force: 'with --out: replace a file that is no such matrix',
        cutoff: 'longer trips count as unreachable (transit: 120)',
        'walk-speed': 'walking speed, also off the road',
        'bike-speed': 'cycling speed',
        'snap-radius': 'a point further off the road is not linked',
        'min-island': 'smaller islands take no points (0 keeps all)',
        gtfs: 'transit: timetables (GTFS, zip or folder)',
        date: 'transit: YYYY-MM-DD, or auto: the most usual Tuesday',
        depart: 'transit: trips leave from this time on',
        window: 'transit: trips leave in so many minutes',
        'max-walk': 'transit: longest walk to, between and from stops (15, 10, 15)',
        threads: STUDY_OPTIONS.threads,
        engine: STUDY_OPTIONS.engine,
        cache: STUDY_OPTIONS.cache,
        'no-cache': STUDY_OPTIONS['no-cache'],
        quiet: STUDY_OPTIONS.quiet,
        lang: 'language of what is told (default: the system’s)',
      },
    },
    check: {
      description: 'check every input of a study and list each defect with its place and remedy',
      exit: '\nExits with 1 where the study has an error; warnings and remarks do not fail.',
      options: {
        study: STUDY_OPTIONS.study,
        mode: STUDY_OPTIONS.mode,
        json: 'print everything as JSON',
        csv: 'also write every defect, one a row, to this file',
        force: 'with --csv: replace a file that is not one of these lists',
        cache: STUDY_OPTIONS.cache,
        'no-cache': STUDY_OPTIONS['no-cache'],
        quiet: STUDY_OPTIONS.quiet,
        lang: STUDY_OPTIONS.lang,
      },
    },
    init: {
      description: 'write a commented study file (in French)',
      options: {
        file: 'file to write',
        force: 'write over an existing file',
        lang: 'language of what is told (default: the system’s)',
      },
    },
    cache: {
      description: 'cached networks: list them, or clear them',
      list: 'list the cached files',
      clear: 'remove the cached files',
      options: {
        cache: STUDY_OPTIONS.cache,
        lang: 'language of what is told (default: the system’s)',
      },
    },
  },
  values: {
    positive: (least) => `A number greater than 0 is expected, ${least} or more.`,
    wholeFromZero: 'A whole number, 0 or more, is expected.',
    wholeFromOne: 'A whole number, 1 or more, is expected.',
    allowed: (list) => `Allowed are ${list}.`,
    allowedList: (list) => `allowed are ${list}, separated by commas.`,
    allowedListOrNone: (list) => `Allowed are ${list}, separated by commas, or none.`,
    modeMissing: 'A mode is missing',
    modeUnknown: (mode) => `${mode} is no mode`,
    timeOfDay: 'A time of day such as 09:00 is expected (hours may pass 24).',
    between: (least, greatest, unit) => `A number from ${least} to ${greatest} ${unit} is expected.`,
    atMostMinutes: (greatest) => `Minutes are at most ${greatest}.`,
    percentage: 'A percentage from 0 to 100 is expected.',
    percentageMeant: (meant, given) =>
      `Did you mean ${meant}? A percentage from 0 to 100 is expected, not a share; ${given}% says ${given} per cent.`,
    position: 'LON,LAT in degrees with decimal points is expected, such as 2.09,48.90.',
  },
  told: {
    interrupted: 'interrupted; nothing is half-written',
    internalError: (version) =>
      `maillage ${version}: internal error; please report this line and what you ran:`,
    value: 'value',
    belowLimit: (mode, rate, limit) => `${mode}: ${rate} is below ${limit}`,
    putBack: (folder) =>
      `${folder}: an earlier run was stopped while it replaced this result; the one before was put back`,
    keptAs: (file, keptAs) =>
      `${file} was not as this tool had written it: your version is kept as ${keptAs}`,
    notRemoved: (folder) => `${folder} could not be removed: look what of yours is left in it`,
    removedFromCache: (megabytes, folder) => `${megabytes} MB removed from ${folder}`,
    megabytes: (number) => `${number} MB`,
    unlinkedPoints: (option, number, of, ids) =>
      `${option}: ${number} of ${of} points ${number === 1 ? 'lies' : 'lie'} on no usable street: ${ids}`,
    unlinkedStops: (number, of) =>
      `${number} of ${of} stops served that day ${number === 1 ? 'has' : 'have'} no usable street in walking distance`,
    day: (date, reason) => `day: ${date} (${reason})`,
    feedOnDay: (feed, first, last, trips, ofNight) =>
      `${feed}: ${first} to ${last}, ${count(trips, 'trip', 'trips')} on the day${
        ofNight === 0 ? '' : `, ${ofNight} of the day before past midnight`
      }`,
  },
  notices: {
    head: (warnings, remarks, file) =>
      `${count(warnings, 'warning', 'warnings')} and ${count(remarks, 'remark', 'remarks')} on the data${
        file === undefined ? '' : `, all in ${file}`
      }`,
    others: (warnings) => `and ${count(warnings, 'warning', 'warnings')} of other kinds`,
    first: (place) => `first ${place}`,
  },
  progress: {
    stages: {
      communes: 'communes',
      links: 'links',
      matrix: 'matrix',
      network: 'network',
      population: 'population',
      rivers: 'rivers',
      roads: 'roads',
      search: 'search',
      structures: 'structures',
      timetables: 'timetables',
      variants: 'variants',
      walks: 'walks',
    },
    left: (minutes, seconds) =>
      minutes === 0 ? `${seconds} s left` : `${minutes} min ${String(seconds).padStart(2, '0')} s left`,
  },
};
