/**
 * Result folders: written whole under a temporary name beside their own, then exchanged. Only a folder that
 * holds this tool's own manifest is ever replaced; an interruption leaves the previous result as it was.
 */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../common/errors.ts';
import { forgetTemporary, rememberTemporary } from './files.ts';

const MANIFEST_NAME = 'manifest.json';

/**
 * Checks, before any computing, that a folder may be written.
 * @throws UsageError where it holds something that is not a result of this tool
 */
export function checkResultFolder(folder: string, generator: string): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) {
    throw new UsageError('the result folder is a file', { file: folder, remedy: 'Choose another --out.' });
  }
  if (readdirSync(folder).length === 0 || isOwnResult(folder, generator)) return;
  throw new UsageError('the folder holds files that are not a result of maillage', {
    file: folder,
    remedy: 'Choose another --out: nothing is written over.',
  });
}

function isOwnResult(folder: string, generator: string): boolean {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, MANIFEST_NAME), 'utf8')) as {
      generator?: { name?: string };
    };
    return manifest.generator?.name === generator;
  } catch {
    return false;
  }
}

/** Writes the files, and puts the folder in the place of the previous result. */
export function writeResultFolder(
  folder: string,
  generator: string,
  files: ReadonlyMap<string, string | Uint8Array>,
): void {
  const target = resolve(folder);
  checkResultFolder(target, generator);
  const temporary = `${target}.${process.pid}.tmp`;
  const previous = `${target}.${process.pid}.old`;
  rememberTemporary(temporary);
  try {
    mkdirSync(dirname(target), { recursive: true });
    rmSync(temporary, { recursive: true, force: true });
    mkdirSync(temporary);
    for (const [name, content] of files) writeFileSync(join(temporary, name), content);
    if (existsSync(target)) renameSync(target, previous);
    renameSync(temporary, target);
    rmSync(previous, { recursive: true, force: true });
  } catch (error) {
    if (!existsSync(target) && existsSync(previous)) renameSync(previous, target);
    rmSync(temporary, { recursive: true, force: true });
    throw new UsageError('the result cannot be written', {
      file: folder,
      value: (error as NodeJS.ErrnoException).code ?? String(error),
      remedy: 'Check the folder, its rights, and the space left.',
    });
  } finally {
    forgetTemporary(temporary);
  }
}
