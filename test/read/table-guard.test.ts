/** What is no table is refused after its first megabytes, and a table that ends within a line is told. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { readBoundaryFeatures } from '../../src/read/boundary-features.ts';
import { readCsv } from '../../src/read/csv.ts';
import { listGridFiles } from '../../src/read/grid-files.ts';
import { openGtfs } from '../../src/read/gtfs/gtfs-files.ts';
import { TableGuard } from '../../src/read/table-guard.ts';
import { writeZip } from '../../src/report/zip-file.ts';
import { usageErrorOf } from './failing.ts';
import { useTempFiles } from './temp-files.ts';

const write = useTempFiles();
const KB = 1 << 10;
const PIECE = 1 << 18;

/** Looks at the chunks with limits of some pieces; the number of those that were let through. */
function takenBy(chunks: readonly Buffer[]): number {
  const guard = new TableGuard('t.csv', 4 * PIECE, 8 * PIECE);
  let taken = 0;
  try {
    for (const chunk of chunks) {
      guard.look(chunk);
      taken++;
    }
  } catch {}
  return taken;
}

const row = Buffer.from(`${'1,2,3\n'.repeat(100)}`);

describe('a table', () => {
  it.each<[string, Buffer, number]>([
    ['of zeros', Buffer.alloc(PIECE), 4],
    ['of line feeds', Buffer.alloc(PIECE, '\n'), 8],
    ['of carriage returns and line feeds', Buffer.alloc(PIECE, '\r\n'), 8],
    ['of separators', Buffer.alloc(PIECE, ';;;\n'), 8],
    ['of quoted blanks', Buffer.alloc(PIECE, '"" ;\t""\n'), 8],
    ['of one line', Buffer.alloc(PIECE, 'ab,'), 4],
  ])('%s is refused where the limit is passed', (_, piece, taken) => {
    expect(takenBy([row, ...new Array<Buffer>(20).fill(piece)])).toBe(1 + taken);
    // In one chunk it is no other.
    expect(takenBy([row, Buffer.concat(new Array<Buffer>(20).fill(piece))])).toBe(1);
  });

  it.each<[string, Buffer]>([
    ['of rows', Buffer.alloc(PIECE, '1;2;3\n')],
    ['of rows of old Macs', Buffer.alloc(PIECE, '1;2;3\r')],
    ['in UTF-16', Buffer.from('1;2;3\n'.repeat(PIECE / 12), 'utf16le')],
    ['of long lines', Buffer.concat([Buffer.alloc(PIECE - 1, 'x'), Buffer.from('\n')])],
    ['with a row now and then', Buffer.concat([Buffer.alloc(PIECE - 6, '\n'), Buffer.from('1;2;3\n')])],
  ])('%s is let through', (_, piece) => {
    expect(takenBy(new Array<Buffer>(40).fill(piece))).toBe(40);
  });
});

