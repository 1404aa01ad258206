/** `maillage coverage`: the indicator with all its outputs. */
import { relative } from 'node:path';
import { type Command, Option } from 'commander';
import type { IsochroneChoice } from '../batch/search-mode.ts';
import type { Export } from '../batch/study-outputs.ts';
import { formatNumber } from '../report/numbers.ts';
import { wordMode } from '../report/texts.ts';
import { print, tell } from '../runtime/standard-output.ts';
import { EXPORTS, exportList, percentage } from './options.ts';
import { runWords } from './run-language.ts';
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
  const words = runWords().commands.coverage;
  const { options } = words;
  addStudyOptions(program.command('coverage'), words)
    .option('--out <folder>', options.out)
    .option('--fail-under <percent>', options['fail-under'], percentage)
    .option('--json', options.json, false)
    .addOption(
      new Option('--isochrones <which>', options.isochrones)
        .choices(['all', 'merged', 'none'])
        .default('all'),
    )
    .option('--exports <list>', options.exports, exportList, [...EXPORTS])
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
    const rate = `${formatNumber((whole.rate ?? 0) * 100, study.lang, 2)} %`;
    const limit = `${formatNumber(failUnder, study.lang, Number.isInteger(failUnder) ? 0 : 2)} %`;
    tell(`maillage: ${runWords().told.belowLimit(wordMode(mode, study.lang).title, rate, limit)}\n`);
  }
  if (below.length > 0) process.exitCode = EXIT_CHECK_FAILED;
}
