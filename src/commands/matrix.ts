/** `maillage matrix`: door-to-door times between two lists of points. */
import { type Command, Option } from 'commander';
import { defaultThreadCount } from '../runtime/thread-count.ts';
import type { MatrixOptions } from './matrix-types.ts';
import {
  bikeSpeed,
  matrixMode,
  positiveNumber,
  positiveWholeNumber,
  timeOfDay,
  walkSpeed,
  wholeNumber,
} from './options.ts';

export function addMatrixCommand(program: Command): void {
  program
    .command('matrix')
    .description('door-to-door times between two lists of points (CSV with the columns id, lon, lat)')
    .requiredOption('--osm <file...>', 'roads: .osm.pbf, .osm, .osm.gz, .osm.bz2 or Overpass JSON')
    .requiredOption('--from <csv>', 'points where trips start')
    .requiredOption('--to <csv>', 'points where trips end')
    .option('--mode <mode>', 'car, bike, walk or transit', matrixMode, 'car')
    .option('--out <csv>', 'file to write (default: standard output)')
    .option('--force', 'with --out: replace a file that is no such matrix', false)
    .option('--cutoff <minutes>', 'longer trips count as unreachable (transit: 120)', positiveNumber)
    .option('--walk-speed <km/h>', 'walking speed, also off the road', walkSpeed, 4)
    .option('--bike-speed <km/h>', 'cycling speed', bikeSpeed, 15)
    .option('--snap-radius <metres>', 'a point further off the road is not linked', positiveNumber, 1000)
    .option('--min-island <junctions>', 'smaller islands take no points (0 keeps all)', wholeNumber, 200)
    .option('--gtfs <file...>', 'transit: timetables (GTFS, zip or folder)')
    .option('--date <day>', 'transit: YYYY-MM-DD, or auto: the most usual Tuesday', 'auto')
    .addOption(
      new Option('--depart <hh:mm>', 'transit: trips leave from this time on')
        .argParser(timeOfDay)
        .default(9 * 3600, '09:00'),
    )
    .option('--window <minutes>', 'transit: trips leave in so many minutes', positiveNumber, 60)
    .option(
      '--max-walk <minutes>',
      'transit: longest walk to, between and from stops (15, 10, 15)',
      positiveNumber,
    )
    .option('--threads <n>', 'worker threads', positiveWholeNumber, defaultThreadCount())
    .addOption(
      new Option('--engine <engine>', 'search engine').choices(['fast', 'reference']).default('fast'),
    )
    .option('--cache <folder>', 'folder of cached networks')
    .option('--no-cache', 'neither read nor write cached networks')
    .option('--quiet', 'no progress', false)
    .action(async (options: MatrixOptions) => {
      const { runMatrix } = await import('./run-matrix.ts');
      await runMatrix(options);
    });
}
