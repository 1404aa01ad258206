/** `maillage init`: writes a commented study file to start from. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../common/errors.ts';
import { checkOutputFile, writeOutputFile } from '../runtime/output-file.ts';
import { print } from '../runtime/standard-output.ts';

export function addInitCommand(program: Command): void {
  program
    .command('init')
    .description('write a commented study file (in French)')
    .argument('[file]', 'file to write', 'etude.yaml')
    .option('--force', 'write over an existing file', false)
    .action(async (file: string, { force }: { force: boolean }) => {
      const path = resolve(file);
      if (existsSync(path) && !force) {
        throw new UsageError('the file exists already', {
          file,
          remedy: 'Choose another name, or add --force.',
        });
      }
      const rules = { inputs: [], begins: () => force, force };
      checkOutputFile(path, rules);
      const { studyTemplate } = await import('../study/template.ts');
      await writeOutputFile(path, studyTemplate(), rules);
      await print(`${file}\n`);
    });
}
