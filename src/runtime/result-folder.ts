/**
 * Result folders: written whole under a temporary name beside their own, then exchanged. Only a folder that
 * holds this tool's own manifest is ever replaced; an interruption leaves the previous result as it was.
 */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../common/errors.ts';
import {
  cannotWrite,
  checkCreatable,
  createFolder,
  forgetTemporary,
  rememberTemporary,
  removeQuietly,
} from './files.ts';

const MANIFEST_NAME = 'manifest.json';

/**
 * Checks, before any computing, that a folder may be written.
 * @throws UsageError where it holds something that is not a result of this tool
 */
export function checkResultFolder(folder: string, generator: string): void {
  checkCreatable(folder);
  if (!existsSync(folder)) return;
  refuseFile(folder);
  if (readdirSync(folder).length === 0 || isOwnResult(folder, generator)) return;
  throw new UsageError('the folder holds files that are not a result of maillage', {
    file: folder,
    remedy: 'Choose another --out: nothing is written over.',
  });
}

function refuseFile(folder: string): void {
  if (statSync(folder).isDirectory()) return;
  throw new UsageError('the result folder is a file', { file: folder, remedy: 'Choose another --out.' });
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

/**
 * Checks, before any computing, that files may be written into a folder: it is absent, or holds only files of
 * these names from an earlier run.
 * @throws UsageError where it holds anything else
 */
export function checkFolderOfFiles(folder: string, names: readonly string[]): void {
  checkCreatable(folder);
  if (!existsSync(folder)) return;
  refuseFile(folder);
  const other = readdirSync(folder).find((name) => !names.includes(name));
  if (other === undefined) return;
  throw new UsageError(`the folder holds other files than ${names.join(' and ')}`, {
    file: folder,
    value: other,
    remedy: 'Choose another --out: nothing is written over.',
  });
}

/** Another run that writes to the same place at the same time gets in between this often at most. */
const GREATEST_EXCHANGE_COUNT = 20;

/** Writes the files, and puts the folder in the place of the previous result. */
export function writeResultFolder(
  folder: string,
  generator: string,
  files: ReadonlyMap<string, string | Uint8Array>,
): void {
  checkResultFolder(folder, generator);
  // Through a symbolic link: the folder that it names is replaced, not the link.
  const target = existsSync(folder) ? realpathSync(folder) : resolve(folder);
  const temporary = `${target}.${process.pid}.tmp`;
  rememberTemporary(temporary);
  try {
    createFolder(dirname(target));
    rmSync(temporary, { recursive: true, force: true });
    mkdirSync(temporary);
    for (const [name, content] of files) writeFileSync(join(temporary, name), content);
    exchange(temporary, target);
  } catch (error) {
    removeQuietly(temporary);
    throw cannotWrite('the result cannot be written', folder, error);
  } finally {
    forgetTemporary(temporary);
  }
}

/** Puts a folder in the place of another; the last of several runs that do so wins, each result whole. */
function exchange(temporary: string, target: string): void {
  const previous = `${target}.${process.pid}.old`;
  for (let attempt = 1; ; attempt++) {
    const hadPrevious = moveIfThere(target, previous);
    try {
      renameSync(temporary, target);
      rmSync(previous, { recursive: true, force: true });
      return;
    } catch (error) {
      if (hadPrevious && !existsSync(target)) renameSync(previous, target);
      else rmSync(previous, { recursive: true, force: true });
      const isTaken = ['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '');
      if (!isTaken || attempt === GREATEST_EXCHANGE_COUNT) throw error;
    }
  }
}

function moveIfThere(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
