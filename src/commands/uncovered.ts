/** `maillage uncovered`: the communes left out, as a table on the terminal, CSV or JSON. */
import { type Command, Option } from 'commander';
import { print, printData } from '../runtime/standard-output.ts';
import { runWords } from './run-language.ts';
import {
  addStudyOptions,
  readCommandStudy,
  runCommandStudy,
  type StudyCommandOptions,
} from './study-options.ts';

interface UncoveredOptions extends StudyCommandOptions {
  csv: boolean;
  json: boolean;
}

export function addUncoveredCommand(program: Command): void {
  const words = runWords().commands.uncovered;
  addStudyOptions(program.command('uncovered'), words)
    .addOption(new Option('--csv', words.options.csv).default(false).conflicts('json'))
    .option('--json', words.options.json, false)
    .action(runUncovered);
}

async function runUncovered(path: string, options: UncoveredOptions): Promise<void> {
  const { study, helper } = await readCommandStudy(path, options);
  const withoutVariants = { study: { ...study, variants: [] }, helper };
  const { report } = await runCommandStudy(withoutVariants, options, 'none');
  if (options.csv) {
    const { writeUncoveredCsv } = await import('../report/coverage-tables.ts');
    await printData(writeUncoveredCsv(report));
  } else if (options.json) {
    const { buildUncoveredRecords } = await import('../report/coverage-tables.ts');
    await printData(`${JSON.stringify(buildUncoveredRecords(report), undefined, 2)}\n`);
  } else {
    const { writeUncoveredTable, wantsColor } = await import('../report/terminal.ts');
    const hasColor = wantsColor(process.env, process.stdout.isTTY === true);
    const width = process.stdout.isTTY ? process.stdout.columns : undefined;
    await print(writeUncoveredTable(report, { hasColor, ...(width === undefined ? {} : { width }) }));
  }
}
