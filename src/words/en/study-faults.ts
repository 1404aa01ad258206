/** Faults of the command line; of the study file; of places to write to, and the cache, in English. */
import type { CommandFaults, FaultWords, OutputFaults, StudyFaults } from '../../defects/faults.ts';

export const COMMAND_FAULTS: FaultWords<CommandFaults> = {
  'direction-unknown': {
    message: '--direction is "to" or "from"',
    remedy: 'Write --direction to (trips towards the place) or --direction from.',
  },
  'isochrones-of-nothing': {
    message: 'neither a study nor a place is given',
    remedy: 'Give a study file, or --osm FILE and --at LON,LAT.',
  },
  'gtfs-missing': { message: 'the mode transit needs timetables', remedy: 'Add --gtfs FILE.' },
  'place-off-streets': (p) => ({
    message: `no street for the mode ${p.mode} within ${p.meters} m of the place`,
    remedy: 'Check that it is LON,LAT, and that the extract holds the place.',
  }),
  'study-and-place': (p) => ({
    message: `a study and ${p.flags} are given`,
    remedy: 'Give a study alone, or --osm and --at with the options of a place.',
  }),
  'isochrone-mode-unknown': (p) => ({
    message: `there are no isochrones of the mode ${p.mode} around a place`,
    remedy: `Choose from ${p.modes}.`,
  }),
  'gtfs-needless': (p) => ({
    message: `the mode ${p.mode} takes no timetables`,
    remedy: 'Add --mode transit, or leave --gtfs out.',
  }),
  'points-off-streets': (p) => ({
    message: `no point of ${p.option} could be linked to a street of the mode`,
    remedy: 'Check the extract, the mode, --snap-radius, and --min-island (0 keeps every island).',
  }),
};

export const STUDY_FAULTS: FaultWords<StudyFaults> = {
  'past-result-foreign': {
    message: 'the file is no result of maillage',
    remedy: 'targets.results names result folders that "maillage coverage" wrote.',
  },
  'past-result-no-json': {
    message: 'the past result is no JSON',
    remedy: 'targets.results names result folders that "maillage coverage" wrote.',
  },
  'commune-code-unknown': {
    message: 'commune_codes names an unknown commune',
    remedy: 'Use INSEE codes of five characters in quotes ("01004", "2A004"), or codes of the polygon files.',
  },
  'study-is-folder': {
    message: 'this is a folder, and a study file is needed',
    remedy: 'Name the file in it; "maillage init" writes a study to start from.',
  },
  'study-is-stream': {
    message: 'this is a stream, and a study file is needed',
    remedy: 'Write it to a file first, and name that: its paths start from its folder.',
  },
  'study-without-keys': {
    message: 'the study holds no keys',
    remedy: 'Write one "key: value" a line; "maillage init" writes a study to start from.',
  },
  'polygons-missing-for-key': (p) => ({
    message: `${p.key} needs the polygons of the communes, and the study names none`,
    remedy: `Add a GeoJSON file under the key "communes", or leave ${p.key} out to count all cells.`,
  }),
  'street-mode-missing': (p) => ({
    message: 'no street mode is asked for',
    remedy: `Add one of ${p.modes} to modes.`,
  }),
  'target-unit-no-percent': (p) => ({
    message: `${p.calculation} is a share: its unit is %`,
    remedy: 'Write % in the column unite, and the targets as 30 for 30 %.',
  }),
  'target-calculation-unknown': (p) => ({
    message: `calcul names what the tool does not compute${p.nearest === undefined ? '' : `: did you mean ${p.nearest}?`}`,
    remedy: `Known are ${p.known}; leave it blank for declared values.`,
  }),
  'past-result-unreadable': (p) => ({
    message: `the past result cannot be opened (${p.reason})`,
    remedy: 'targets.results names result folders of past years.',
  }),
  'commune-code-is-postal': (p) => ({
    message: 'commune_codes names a postal code, not a commune',
    remedy: `It serves ${p.served}: write the codes of those that are meant.`,
  }),
  'speed-out-of-range': (p) => ({
    message: `${p.name} must be a number from ${p.least} to ${p.greatest}`,
    remedy: `Write a number in that range, or leave ${p.name} out to keep the default.`,
  }),
  'speed-no-group': (p) => ({
    message: `${p.name} must be a group of keys`,
    remedy: 'Write its keys below it, one "key: number" a line.',
  }),
  'speed-unknown': (p) => ({
    message: `${p.name} is no key of the table of speeds`,
    remedy: `Allowed here: ${p.allowed}.`,
  }),
  'study-unreadable': (p) => ({
    message: `the study cannot be opened (${p.reason})`,
    remedy: 'Check the path; "maillage init" writes a study to start from.',
  }),
  'study-too-large': (p) => ({
    message: `the study is larger than ${p.megabytes} MB`,
    remedy: 'Name the study (YAML), not its data; "maillage init" writes one to start from.',
  }),
};

export const OUTPUT_FAULTS: FaultWords<OutputFaults> = {
  'study-exists': { message: 'the file exists already', remedy: 'Choose another name, or add --force.' },
  'cache-file-stuck': {
    message: 'the cached file cannot be removed',
    remedy: 'Check the rights of the folder, or choose another --cache.',
  },
  'cache-unreadable': {
    message: 'the folder of the cache cannot be read',
    remedy: 'Check its rights, or choose another --cache.',
  },
  'cache-link-dangling': {
    message: 'the folder of the cache is a symbolic link that leads nowhere',
    remedy: 'Make the folder that it names, or choose another --cache.',
  },
  'cache-is-file': { message: 'the cache must be a folder', remedy: 'Choose another --cache.' },
  'place-below-file': { message: 'a folder above it is a file', remedy: 'Choose another place.' },
  'output-is-folder': { message: 'the file to write is a folder', remedy: 'Name a file in it.' },
  'output-foreign': {
    message: 'the file to write exists, and is not one that this command has written',
    remedy: 'Choose another name, or add --force to replace it.',
  },
  'output-is-input': {
    message: 'the file to write is one of the inputs',
    remedy: 'Choose another --out: nothing is written over.',
  },
  'link-in-circle': { message: 'the symbolic link leads round in a circle', remedy: 'Choose another place.' },
  'result-is-file': { message: 'the result folder is a file', remedy: 'Choose another --out.' },
  'result-link-dangling': {
    message: 'the result folder is a symbolic link that leads nowhere',
    remedy: 'Make the folder that it names, or choose another --out.',
  },
  'result-locked': {
    message: 'the result folder cannot be read and written',
    remedy: 'Check its rights, or choose another --out.',
  },
  'standard-output-stuck': {
    message: 'the standard output cannot be written',
    remedy: 'What was printed is incomplete: check the space left where it goes, and run again.',
  },
  'result-is-mount-point': (p) => ({
    message: 'a file system is mounted at the result folder, which cannot be replaced then',
    remedy: `Name a folder in it, such as ${p.inside}.`,
  }),
};
