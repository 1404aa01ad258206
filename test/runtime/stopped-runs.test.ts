/**
 * Runs that die, or meet another run, at each of their calls to the file system in turn. A dead run is one whose calls
 * all fail from some call on: whatever the code does then to tidy up has no effect, as after `kill -9`. Afterwards
 * one whole result is in place or stands whole beside it, and no file of the user's is lost.
 */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeFileWhole } from '../../src/runtime/files.ts';
import { recoverResultFolder, writeResultFolder } from '../../src/runtime/result-folder.ts';
import { temporaryFolder } from '../run-cli.ts';

/** Calls made, the call that is the last, and what happens at it. */
const life = vi.hoisted(() => ({
  calls: 0,
  last: Number.POSITIVE_INFINITY,
  onLast: undefined as (() => void) | undefined,
}));

vi.mock('node:fs', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:fs')>();
  const mortal =
    (name: string, call: (...given: unknown[]) => unknown) =>
    (...given: unknown[]) => {
      life.calls++;
      if (life.calls === life.last) life.onLast?.();
      if (life.onLast !== undefined || life.calls <= life.last) return call(...given);
      // Killed while it wrote: a part is there.
      if (name === 'writeFileSync' && life.calls === life.last + 1) call(given[0], 'par');
      throw Object.assign(new Error('the run is dead'), { code: 'DEAD' });
    };
  const mortals = Object.entries(real).map(([name, value]) => [
    name,
    typeof value === 'function' && name.endsWith('Sync')
      ? mortal(name, value as (...given: unknown[]) => unknown)
      : value,
  ]);
  return { ...Object.fromEntries(mortals), default: real };
});

const folder = temporaryFolder();
afterAll(folder.remove);
const target = join(folder.path, 'result');

/** Three tables that all say the same, and their manifest. */
function resultOf(word: string): Map<string, string> {
  const files = new Map(
    ['communes.csv', 'carte.svg', 'rapport.html'].map((name) => [name, `${word} ${name}`]),
  );
  const outputs = Array.from(files, ([name, content]) => ({
    name,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  }));
  return files.set('manifest.json', JSON.stringify({ generator: { name: 'maillage' }, word, outputs }));
}

/** The user's files: path in the folder -> content. `carte.svg` is edited. */
const OWN = {
  'projet.qgz': 'qgis',
  '.cache': 'hidden',
  'photos/mairie/a.jpg': 'jpeg',
  'carte.svg': 'my map',
};

function placeOldResult(): void {
  fs.rmSync(folder.path, { recursive: true, force: true });
  fs.mkdirSync(folder.path);
  writeResultFolder(target, 'maillage', resultOf('old'));
  for (const [path, content] of Object.entries(OWN)) {
    fs.mkdirSync(dirname(join(target, path)), { recursive: true });
    fs.writeFileSync(join(target, path), content);
  }
}

/** The word of the result in a folder that is whole, the user's files included; undefined where it is not. */
function wordOfWhole(at: string): string | undefined {
  const read = (path: string) =>
    fs.existsSync(join(at, path)) ? fs.readFileSync(join(at, path), 'utf8') : '';
  if (read('manifest.json') === '') return undefined;
  const { word } = JSON.parse(read('manifest.json')) as { word: string };
  for (const [name, content] of resultOf(word)) {
    if (read(name) !== content && !(word === 'old' && name === 'carte.svg')) return undefined;
  }
  for (const [path, content] of Object.entries(OWN)) {
    const moved = path.replace('carte.svg', 'carte-votre-version.svg');
    if (read(path) !== content && read(moved) !== content) return undefined;
  }
  return word;
}

function dieAfter(calls: number, work: () => void): void {
  Object.assign(life, { calls: 0, last: calls, onLast: undefined });
  try {
    work();
  } catch {
    // What a dead run would say.
  }
  revive();
}

function revive(): void {
  Object.assign(life, { last: Number.POSITIVE_INFINITY, onLast: undefined });
}

/** Calls that a run makes from beginning to end. */
function countCalls(work: () => void): number {
  life.calls = 0;
  work();
  return life.calls;
}

beforeEach(revive);

describe('a run that dies', () => {
  const write = () => writeResultFolder(target, 'maillage', resultOf('new'));

  it('at any call leaves the old result or the new one whole; the next command finds it in its place', () => {
    placeOldResult();
    const calls = countCalls(write);
    const seen = { oldInPlace: 0, newInPlace: 0, oldBeside: 0 };
    for (let last = 0; last <= calls; last++) {
      placeOldResult();
      dieAfter(last, write);
      const word = wordOfWhole(target);
      if (word === 'old') seen.oldInPlace++;
      else if (word === 'new') seen.newInPlace++;
      else {
        const beside = fs.readdirSync(folder.path).filter((name) => name.endsWith('.old'));
        expect(fs.existsSync(target), `call ${last}`).toBe(false);
        expect(
          beside.map((name) => wordOfWhole(join(folder.path, name))),
          `call ${last}`,
        ).toEqual(['old']);
        seen.oldBeside++;
      }
      const told = recoverResultFolder(target, 'maillage');
      expect(told, `call ${last}`).toBe(word === undefined);
      expect(wordOfWhole(target), `call ${last}`).toBe(word ?? 'old');
      expect(fs.readdirSync(folder.path), `call ${last}`).toEqual(['result']);
    }
    expect(seen.oldInPlace).toBeGreaterThan(20);
    expect(seen.newInPlace).toBeGreaterThan(10);
    // Between the two renames, and nowhere else.
    expect(seen.oldBeside).toBe(1);
  });

  it('while it recovers leaves work for the next', () => {
    placeOldResult();
    const calls = countCalls(write);
    for (const first of [calls - 30, calls - 20, calls - 10]) {
      for (let last = 0; last < 30; last++) {
        placeOldResult();
        dieAfter(first, write);
        const word = wordOfWhole(target);
        dieAfter(last, () => recoverResultFolder(target, 'maillage'));
        recoverResultFolder(target, 'maillage');
        expect(wordOfWhole(target), `calls ${first}, ${last}`).toBe(word ?? 'old');
        expect(fs.readdirSync(folder.path), `calls ${first}, ${last}`).toEqual(['result']);
      }
    }
  });

  it('at any call leaves the file of before or the new one, and the next run removes what it left', () => {
    const path = join(folder.path, 'matrix.csv');
    const calls = countCalls(() => writeFileWhole(path, 'new'));
    for (let last = 0; last <= calls; last++) {
      fs.rmSync(folder.path, { recursive: true, force: true });
      writeFileWhole(path, 'old');
      dieAfter(last, () => writeFileWhole(path, 'new'));
      expect(['old', 'new']).toContain(fs.readFileSync(path, 'utf8'));
      writeFileWhole(path, 'next');
      expect([fs.readFileSync(path, 'utf8'), fs.readdirSync(folder.path)]).toEqual(['next', ['matrix.csv']]);
    }
  });
});

