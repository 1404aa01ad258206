/** `maillage check`: the doctor. Every input of a study opened, every defect listed, before any computing. */
import { type Command, Option } from 'commander';
import { modeList } from './options.ts';
import { languageOption, progressWords, runWords } from './run-language.ts';

interface CheckCommandOptions {
  mode?: string[];
  json: boolean;
  csv?: string;
  force: boolean;
  cache: string | boolean;
  quiet: boolean;
}

/** Exit code where an input cannot be used. */
const EXIT_CHECK_FAILED = 1;

export function addCheckCommand(program: Command): void {
  const words = runWords().commands.check;
  const { options } = words;
  program
    .command('check')
    .description(words.description)
    .argument('<study>', options.study)
    .option('--mode <modes>', options.mode, modeList)
    .addOption(new Option('--json', options.json).default(false))
    .option('--csv <file>', options.csv)
    .option('--force', options.force, false)
    .option('--cache <folder>', options.cache)
    .option('--no-cache', options['no-cache'])
    .option('--quiet', options.quiet, false)
    .addOption(languageOption(options.lang))
    .addHelpText('after', words.exit)
    .action(runCheck);
}

async function runCheck(path: string, options: CheckCommandOptions): Promise<void> {
  const overrides = options.mode === undefined ? {} : { modes: options.mode };
  const { readStudyInLanguage, recoverStudyResult } = await import('./study-options.ts');
  const study = await readStudyInLanguage(path, { overrides, checkFiles: false });
  await recoverStudyResult(study.out);
  const { checkOutputFile, writeOutputFile } = await import('../runtime/output-file.ts');
  const { listInputPaths } = await import('../batch/check-inputs.ts');
  const { beginsAsCheckCsv } = await import('../report/own-starts.ts');
  const rules = {
    inputs: [study.path, ...listInputPaths(study)],
    begins: beginsAsCheckCsv,
    force: options.force,
  };
  if (options.csv !== undefined) checkOutputFile(options.csv, rules);
  const { checkStudy } = await import('../batch/check-study.ts');
  const { openCache } = await import('../runtime/cache.ts');
  const { createProgress } = await import('../runtime/progress.ts');
  const { packageVersion } = await import('../runtime/version.ts');
  const progress = createProgress(options.quiet, progressWords());
  const check = await checkStudy(study, {
    cache: openCache(options.cache),
    version: packageVersion(),
    onProgress: (stage, share) => progress.update(stage, share),
  }).finally(() => progress.stop());
  const { countSeverities, writeCheckCsv, writeCheckJson, writeCheckText } = await import(
    '../report/check-report.ts'
  );
  const { print, printData } = await import('../runtime/standard-output.ts');
  if (options.csv !== undefined) await writeOutputFile(options.csv, writeCheckCsv(check), rules);
  if (options.json) await printData(writeCheckJson(check));
  else {
    const { wantsColor } = await import('../report/terminal.ts');
    const hasColor = wantsColor(process.env, process.stdout.isTTY === true);
    const width = process.stdout.isTTY ? process.stdout.columns : undefined;
    const text = { hasColor, csvFile: options.csv, ...(width === undefined ? {} : { width }) };
    await print(writeCheckText(check, text));
  }
  if (countSeverities(check).error > 0) process.exitCode = EXIT_CHECK_FAILED;
}
