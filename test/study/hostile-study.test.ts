/** A study that is damaged, or none at all, is refused with its line before it takes time or memory. */
import { describe, expect, it } from 'vitest';
import { parseStudy, readStudy } from '../../src/study/study.ts';
import { usageErrorOf } from '../read/failing.ts';
import { useTempFiles } from '../read/temp-files.ts';

const write = useTempFiles();
const KEYS = 'name: A\nroads: [r.pbf]\npopulation: [p.csv]\nstructures: [s.csv]\n';
const BOMB = [
  'a: &a [x,x,x,x,x,x,x,x,x]',
  ...'bcdefghi'.split('').map((key, at) => {
    const last = 'abcdefgh'[at];
    return `${key}: &${key} [${Array.from({ length: 9 }, () => `*${last}`).join(',')}]`;
  }),
].join('\n');

const HOSTILE: ReadonlyArray<readonly [name: string, text: string, line: number, says: RegExp]> = [
  ['aliases of aliases', `${KEYS}${BOMB}\n`, 13, /aliases stand for too many values/],
  ['a map that holds itself', `${KEYS}speeds: &s {a: *s}\n`, 5, /alias stands inside/],
  ['a list that holds itself', `${KEYS}bands_minutes: &b [1, *b]\n`, 5, /alias stands inside/],
  [
    'a map that holds itself further down',
    `${KEYS}walk: &w\n  speed_kph:\n    deep: [*w]\n`,
    7,
    /alias stands inside/,
  ],
  ['an alias of nothing', `${KEYS}walk: *none\n`, 5, /alias stands for nothing|not valid YAML/],
  ['a merge key', `${KEYS}walk: &w {speed_kph: 4}\nbike:\n  <<: *w\n`, 7, /unknown key/],
  ['brackets without end', `${KEYS}rivers: ${'['.repeat(100_000)}`, 5, /nested too deeply/],
  ['maps without end', `${KEYS}rivers: ${'{a: '.repeat(50_000)}`, 5, /nested too deeply|not valid YAML/],
  ['a NUL in a name', `${KEYS}rivers: 'a\0b'\n`, 5, /NUL|not valid YAML/],
  [
    'an escaped NUL in a text',
    'name: "a\\0b"\nroads: [r.pbf]\npopulation: [p.csv]\nstructures: [s.csv]\n',
    1,
    /NUL character/,
  ],
  ['a key that stands twice', `${KEYS}lang: fr\nlang: en\n`, 6, /a key stands twice/],
  [
    'a key that stands twice in a group',
    `${KEYS}walk:\n  speed_kph: 4\n  speed_kph: 5\n`,
    7,
    /a key stands twice/,
  ],
  ['a key of 300 000 letters', `${KEYS}? ${'k'.repeat(300_000)}\n: 1\n`, 5, /unknown key/],
  ['a value of 900 000 letters', `${KEYS}lang: ${'y'.repeat(900_000)}\n`, 5, /lang: allowed is/],
  ['a date of 900 000 digits', `${KEYS}date: ${'9'.repeat(900_000)}\n`, 5, /date: allowed is/],
  [
    '50 000 unknown keys',
    `${KEYS}${Array.from({ length: 50_000 }, (_, at) => `cle${at}: 1`).join('\n')}\n`,
    5,
    /cle0: unknown key/,
  ],
];

describe('a hostile study', () => {
  it.each(HOSTILE)('is refused: %s', async (_, text, line, says) => {
    const start = performance.now();
    const error = await usageErrorOf(() => parseStudy('etude.yaml', text, { checkFiles: false }));
    expect(error.message).toMatch(says);
    expect(error.fields.line).toBe(line);
    expect(error.describe().length).toBeLessThan(6000);
    // Far from the 45 s that looking for what was meant by each of 50 000 keys took.
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('counts the faults that it does not show', async () => {
    const text = `${KEYS}${Array.from({ length: 50 }, (_, at) => `cle${at}: 1`).join('\n')}\n`;
    const error = await usageErrorOf(() => parseStudy('etude.yaml', text, { checkFiles: false }));
    expect(error.describe()).toMatch(/and 30 more$/);
  });

  it('may use aliases that stand for what it holds', () => {
    const text = `${KEYS}bands_minutes: &minutes [10, 20]\nisochrones_minutes: *minutes\n`;
    expect(parseStudy('etude.yaml', text, { checkFiles: false }).isochronesMinutes).toEqual([10, 20]);
  });
});

describe('what is no study file', () => {
  it.each([
    ['a device', '/dev/zero', /this is a stream/],
    ['a folder', '.', /this is a folder/],
    ['a name too long', 'n'.repeat(5000), /longer than the system allows/],
    ['a name with NUL', 'a\0b', /no path holds/],
  ])('is refused: %s', async (_, path, says) => {
    const error = await usageErrorOf(() => readStudy(path));
    expect(error.message).toMatch(says);
    expect(error.fields.remedy).toMatch(/\w/);
  });

  it.each([1, 8])('is refused where it takes more than 1 MB: %i times', async (times) => {
    const path = write('large.yaml', `${KEYS}# ${'x'.repeat(times << 20)}\n`);
    expect((await usageErrorOf(() => readStudy(path))).message).toBe('the study is larger than 1 MB');
  });

  it.each([`roads: [${'n'.repeat(300)}.pbf]`, `roads: [${'n/'.repeat(3000)}r.pbf]`])(
    'names of files that are too long are told at their key',
    async (roads) => {
      const path = write('long.yaml', KEYS.replace('roads: [r.pbf]', roads));
      const error = await usageErrorOf(() => readStudy(path));
      expect(error.message).toMatch(/^roads\[0\]: the path is longer than the system allows/);
      expect(error.fields.line).toBe(2);
      expect(error.describe().length).toBeLessThan(3000);
    },
  );
});
