import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/english.ts'],
    globalSetup: ['test/bundle-page.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Most files wait for processes of their own; the default leaves one of two cores to nobody.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
