/** `maillage isochrones`: of a study's structures, or around one place. */
import { join, relative } from 'node:path';
import { type Command, Option } from 'commander';
import { Fault } from '../common/errors.ts';
import { STREET_MODES, type StreetMode } from '../common/units.ts';
import { beginsAsIsochrones, beginsAsStyle } from '../report/own-starts.ts';
import { print, printData, tell } from '../runtime/standard-output.ts';
import type { SearchDirection } from '../search/seeds.ts';
import { bikeSpeed, minuteList, position, walkSpeed } from './options.ts';
import { runWords } from './run-language.ts';
import {
  addStudyOptions,
  readCommandStudy,
  runCommandStudy,
  type StudyCommandOptions,
  tellExchange,
} from './study-options.ts';

interface IsochronesOptions extends Omit<StudyCommandOptions, 'mode'> {
  osm?: string[];
  at?: { lon: number; lat: number };
  minutes?: number[];
  mode?: string[];
  direction: SearchDirection;
  walkSpeed: number;
  bikeSpeed: number;
  force: boolean;
}

export function addIsochronesCommand(program: Command): void {
  const words = runWords().commands.isochrones;
  const { options } = words;
  const command = addStudyOptions(program.command('isochrones'), words);
  // A study, or one place: the argument is needed for the first only.
  command.registeredArguments[0]!.required = false;
  command
    .option('--out <path>', options.out)
    .option('--force', options.force, false)
    .option('--osm <file...>', options.osm)
    .option('--at <lon,lat>', options.at, position)
    .option('--minutes <list>', options.minutes, minuteList)
    .addOption(
      new Option('--direction <direction>', options.direction)
        .choices(['to', 'from'])
        .default('to')
        .argParser((text) => {
          if (text !== 'to' && text !== 'from') throw new Fault('direction-unknown', { value: text });
          return text === 'to' ? 'towards' : 'from';
        }),
    )
    .option('--walk-speed <km/h>', options['walk-speed'], walkSpeed, 4)
    .option('--bike-speed <km/h>', options['bike-speed'], bikeSpeed, 15)
    .action(runIsochrones);
}

/** Options that a study answers itself. */
const PLACE_OPTIONS = ['osm', 'at', 'minutes', 'direction', 'walkSpeed', 'bikeSpeed'] as const;

async function runIsochrones(
  path: string | undefined,
  options: IsochronesOptions,
  command: Command,
): Promise<void> {
  if (path !== undefined) {
    const given = PLACE_OPTIONS.filter((name) => command.getOptionValueSource(name) === 'cli');
    if (given.length > 0) {
      const flags = command.options.filter((option) => given.includes(option.attributeName() as 'osm'));
      throw new Fault(
        'study-and-place',
        { value: path },
        { flags: flags.map(({ long }) => long).join(', ') },
      );
    }
    return runOfStudy(path, options);
  }
  if (options.at === undefined || options.osm === undefined) {
    throw new Fault('isochrones-of-nothing');
  }
  const { checkOutputFile, writeOutputFile } = await import('../runtime/output-file.ts');
  const rules = { inputs: options.osm, begins: beginsAsIsochrones, force: options.force };
  if (options.out !== undefined) checkOutputFile(options.out, rules);
  const { drawAtPlace } = await import('./isochrones-at.ts');
  const direction = (options.direction as string) === 'to' ? 'towards' : options.direction;
  const geojson = await drawAtPlace({
    roads: options.osm,
    at: options.at,
    minutes: options.minutes ?? [10, 20, 30],
    modes: (options.mode ?? ['car']).map(findStreetMode),
    direction,
    walkSpeedKph: options.walkSpeed,
    bikeSpeedKph: options.bikeSpeed,
    cache: options.cache,
    engine: options.engine,
    quiet: options.quiet,
  });
  if (options.out === undefined) await printData(geojson);
  else await writeOutputFile(options.out, geojson, rules);
}

function findStreetMode(text: string): StreetMode {
  const mode = STREET_MODES.find((known) => known === text);
  if (mode !== undefined) return mode;
  throw new Fault(
    'isochrone-mode-unknown',
    { value: `--mode ${text}` },
    { mode: text, modes: STREET_MODES.join(', ') },
  );
}

/** The style beside its layer, so that QGIS takes it up. */
const STUDY_FILES = new Map([
  ['isochrones.geojson', beginsAsIsochrones],
  ['isochrones.qml', beginsAsStyle],
  ['isochrones-structures.geojson', beginsAsIsochrones],
]);

/** Into a folder of their own: the manifest of a whole result vouches for each of its files. */
async function runOfStudy(path: string, options: IsochronesOptions): Promise<void> {
  const { study, helper } = await readCommandStudy(path, options);
  const { checkFolderOfFiles, recoverFolderOfFiles, writeFolderOfFiles } = await import(
    '../runtime/result-folder.ts'
  );
  const { listInputPaths } = await import('../batch/check-inputs.ts');
  const folder = options.out === undefined ? `${study.out}-isochrones` : study.out;
  const shown = relative(process.cwd(), folder) || '.';
  const recovered = recoverFolderOfFiles(folder, STUDY_FILES);
  if (recovered) tell(`maillage: ${runWords().told.putBack(folder)}\n`);
  checkFolderOfFiles(folder, STUDY_FILES, [study.path, ...listInputPaths(study)]);
  const run = await runCommandStudy({ study: { ...study, variants: [] }, helper }, options, 'all');
  const { writeIsochrones, writeStructureIsochrones } = await import('../report/isochrones-geojson.ts');
  const { writeIsochronesStyle } = await import('../report/qgis-styles.ts');
  const contents = [
    writeIsochrones(run.isochrones, study.lang),
    writeIsochronesStyle(run.isochrones, study.lang),
    writeStructureIsochrones(run.isochrones, run.report.structures, study.lang),
  ];
  const names = [...STUDY_FILES.keys()];
  const files = new Map(names.map((name, i) => [name, contents[i]!]));
  tellExchange(shown, writeFolderOfFiles(folder, STUDY_FILES, files));
  await print(names.map((name) => `${join(shown, name)}\n`).join(''));
}
