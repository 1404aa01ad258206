/** Large files of nothing but zeros or blanks are refused before they are hashed; what only begins or ends so is not. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { refuseBlankInput } from '../../src/runtime/blank-files.ts';

const LEAST_BYTES = 1 << 20;
const folder = mkdtempSync(join(tmpdir(), 'maillage-blank-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HEADINGS = Buffer.from('trip_id,arrival_time,departure_time,stop_id,stop_sequence\n');
const blank = (sign: string) => Buffer.alloc(2 * LEAST_BYTES, sign);

function look(name: string, bytes: Buffer): void {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  refuseBlankInput(path, LEAST_BYTES);
}

describe('a large file', () => {
  it.each<[string, Buffer]>([
    ['zeros', blank('\0')],
    ['line feeds', blank('\n')],
    ['blanks and line ends', blank('  \r\n')],
    ['rows of separators', blank(';;;\n')],
    ['headings and zeros', Buffer.concat([HEADINGS, blank('\0')])],
    ['headings and line feeds', Buffer.concat([HEADINGS, blank('\n')])],
  ])('of %s is refused with its path and a remedy', (name, bytes) => {
    const path = join(folder, 'blank');
    expect(() => look('blank', bytes), name).toThrow(
      expect.objectContaining({
        message: 'nearly all of the file is zeros or blanks',
        fields: expect.objectContaining({ file: path, remedy: expect.stringContaining('download') }),
      }),
    );
  });

  it.each<[string, Buffer]>([
    ['rows', Buffer.alloc(2 * LEAST_BYTES, '1;2;3\n')],
    [
      'rows above blank ones, as sheets write them',
      Buffer.concat([Buffer.alloc(LEAST_BYTES, '1;2\n'), blank(';\n')]),
    ],
    ['rows below blank ones', Buffer.concat([blank('\n'), Buffer.alloc(LEAST_BYTES, '1;2\n')])],
    ['a database with free pages', Buffer.concat([Buffer.from('SQLite format 3\0'), blank('\0')])],
  ])('of %s is let through', (name, bytes) => {
    expect(() => look('full', bytes), name).not.toThrow();
  });
});

it('a small file is left to its reader', () => {
  expect(() => look('small', Buffer.alloc(LEAST_BYTES - 1))).not.toThrow();
});

it('files of a folder are looked at too', () => {
  const feed = mkdtempSync(join(folder, 'feed-'));
  writeFileSync(join(feed, 'stops.txt'), HEADINGS);
  writeFileSync(join(feed, 'stop_times.txt'), Buffer.concat([HEADINGS, blank('\0')]));
  expect(() => refuseBlankInput(feed, LEAST_BYTES)).toThrow(
    expect.objectContaining({ fields: expect.objectContaining({ file: join(feed, 'stop_times.txt') }) }),
  );
});
