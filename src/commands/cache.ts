/** `maillage cache`: lists or clears the cached networks. */
import type { Command } from 'commander';
import { openCache } from '../runtime/cache.ts';

const BYTES_PER_MEGABYTE = 1e6;

export function addCacheCommand(program: Command): void {
  const command = program.command('cache').description('cached networks: list them, or clear them');
  command
    .command('list')
    .description('list the cached files')
    .option('--cache <folder>', 'folder of cached networks')
    .action(({ cache }: { cache?: string }) => {
      const opened = openCache(cache);
      for (const { name, bytes, modified } of opened.list()) {
        const size = (bytes / BYTES_PER_MEGABYTE).toFixed(1).padStart(9);
        process.stdout.write(`${size} MB  ${modified.toISOString().slice(0, 16)}  ${name}\n`);
      }
      process.stderr.write(`${opened.folder}\n`);
    });
  command
    .command('clear')
    .description('remove the cached files')
    .option('--cache <folder>', 'folder of cached networks')
    .action(({ cache }: { cache?: string }) => {
      const opened = openCache(cache);
      const bytes = opened.clear();
      process.stdout.write(`${(bytes / BYTES_PER_MEGABYTE).toFixed(1)} MB removed from ${opened.folder}\n`);
    });
}
