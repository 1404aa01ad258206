/** `maillage isochrones`: of a study's structures, or around one place. */
import { type Command, Option } from 'commander';
import { UsageError } from '../common/errors.ts';
import type { StreetMode } from '../common/units.ts';
import type { SearchDirection } from '../search/street-search.ts';
import { minuteList, position, positiveNumber, streetMode } from './options.ts';
import {
  addStudyOptions,
  readCommandStudy,
  runCommandStudy,
  type StudyCommandOptions,
} from './study-options.ts';

interface IsochronesOptions extends Omit<StudyCommandOptions, 'mode'> {
  osm?: string[];
  at?: { lon: number; lat: number };
  minutes?: number[];
  mode?: string[];
  direction: SearchDirection;
  walkSpeed: number;
  bikeSpeed: number;
}

export function addIsochronesCommand(program: Command): void {
  const command = addStudyOptions(program.command('isochrones'));
  // A study, or one place: the argument is needed for the first only.
  command.registeredArguments[0]!.required = false;
  command
    .description('GeoJSON isochrones of a study, or around one place (--osm FILE --at LON,LAT)')
    .option('--out <path>', 'study: result folder; place: GeoJSON file (default: standard output)')
    .option('--osm <file...>', 'roads, with --at')
    .option('--at <lon,lat>', 'the place', position)
    .option('--minutes <list>', 'minutes, separated by commas (with --at)', minuteList)
    .addOption(
      new Option('--direction <direction>', 'trips towards the place, or from it (with --at)')
        .choices(['to', 'from'])
        .default('to')
        .argParser((text) => {
          if (text !== 'to' && text !== 'from')
            throw new UsageError('--direction is "to" or "from"', { value: text });
          return text === 'to' ? 'towards' : 'from';
        }),
    )
    .option('--walk-speed <km/h>', 'walking speed (with --at)', positiveNumber, 4)
    .option('--bike-speed <km/h>', 'cycling speed (with --at)', positiveNumber, 15)
    .action((study: string | undefined, options: IsochronesOptions) => runIsochrones(study, options));
}

async function runIsochrones(path: string | undefined, options: IsochronesOptions): Promise<void> {
  if (path !== undefined) {
    if (options.at !== undefined || options.osm !== undefined) {
      throw new UsageError('a study and --osm or --at are given', { remedy: 'Give one or the other.' });
    }
    return runOfStudy(path, options);
  }
  if (options.at === undefined || options.osm === undefined) {
    throw new UsageError('neither a study nor a place is given', {
      remedy: 'Give a study file, or --osm FILE and --at LON,LAT.',
    });
  }
  const { drawAtPlace } = await import('./isochrones-at.ts');
  const direction = (options.direction as string) === 'to' ? 'towards' : options.direction;
  const modes = options.mode ?? ['car'];
  const geojson = await drawAtPlace({
    roads: options.osm,
    at: options.at,
    minutes: options.minutes ?? [10, 20, 30],
    modes: modes.map((mode): StreetMode => streetMode(mode)),
    direction,
    walkSpeedKph: options.walkSpeed,
    bikeSpeedKph: options.bikeSpeed,
    cache: options.cache,
    engine: options.engine,
    quiet: options.quiet,
  });
  const { writeFileWhole } = await import('../runtime/files.ts');
  if (options.out === undefined) process.stdout.write(geojson);
  else writeFileWhole(options.out, geojson);
}

async function runOfStudy(path: string, options: IsochronesOptions): Promise<void> {
  const study = await readCommandStudy(path, options);
  const { join } = await import('node:path');
  const run = await runCommandStudy(study, options, 'all');
  const { writeIsochrones, writeStructureIsochrones } = await import('../report/isochrones-geojson.ts');
  const { writeFileWhole } = await import('../runtime/files.ts');
  const files: Array<[string, string]> = [
    ['isochrones.geojson', writeIsochrones(run.isochrones, study.lang)],
    [
      'isochrones-structures.geojson',
      writeStructureIsochrones(run.isochrones, run.report.structures, study.lang),
    ],
  ];
  for (const [name, content] of files) {
    writeFileWhole(join(study.out, name), content);
    process.stdout.write(`${join(study.out, name)}\n`);
  }
}