describe('a run that meets another', () => {
  /** Another process, which no number of a running one stands for. */
  function runElsewhere(word: string): void {
    const pid = process.pid;
    Object.defineProperty(process, 'pid', { value: 4_194_305, configurable: true });
    try {
      writeResultFolder(target, 'maillage', resultOf(word));
    } finally {
      Object.defineProperty(process, 'pid', { value: pid, configurable: true });
    }
  }

  it('at any call leaves one whole result, the user’s files in it, and nothing beside', () => {
    placeOldResult();
    const calls = countCalls(() => writeResultFolder(target, 'maillage', resultOf('new')));
    const words = new Map<string | undefined, number>();
    for (let at = 1; at <= calls; at++) {
      placeOldResult();
      Object.assign(life, { calls: 0, last: at, onLast: () => runElsewhere('other') });
      writeResultFolder(target, 'maillage', resultOf('new'));
      revive();
      const word = wordOfWhole(target);
      expect(['new', 'other'], `call ${at}`).toContain(word);
      words.set(word, (words.get(word) ?? 0) + 1);
      expect(fs.readdirSync(folder.path), `call ${at}`).toEqual(['result']);
    }
    expect([...words.keys()].sort()).toEqual(['new', 'other']);
  });
});

describe('what stands beside a result', () => {
  beforeEach(placeOldResult);
  const put = (name: string, word: string) => {
    fs.mkdirSync(join(folder.path, name));
    for (const [file, content] of resultOf(word)) fs.writeFileSync(join(folder.path, name, file), content);
  };
  const ELSEWHERE = 'deadbeef';

  it.each([
    'result.old',
    'result.2025.old',
    'result.1234.tmp',
    'result.maillage.old',
    'resultats.maillage-1-x.old',
  ])('is the user’s where it is called %s', (name) => {
    put(name, 'kept');
    recoverResultFolder(target, 'maillage');
    writeResultFolder(target, 'maillage', resultOf('new'));
    expect(fs.readFileSync(join(folder.path, name, 'communes.csv'), 'utf8')).toBe('kept communes.csv');
    fs.rmSync(target, { recursive: true });
    expect(recoverResultFolder(target, 'maillage')).toBe(false);
    expect(fs.existsSync(join(folder.path, name, 'communes.csv'))).toBe(true);
  });

  it('is left to a run of another machine that may be alive, and removed after an hour', () => {
    const name = `result.maillage-1-${ELSEWHERE}.tmp`;
    put(name, 'half');
    recoverResultFolder(target, 'maillage');
    expect(fs.existsSync(join(folder.path, name))).toBe(true);
    const longAgo = Date.now() / 1000 - 4000;
    fs.utimesSync(join(folder.path, name), longAgo, longAgo);
    recoverResultFolder(target, 'maillage');
    expect(fs.existsSync(join(folder.path, name))).toBe(false);
  });

  it('is put back from whatever machine where there is no result in its place, the newest of several', () => {
    fs.rmSync(target, { recursive: true });
    put(`result.maillage-1-${ELSEWHERE}.old`, 'first');
    fs.writeFileSync(join(folder.path, `result.maillage-1-${ELSEWHERE}.old`, 'notes.txt'), 'mine');
    const soon = Date.now() + 20;
    while (Date.now() < soon);
    put(`result.maillage-2-${ELSEWHERE}.old`, 'second');
    expect(recoverResultFolder(target, 'maillage')).toBe(true);
    expect(fs.readFileSync(join(target, 'communes.csv'), 'utf8')).toBe('second communes.csv');
    expect(fs.readFileSync(join(target, 'notes.txt'), 'utf8')).toBe('mine');
    expect(fs.readdirSync(folder.path)).toEqual(['result']);
  });

  it('stays where what is in place is no result', () => {
    fs.rmSync(target, { recursive: true });
    fs.mkdirSync(target);
    fs.writeFileSync(join(target, 'letter.odt'), 'mine');
    put(`result.maillage-1-${ELSEWHERE}.old`, 'first');
    expect(recoverResultFolder(target, 'maillage')).toBe(false);
    expect(fs.readdirSync(folder.path).length).toBe(2);
    expect(fs.readdirSync(target)).toEqual(['letter.odt']);
  });
});