describe('a feed of', () => {
  const TABLES = { 'stops.txt': 'stop_id\nA\n', 'trips.txt': 'trip_id\nT\n' };
  it.each<[string, Buffer, RegExp]>([
    ['zeros', Buffer.alloc(5000 * KB), /a line is longer than 4 MB/],
    ['line feeds', Buffer.alloc(33_000 * KB, '\n'), /32 MB of it are blank/],
  ])('%s in a folder or a zip names its table', async (name, bytes, says) => {
    const folder = mkdtempSync(join(tmpdir(), 'maillage-feed-'));
    try {
      mkdirSync(join(folder, 'feed'));
      for (const [table, text] of Object.entries({ ...TABLES, 'stop_times.txt': bytes }))
        writeFileSync(join(folder, 'feed', table), text);
      const files = await openGtfs(join(folder, 'feed'), new NoticeList());
      const error = await usageErrorOf(() => files.find('stop_times.txt'));
      expect(error.message).toMatch(says);
      expect(error.fields.file).toBe('feed/stop_times.txt');
      expect((await files.find('stops.txt'))?.toString()).toBe(TABLES['stops.txt']);
      const zip = writeZip(
        new Map(Object.entries({ ...TABLES, 'stop_times.txt': bytes.toString('latin1') })),
      );
      const zipped = await openGtfs(write(`${name}.zip`, Buffer.from(zip)), new NoticeList());
      const refused = await usageErrorOf(() => zipped.find('stop_times.txt'));
      zipped.close();
      // Above 16 MB the ratio of the zip tells sooner.
      expect(refused.message).toMatch(bytes.length > 16_384 * KB ? /unpacks to more than/ : says);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('too much of a kind', () => {
  it('is more than 100 grids in a zip', async () => {
    const grids = (count: number) =>
      Buffer.from(
        writeZip(
          new Map(Array.from({ length: count }, (_, i) => [`g${i}.csv`, 'lon,lat,population\n3,46,1\n'])),
        ),
      );
    expect(await listGridFiles(write('hundred.zip', grids(100)), new NoticeList())).toHaveLength(100);
    const error = await usageErrorOf(() => listGridFiles(write('more.zip', grids(101)), new NoticeList()));
    expect(error.message).toMatch(/more than 100 tables/);
    expect(error.fields).toMatchObject({ value: '101', remedy: expect.stringMatching(/population/) });
  });

  it('is more polygons than any country has communes', async () => {
    const feature = '{"type":"Feature","properties":{},"geometry":null}';
    const text = `{"type":"FeatureCollection","features":[${new Array(60_001).fill(feature).join(',')}]}`;
    for (const [name, bytes] of [
      ['many.geojson', text],
      ['many.geojson.gz', gzipSync(text)],
    ] as const) {
      const error = await usageErrorOf(() => readBoundaryFeatures(write(name, bytes), new NoticeList()));
      expect(error.message).toMatch(/more than 60000 polygons/);
    }
  });

  it('is what a gzip says that it holds more of than any JSON', async () => {
    // Longer than the chunk by which the kind of file is told.
    const gzip = gzipSync(JSON.stringify(Array.from({ length: 300_000 }, (_, i) => i * 7_919)));
    gzip.writeUInt32LE(700_000_000, gzip.length - 4);
    const error = await usageErrorOf(() =>
      readBoundaryFeatures(write('stated.geojson.gz', gzip), new NoticeList()),
    );
    expect(error.message).toMatch(/too large/);
  });
});

describe('a last line without its end', () => {
  const ROWS = ['id,lon,lat', 'a,5.001,47.001', 'b,5.002,47.002', 'c,5.003,47.003', 'd,5.004,47.004'];
  const TEXTS = ['id,lon,horaires', 'a,5,Lu 9h-12h', 'b,5,Mardi 9h-12h', 'c,5,Me 9h-12h', 'd,5,Jeudi matin'];
  const PEOPLE = ['id,lon,people', 'a,5,12', 'b,5,7', 'c,5,130', 'd,5,25'];
  it.each<[string, string, string[]]>([
    ['is nothing where there is one', `${ROWS.join('\n')}\n`, []],
    ['is nothing in CRLF', `${ROWS.join('\r\n')}\r\n`, []],
    ['is nothing in a file of old Macs', `${ROWS.join('\r')}\r`, []],
    ['is nothing where all last fields are of one length', ROWS.join('\n'), []],
    ['is nothing after a text as long as others', TEXTS.join('\n'), []],
    ['is nothing after a text that is longer than others', `${TEXTS.join('\n')} et après-midi`, []],
    ['is a warning within the shortest text', TEXTS.join('\n').slice(0, -9), ['warning table-cut-short:5']],
    [
      'is a remark after a number that may be half of one',
      PEOPLE.join('\n'),
      ['info table-last-line-open:5'],
    ],
    ['is a remark after a half of a number', PEOPLE.join('\n').slice(0, -1), ['info table-last-line-open:5']],
    [
      'is a remark after single figures, which may be halves',
      ['id,people', 'a,1', 'b,2', 'c,3', 'd,1'].join('\n'),
      ['info table-last-line-open:5'],
    ],
    ['is a warning within the last number', ROWS.join('\n').slice(0, -2), ['warning table-cut-short:5']],
    ['is a warning before the last number', ROWS.join('\n').slice(0, -6), ['warning table-cut-short:5']],
    [
      'is told beside missing fields',
      ROWS.join('\n').slice(0, -9),
      ['info table-last-line-open:4', 'warning csv-row-of-odd-length:5'],
    ],
    [
      'is a warning after the first field of a row, which looks like a note',
      `${ROWS.join('\n')}\ne,`,
      ['info csv-note-row:6', 'warning table-cut-short:6'],
    ],
    [
      'is nothing after a note with all its separators',
      `${ROWS.join('\n')}\nSource,,`,
      ['info csv-note-row:6'],
    ],
    ['is a remark in a table of one row', ROWS.slice(0, 2).join('\n'), ['info table-last-line-open:2']],
    ['is the warning of no row after the header alone', ROWS[0]!, ['warning table-without-rows:undefined']],
  ])('%s', async (name, text, expected) => {
    const notices = new NoticeList();
    await readCsv(write(`${name}.csv`, text), text.split('\n')[0]!.trim().split(','), notices).catch(
      () => undefined,
    );
    const told = notices.notices.map(({ severity, code, row: line }) => `${severity} ${code}:${line}`);
    expect(told.sort()).toEqual(expected);
  });
});
