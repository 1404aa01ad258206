/** `maillage coverage`: the indicator with all its outputs. */
import { relative } from 'node:path';
import { type Command, Option } from 'commander';
import type { IsochroneChoice } from '../batch/search-mode.ts';
import type { Export } from '../batch/study-outputs.ts';
import { print, tell } from '../runtime/standard-output.ts';
import { EXPORTS, exportList, percentage } from './options.ts';
import {
  addStudyOptions,
  readCommandStudy,
  runCommandStudy,
  type StudyCommandOptions,
  tellExchange,
} from './study-options.ts';

interface CoverageOptions extends StudyCommandOptions {
  failUnder?: number;
  json: boolean;
  isochrones: IsochroneChoice;
  exports: Export[];
}

/** Exit code where a rate is below `--fail-under`. */
const EXIT_CHECK_FAILED = 1;

export function addCoverageCommand(program: Command): void {
  addStudyOptions(program.command('coverage'))
    .description('compute the indicator of a study and write its result folder')
    .option('--out <folder>', 'result folder (default: the study’s)')
    .option('--fail-under <percent>', 'exit with 1 if the rate of any mode is lower', percentage)
    .option('--json', 'print indicateurs.json instead of the summary', false)
    .addOption(
      new Option('--isochrones <which>', 'isochrones to draw')
        .choices(['all', 'merged', 'none'])
        .default('all'),
    )
    .option(
      '--exports <list>',
      'of map, workbook, cells: files for other programs and paper, or none',
      exportList,
      [...EXPORTS],
    )
    .action(runCoverage);
}

async function runCoverage(path: string, options: CoverageOptions): Promise<void> {
  const begun = await readCommandStudy(path, options);
  const { study } = begun;
  const { checkResultFolder } = await import('../runtime/result-folder.ts');
  const { readOwnManifest } = await import('../runtime/own-files.ts');
  const { MANIFEST_GENERATOR } = await import('../report/manifest.ts');
  const { listInputPaths } = await import('../batch/check-inputs.ts');
  checkResultFolder(study.out, MANIFEST_GENERATOR, [study.path, ...listInputPaths(study)]);
  const shown = relative(process.cwd(), study.out) || '.';
  const replaced = readOwnManifest(study.out, MANIFEST_GENERATOR);
  if (replaced !== undefined && !options.quiet) {
    const { describeReplaced } = await import('../report/replaced-result.ts');
    tell(describeReplaced(shown, replaced, study.lang));
  }
  const running = runCommandStudy(begun, options, options.isochrones, `${shown}/notices.csv`);
  // Loaded while the run waits for its files.
  const loading = import('../batch/study-outputs.ts');
  const run = await running;
  const { buildOutputs, writeOutputs } = await loading;
  const files = await buildOutputs(run, options.isochrones, options.threads, new Set(options.exports));
  tellExchange(shown, writeOutputs(study.out, files));
  if (options.json) await print(files.get('indicateurs.json')!);
  else {
    const { writeTerminalSummary, wantsColor } = await import('../report/terminal.ts');
    const hasColor = wantsColor(process.env, process.stdout.isTTY === true);
    await print(`${writeTerminalSummary(run.report, { hasColor })}\n${shown}/rapport.html\n`);
  }
  const { failUnder } = options;
  if (failUnder === undefined) return;
  const below = run.report.result.modes.filter(({ whole }) => (whole.rate ?? 0) * 100 < failUnder);
  for (const { mode, whole } of below) {
    tell(`maillage: ${mode}: ${((whole.rate ?? 0) * 100).toFixed(2)} % is below ${failUnder} %\n`);
  }
  if (below.length > 0) process.exitCode = EXIT_CHECK_FAILED;
}
