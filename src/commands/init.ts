/** `maillage init`: writes a commented study file to start from. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Fault } from '../common/errors.ts';
import { checkOutputFile, writeOutputFile } from '../runtime/output-file.ts';
import { print } from '../runtime/standard-output.ts';
import { languageOption, runWords } from './run-language.ts';

export function addInitCommand(program: Command): void {
  const { description, options } = runWords().commands.init;
  program
    .command('init')
    .description(description)
    .argument('[file]', options.file, 'etude.yaml')
    .option('--force', options.force, false)
    .addOption(languageOption(options.lang))
    .action(async (file: string, { force }: { force: boolean }) => {
      const path = resolve(file);
      if (existsSync(path) && !force) {
        throw new Fault('study-exists', { file });
      }
      const rules = { inputs: [], begins: () => force, force };
      checkOutputFile(path, rules);
      const { studyTemplate } = await import('../study/template.ts');
      await writeOutputFile(path, studyTemplate(), rules);
      await print(`${file}\n`);
    });
}
