/** `maillage cache`: lists or clears the cached networks. */
import type { Command } from 'commander';
import { openListedCache } from '../runtime/cache.ts';
import { print, tell } from '../runtime/standard-output.ts';
import { languageOption, runWords } from './run-language.ts';

const BYTES_PER_MEGABYTE = 1e6;

export function addCacheCommand(program: Command): void {
  const { told, commands } = runWords();
  const { description, list, clear, options } = commands.cache;
  const command = program.command('cache').description(description);
  command
    .command('list')
    .description(list)
    .option('--cache <folder>', options.cache)
    .addOption(languageOption(options.lang))
    .action(async ({ cache }: { cache?: string }) => {
      const opened = openListedCache(cache);
      for (const { name, bytes, modified } of opened.list()) {
        const size = told.megabytes((bytes / BYTES_PER_MEGABYTE).toFixed(1).padStart(9));
        await print(`${size}  ${modified.toISOString().slice(0, 16)}  ${name}\n`);
      }
      tell(`${opened.folder}\n`);
    });
  command
    .command('clear')
    .description(clear)
    .option('--cache <folder>', options.cache)
    .addOption(languageOption(options.lang))
    .action(async ({ cache }: { cache?: string }) => {
      const opened = openListedCache(cache);
      const bytes = opened.clear();
      await print(`${told.removedFromCache((bytes / BYTES_PER_MEGABYTE).toFixed(1), opened.folder ?? '')}\n`);
    });
}
