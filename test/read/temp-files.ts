/** Writes the inputs of a test into a folder of its own, which goes when the file's tests are done. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

export type WriteTemp = (name: string, content: string | Buffer) => string;

/** Call at the top of a test file; `write('a/b.csv', …)` gives the path. */
export function useTempFiles(): WriteTemp {
  const folder = mkdtempSync(join(tmpdir(), 'maillage-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return (name, content) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  };
}
