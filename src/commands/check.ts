/** `maillage check`: the doctor. Every input of a study opened, every defect listed, before any computing. */
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { modeList } from './options.ts';

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
  program
    .command('check')
    .description('check every input of a study and list each defect with its place and remedy')
    .argument('<study>', 'study file (YAML); "maillage init" writes one')
    .option('--mode <modes>', 'modes in place of the study’s, separated by commas', modeList)
    .addOption(new Option('--json', 'print everything as JSON').default(false))
    .option('--csv <file>', 'also write every defect, one a row, to this file')
    .option('--force', 'with --csv: replace a file that is not one of these lists', false)
    .option('--cache <folder>', 'folder of cached networks')
    .option('--no-cache', 'neither read nor write cached networks')
    .option('--quiet', 'no progress', false)
    .addHelpText('after', '\nExits with 1 where the study has an error; warnings and remarks do not fail.')
    .action(runCheck);
}

async function runCheck(path: string, options: CheckCommandOptions): Promise<void> {
  const { readStudy } = await import('../study/study.ts');
  const overrides = options.mode === undefined ? {} : { modes: options.mode };
  const study = await readStudy(resolve(path), { overrides, checkFiles: false });
  const { recoverStudyResult } = await import('./study-options.ts');
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
  const progress = createProgress(options.quiet);
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
