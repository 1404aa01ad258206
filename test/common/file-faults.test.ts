/** Whatever goes wrong while a file is read is told as that file's, and nothing else is. */
import { closeSync, openSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InterruptedError, UsageError } from '../../src/common/errors.ts';
import { cannotOpen, statFile, whileReading, whileReadingNow } from '../../src/common/file-faults.ts';
import { findFrench } from '../../src/report/fault-words.ts';
import { usageErrorOf } from '../read/failing.ts';

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: as the system says`), { code, syscall: 'open' });
}

function overflow(): number {
  return 1 + overflow();
}

const THROWN: ReadonlyArray<readonly [name: string, work: () => unknown, says: RegExp]> = [
  ['of a parser', () => JSON.parse('{'), /^the file cannot be read: .*JSON/],
  [
    'of a library that meets null',
    () => (null as unknown as { type: string }).type,
    /^the file cannot be read: .*null/,
  ],
  ['of the engine’s stack', overflow, /nested too deeply/],
  ['of an array beyond all memory', () => new Float64Array(-1), /more than can be read at once/],
  ['of a string beyond all memory', () => 'x'.repeat(2 ** 30), /more than can be read at once/],
  [
    'that is no error',
    () => {
      throw 'a word';
    },
    /^the file cannot be read: a word/,
  ],
  [
    'of too many open files',
    () => {
      throw systemError('EMFILE');
    },
    /^too many files are open$/,
  ],
  [
    'of a folder that cannot be listed',
    () => {
      throw systemError('EACCES');
    },
    /cannot be opened \(EACCES\)/,
  ],
  [
    'of a failing disk',
    () => {
      throw systemError('EIO');
    },
    /^the disk or the network fails$/,
  ],
  ['of a name too long', () => closeSync(openSync('n'.repeat(5000), 'r')), /longer than the system allows/],
  ['of a NUL in a name', () => closeSync(openSync('a\0b', 'r')), /a character that no path holds/],
];

describe('a fault while a file is read', () => {
  it.each(THROWN)('%s is the file’s, with a remedy', async (_, work, says) => {
    for (const read of [
      () => whileReadingNow('a.csv', work),
      () => whileReading('a.csv', async () => work()),
    ]) {
      const error = await usageErrorOf(read);
      expect(error.message).toMatch(says);
      expect(error.fields.file).toBe('a.csv');
      expect(findFrench(error.message), error.message).toBeDefined();
      expect(findFrench(error.fields.remedy), error.fields.remedy).toBeDefined();
    }
  });

  it.each([new UsageError('known', { file: 'b.csv', remedy: 'Mend it.' }), new InterruptedError()])(
    'that is one already stays as it is: %s',
    (known) => {
      expect(() =>
        whileReadingNow('a.csv', () => {
          throw known;
        }),
      ).toThrow(known);
    },
  );

  it('is told of paths that the system refuses to look at', async () => {
    expect(statFile('none')).toBeUndefined();
    expect((await usageErrorOf(() => statFile('n'.repeat(5000)))).message).toMatch(/longer than/);
    expect(cannotOpen('a', systemError('ELOOP')).describe()).toMatch(
      /^a: the file cannot be opened \(ELOOP\)\n {2}\S/,
    );
  });
});

describe('a message', () => {
  const shown = (message: string, value?: string, file = 'a.csv') =>
    new UsageError(message, {
      file,
      remedy: 'Mend it.',
      ...(value === undefined ? {} : { value }),
    }).describe();

  it.each([
    ['\0'.repeat(30_000)],
    ['é'.repeat(30_000)],
    ['\u001b[31m'.repeat(9000)],
    ['a\nb\r'.repeat(9000)],
    ['😀'.repeat(9000)],
  ])('shows no more of a value than helps to find it', (value) => {
    const text = shown('odd', value);
    expect(text.length).toBeLessThan(80 * 6 + 60);
    expect(text).toContain('…');
    for (const control of ['\0', '\u001b', '\r']) expect(text).not.toContain(control);
    // No half of a character at the cut.
    expect(Buffer.from(text).toString()).toBe(text);
    expect(new UsageError('odd', { value, remedy: 'Mend it.' }).fields.value).toHaveLength(
      value.startsWith('😀') ? 81 : 81,
    );
  });

  it('shows both ends of a path that is longer than any screen, and its controls as numbers', () => {
    const text = shown('odd', undefined, `${'d/'.repeat(2000)}\u001bend.csv`);
    expect(text.length).toBeLessThan(260);
    expect(text).toContain('\\u001bend.csv: odd');
  });

  it('is cut where it holds what a file holds', () => {
    expect(shown(`no column ${'x'.repeat(9000)}`).length).toBeLessThan(700);
  });
});
