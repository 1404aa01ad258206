/** Result folders are exchanged whole: a foreign folder is never written over, a failure leaves the old result. */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeFileWhole } from '../../src/runtime/files.ts';
import { describeExchange } from '../../src/runtime/folder-exchange.ts';
import { checkResultFolder, writeResultFolder } from '../../src/runtime/result-folder.ts';
import { rememberTemporary, removeTemporaries } from '../../src/runtime/temporaries.ts';
import { COMMAND_LINE_WORDS } from '../../src/words/words.ts';
import { temporaryFolder } from '../run-cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

/** A result of one table, with the manifest that vouches for it. */
function filesOf(content: string): Map<string, string | Uint8Array> {
  const sha256 = createHash('sha256').update(content).digest('hex');
  const outputs = [{ name: 'communes.csv', bytes: Buffer.byteLength(content), sha256 }];
  return new Map([
    ['communes.csv', content],
    ['manifest.json', JSON.stringify({ generator: { name: 'maillage' }, outputs })],
  ]);
}

describe('the result folder', () => {
  it('is made with the folders above it, and replaced by the next result', () => {
    const target = join(folder.path, 'new', 'deep', 'result');
    writeResultFolder(target, 'maillage', filesOf('first'));
    expect(writeResultFolder(target, 'maillage', filesOf('second'))).toEqual({ kept: [], left: undefined });
    expect(readdirSync(target).sort()).toEqual(['communes.csv', 'manifest.json']);
    expect(readFileSync(join(target, 'communes.csv'), 'utf8')).toBe('second');
    expect(readdirSync(join(target, '..'))).toEqual(['result']);
  });

  it('leaves what its manifest does not list: files, hidden ones, folders, links', () => {
    const target = join(folder.path, 'with-own');
    writeResultFolder(target, 'maillage', filesOf('first'));
    writeFileSync(join(target, 'projet.qgz'), 'qgis');
    writeFileSync(join(target, '.notes'), 'hidden');
    mkdirSync(join(target, 'photos', 'mairie'), { recursive: true });
    writeFileSync(join(target, 'photos', 'mairie', 'a.jpg'), 'jpeg');
    symlinkSync('nowhere', join(target, 'raccourci'));
    const inode = statSync(join(target, 'projet.qgz')).ino;
    writeResultFolder(target, 'maillage', filesOf('second'));
    expect(readdirSync(target).sort()).toEqual(
      ['.notes', 'communes.csv', 'manifest.json', 'photos', 'projet.qgz', 'raccourci'].sort(),
    );
    expect(readFileSync(join(target, 'communes.csv'), 'utf8')).toBe('second');
    expect(readFileSync(join(target, 'photos', 'mairie', 'a.jpg'), 'utf8')).toBe('jpeg');
    expect(readlinkSync(join(target, 'raccourci'))).toBe('nowhere');
    // The same file, which a program may have open, and not a copy.
    expect(statSync(join(target, 'projet.qgz')).ino).toBe(inode);
    expect(readdirSync(folder.path).filter((name) => name.startsWith('with-own'))).toEqual(['with-own']);
  });

  it.each<[string, (target: string) => void]>([
    ['was edited', (target) => writeFileSync(join(target, 'communes.csv'), 'mine!')],
    [
      'was edited to the same length',
      (target) => writeFileSync(join(target, 'communes.csv'), 'mine!'.slice(0, 5)),
    ],
    [
      'is a link now',
      (target) => {
        writeFileSync(join(target, '..', 'elsewhere.csv'), 'mine!');
        unlinkSync(join(target, 'communes.csv'));
        symlinkSync('../elsewhere.csv', join(target, 'communes.csv'));
      },
    ],
    [
      'is a folder now',
      (target) => {
        unlinkSync(join(target, 'communes.csv'));
        mkdirSync(join(target, 'communes.csv'));
        writeFileSync(join(target, 'communes.csv', 'x'), 'mine!');
      },
    ],
    [
      'was not listed',
      (target) => {
        writeFileSync(join(target, 'communes.csv'), 'mine!');
        const manifest = { generator: { name: 'maillage' }, outputs: [] };
        writeFileSync(join(target, 'manifest.json'), JSON.stringify(manifest));
      },
    ],
  ])('keeps under another name, and names, a file of the result that %s', (how, edit) => {
    const target = join(folder.path, `edited ${how}`);
    writeResultFolder(target, 'maillage', filesOf('first'));
    edit(target);
    for (const keptAs of ['communes-votre-version.csv', 'communes-votre-version-2.csv']) {
      const exchange = writeResultFolder(target, 'maillage', filesOf('second'));
      expect(exchange.kept).toEqual([{ name: 'communes.csv', keptAs }]);
      expect(describeExchange('res', exchange, COMMAND_LINE_WORDS.en.told).join()).toContain(
        `your version is kept as ${keptAs}`,
      );
      const path = join(target, keptAs);
      expect(readFileSync(statSync(path).isDirectory() ? join(path, 'x') : path, 'utf8')).toBe('mine!');
      expect(readFileSync(join(target, 'communes.csv'), 'utf8')).toBe('second');
      edit(target);
    }
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

  it('counts as empty where a file manager alone has written into it', () => {
    const target = join(folder.path, 'shown');
    mkdirSync(target);
    writeFileSync(join(target, '.DS_Store'), 'x');
    writeResultFolder(target, 'maillage', filesOf('first'));
    expect(readdirSync(target).sort()).toEqual(['.DS_Store', 'communes.csv', 'manifest.json']);
  });

  it('is refused where an input lies in it, or it in an input, by whatever name', () => {
    const target = join(folder.path, 'holds-input');
    writeResultFolder(target, 'maillage', filesOf('first'));
    mkdirSync(join(target, 'sources'));
    const input = join(target, 'sources', 'homes.csv');
    writeFileSync(input, 'x');
    symlinkSync(target, join(folder.path, 'by-link'));
    symlinkSync(input, join(folder.path, 'link-to-input.csv'));
    for (const path of [input, join(folder.path, 'link-to-input.csv'), join(target, 'communes.csv')]) {
      for (const out of [target, join(folder.path, 'by-link'), `${target}/../holds-input/`]) {
        expect(() => checkResultFolder(out, 'maillage', [path])).toThrow('holds an input of the study');
      }
    }
    expect(() =>
      checkResultFolder(join(target, 'sources', 'out'), 'maillage', [join(target, 'sources')]),
    ).toThrow('lies in an input');
    expect(() => checkResultFolder(target, 'maillage', [join(folder.path, 'absent')])).not.toThrow();
  });

  it('is the folder that a symbolic link names; one that leads nowhere is refused', () => {
    const [target, link] = [join(folder.path, 'named'), join(folder.path, 'name')];
    mkdirSync(target);
    symlinkSync('named', link);
    writeResultFolder(link, 'maillage', filesOf('first'));
    writeResultFolder(link, 'maillage', filesOf('second'));
    expect(readFileSync(join(target, 'communes.csv'), 'utf8')).toBe('second');
    expect(readlinkSync(link)).toBe('named');
    symlinkSync('absent/disk', join(folder.path, 'dangling'));
    expect(() => checkResultFolder(join(folder.path, 'dangling'), 'maillage')).toThrow('leads nowhere');
    symlinkSync('circle', join(folder.path, 'circle'));
    expect(() => checkResultFolder(join(folder.path, 'circle'), 'maillage')).toThrow('in a circle');
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
