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
import { languageOption, runWords } from './run-language.ts';

export function addMatrixCommand(program: Command): void {
  const words = runWords().commands.matrix;
  const { options } = words;
  program
    .command('matrix')
    .description(words.description)
    .requiredOption('--osm <file...>', options.osm)
    .requiredOption('--from <csv>', options.from)
    .requiredOption('--to <csv>', options.to)
    .option('--mode <mode>', options.mode, matrixMode, 'car')
    .option('--out <csv>', options.out)
    .option('--force', options.force, false)
    .option('--cutoff <minutes>', options.cutoff, positiveNumber)
    .option('--walk-speed <km/h>', options['walk-speed'], walkSpeed, 4)
    .option('--bike-speed <km/h>', options['bike-speed'], bikeSpeed, 15)
    .option('--snap-radius <metres>', options['snap-radius'], positiveNumber, 1000)
    .option('--min-island <junctions>', options['min-island'], wholeNumber, 200)
    .option('--gtfs <file...>', options.gtfs)
    .option('--date <day>', options.date, 'auto')
    .addOption(new Option('--depart <hh:mm>', options.depart).argParser(timeOfDay).default(9 * 3600, '09:00'))
    .option('--window <minutes>', options.window, positiveNumber, 60)
    .option('--max-walk <minutes>', options['max-walk'], positiveNumber)
    .option('--threads <n>', options.threads, positiveWholeNumber, defaultThreadCount())
    .addOption(new Option('--engine <engine>', options.engine).choices(['fast', 'reference']).default('fast'))
    .option('--cache <folder>', options.cache)
    .option('--no-cache', options['no-cache'])
    .option('--quiet', options.quiet, false)
    .addOption(languageOption(options.lang))
    .action(async (given: MatrixOptions) => {
      const { runMatrix } = await import('./run-matrix.ts');
      await runMatrix(given);
    });
}
