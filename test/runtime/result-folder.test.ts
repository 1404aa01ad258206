/** Result folders are exchanged whole: a foreign folder is never written over, a failure leaves the old result. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { rememberTemporary, removeTemporaries, writeFileWhole } from '../../src/runtime/files.ts';
import { checkResultFolder, writeResultFolder } from '../../src/runtime/result-folder.ts';
import { temporaryFolder } from '../run-cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const MANIFEST = JSON.stringify({ generator: { name: 'maillage' } });

function filesOf(content: string): Map<string, string | Uint8Array> {
  return new Map([
    ['manifest.json', MANIFEST],
    ['communes.csv', content],
  ]);
}

describe('the result folder', () => {
  it('is made with the folders above it, and replaced by the next result', () => {
    const target = join(folder.path, 'new', 'deep', 'result');
    writeResultFolder(target, 'maillage', filesOf('first'));
    writeFileSync(join(target, 'of-the-first.txt'), '');
    writeResultFolder(target, 'maillage', filesOf('second'));
    expect(readdirSync(target).sort()).toEqual(['communes.csv', 'manifest.json']);
    expect(readFileSync(join(target, 'communes.csv'), 'utf8')).toBe('second');
    expect(readdirSync(join(target, '..'))).toEqual(['result']);
  });

  it('may be empty, or absent', () => {
    mkdirSync(join(folder.path, 'empty'));
    expect(() => checkResultFolder(join(folder.path, 'empty'), 'maillage')).not.toThrow();
    expect(() => checkResultFolder(join(folder.path, 'absent'), 'maillage')).not.toThrow();
  });

  it.each<[string, Record<string, string>]>([
    ['files without a manifest', { 'letter.odt': 'mine' }],
    ['another tool’s manifest', { 'manifest.json': '{"generator":{"name":"other"}}' }],
    ['a manifest that is no JSON', { 'manifest.json': 'hello' }],
    ['a manifest of another form', { 'manifest.json': 'null' }],
  ])('is refused, and left alone, where it holds %s', (name, files) => {
    const target = join(folder.path, name);
    mkdirSync(target);
    for (const [file, content] of Object.entries(files)) writeFileSync(join(target, file), content);
    expect(() => writeResultFolder(target, 'maillage', filesOf('x'))).toThrow('not a result of maillage');
    expect(readdirSync(target)).toEqual(Object.keys(files));
  });

  it('is refused where it is a file', () => {
    writeFileSync(join(folder.path, 'file'), '');
    expect(() => checkResultFolder(join(folder.path, 'file'), 'maillage')).toThrow('is a file');
  });

  it('keeps the previous result where the new one cannot be written', () => {
    const target = join(folder.path, 'kept');
    writeResultFolder(target, 'maillage', filesOf('old'));
    const unwritable = filesOf('new').set('no-such-folder/x.csv', 'x');
    expect(() => writeResultFolder(target, 'maillage', unwritable)).toThrow('the result cannot be written');
    expect(readFileSync(join(target, 'communes.csv'), 'utf8')).toBe('old');
    expect(readdirSync(folder.path).filter((name) => /\.(tmp|old)$/.test(name))).toEqual([]);
  });
});

describe('a file', () => {
  it('is written whole, or not at all', () => {
    const path = join(folder.path, 'out', 'matrix.csv');
    writeFileWhole(path, 'a');
    writeFileWhole(path, 'b');
    expect(readFileSync(path, 'utf8')).toBe('b');
    expect(() => writeFileWhole(join(path, 'below'), 'c')).toThrow('the file cannot be written');
    expect(readdirSync(join(folder.path, 'out'))).toEqual(['matrix.csv']);
  });

  it('that an interruption leaves half-written is removed', () => {
    const path = join(folder.path, 'half.tmp');
    writeFileSync(path, 'half');
    rememberTemporary(path);
    removeTemporaries();
    expect(existsSync(path)).toBe(false);
  });
});
