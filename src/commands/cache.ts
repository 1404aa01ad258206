/** `maillage cache`: lists or clears the cached networks. */
import type { Command } from 'commander';
import { openListedCache } from '../runtime/cache.ts';
import { print, tell } from '../runtime/standard-output.ts';

const BYTES_PER_MEGABYTE = 1e6;

export function addCacheCommand(program: Command): void {
  const command = program.command('cache').description('cached networks: list them, or clear them');
  command
    .command('list')
    .description('list the cached files')
    .option('--cache <folder>', 'folder of cached networks')
    .action(async ({ cache }: { cache?: string }) => {
      const opened = openListedCache(cache);
      for (const { name, bytes, modified } of opened.list()) {
        const size = (bytes / BYTES_PER_MEGABYTE).toFixed(1).padStart(9);
        await print(`${size} MB  ${modified.toISOString().slice(0, 16)}  ${name}\n`);
      }
      tell(`${opened.folder}\n`);
    });
  command
    .command('clear')
    .description('remove the cached files')
    .option('--cache <folder>', 'folder of cached networks')
    .action(async ({ cache }: { cache?: string }) => {
      const opened = openListedCache(cache);
      const bytes = opened.clear();
      await print(`${(bytes / BYTES_PER_MEGABYTE).toFixed(1)} MB removed from ${opened.folder}\n`);
    });
}
