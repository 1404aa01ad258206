/** `maillage init`: writes a commented study file to start from. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../common/errors.ts';
import { writeFileWhole } from '../runtime/files.ts';

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
      const { studyTemplate } = await import('../study/template.ts');
      writeFileWhole(path, studyTemplate());
      process.stdout.write(`${file}\n`);
    });
}
