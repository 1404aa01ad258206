/** Archives that nobody should trust are refused with their place and a remedy, before time or memory is spent. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { openGtfs } from '../../src/read/gtfs/gtfs-files.ts';
import { listZipEntries, readInput } from '../../src/read/input-bytes.ts';
import { sniffOsmFormat } from '../../src/read/osm/osm-format.ts';
import { FREE_BYTES, GREATEST_RATIO, isBomb } from '../../src/read/unpack-limits.ts';
import { writeZip } from '../../src/report/zip-file.ts';
import { usageErrorOf } from './failing.ts';
import { withField, withName, withWrongChecksum, zipOf, zipOfTwins } from './hostile-zips.ts';
import { useTempFiles } from './temp-files.ts';

const write = useTempFiles();
const GRID = 'lon,lat,population\n3.5,46.5,12\n'.repeat(50);
const ZEROS = '0'.repeat(FREE_BYTES + 1);
const ENCRYPTED_FLAG = 0x0801;
const LZMA = 14;

const HOSTILE: ReadonlyArray<{ name: string; bytes: () => Buffer; says: RegExp }> = [
  {
    name: 'an encrypted file',
    bytes: () => withField(zipOf('a.csv', GRID), 'flags', ENCRYPTED_FLAG),
    says: /encrypted/,
  },
  {
    name: 'a packing of another program',
    bytes: () => withField(zipOf('a.csv', GRID), 'method', LZMA),
    says: /method .*\(14\)/,
  },
  { name: 'a wrong checksum', bytes: () => withWrongChecksum(zipOf('a.csv', GRID)), says: /CRC-32/ },
  {
    name: 'a size that is too small',
    bytes: () => withField(zipOf('a.csv', GRID), 'unpackedBytes', 100),
    says: /archive says 100/,
  },
  {
    name: 'a size that is too large',
    bytes: () => withField(zipOf('a.csv', GRID), 'unpackedBytes', 9_000),
    says: /archive says 9000/,
  },
  {
    name: 'a size of gigabytes',
    bytes: () => withField(zipOf('a.csv', GRID), 'unpackedBytes', 4_000_000_000),
    says: /unpacks to more than/,
  },
  {
    name: 'packed bytes beyond the end',
    bytes: () => withField(zipOf('a.csv', GRID), 'packedBytes', 1_000_000),
    says: /cannot be read/,
  },
  { name: 'a bomb', bytes: () => zipOf('a.csv', ZEROS), says: /unpacks to more than/ },
  {
    name: 'a bomb that states a small size',
    bytes: () => withField(zipOf('a.csv', ZEROS), 'unpackedBytes', 100),
    says: /unpacks to more than/,
  },
  {
    name: 'a name above its folder',
    bytes: () => withName(zipOf('aa/bb/c.csv', GRID), 'aa/bb/c.csv', '../../c.csv'),
    says: /leads out/,
  },
  {
    name: 'a name from the root',
    bytes: () => withName(zipOf('srv/cc.csv', GRID), 'srv/cc.csv', '/srv/c.csv'),
    says: /leads out/,
  },
  { name: 'two files of one name', bytes: () => zipOfTwins('a.csv', GRID), says: /two files of one name/ },
  {
    name: 'a zip in a zip',
    bytes: () => zipOf('a.csv', zipOf('b.csv', 'a').toString('latin1')),
    says: /packed twice/,
  },
  { name: 'a directory cut off', bytes: () => zipOf('a.csv', GRID).subarray(0, 120), says: /cannot be read/ },
];

describe('a zip with', () => {
  it.each(HOSTILE)('$name is refused as a table', async ({ name, bytes, says }) => {
    const path = write(`${name}.zip`, bytes());
    const error = await usageErrorOf(() => readInput(path, ['.csv']));
    expect(error.message).toMatch(says);
    expect(error.fields.file).toContain(path);
    expect(error.fields.remedy).toMatch(/\w+ .+\.$/);
  });

  it('a table of a feed that is damaged is named', async () => {
    const tables = ['stops.txt', 'trips.txt', 'stop_times.txt', 'calendar.txt'];
    const zip = Buffer.from(writeZip(new Map(tables.map((table) => [table, `${table} ${GRID}`]))));
    // stops.txt stands first, so its fields are the first in either place.
    const files = await openGtfs(write('damaged table.zip', withWrongChecksum(zip)), new NoticeList());
    const error = await usageErrorOf(() => files.find('stops.txt'));
    expect(error.message).toMatch(/CRC-32/);
    expect(error.fields.file).toBe('damaged table.zip/stops.txt');
    expect((await files.find('trips.txt'))?.toString()).toBe(`trips.txt ${GRID}`);
    files.close();
  });
});

describe('a gzip', () => {
  it.each([
    ['that is a bomb', gzipSync(ZEROS), /unpacks to more than/],
    ['cut short', gzipSync(GRID).subarray(0, 40), /cannot be unpacked/],
    ['with a wrong checksum', turned(gzipSync(GRID), -6), /cannot be unpacked/],
    ['in a gzip', gzipSync(gzipSync(GRID)), /packed twice/],
    ['of a picture', gzipSync(Buffer.from('\x89PNG\r\n', 'latin1')), /picture/],
    ['of a bzip2', gzipSync('BZh91AY'), /packed by another program/],
  ])('%s is refused', async (name, bytes, says) => {
    const path = write(`${name}.csv.gz`, bytes);
    const error = await usageErrorOf(() => readInput(path, ['.csv']));
    expect(error.message).toMatch(says);
    expect(error.fields.file).toBe(path);
  });

  it('of roads that is a bomb is refused', async () => {
    const path = write('roads.osm.gz', gzipSync(`<osm>${' '.repeat(2 * FREE_BYTES)}</osm>`));
    // The first bytes are sound; reading on is what would not end.
    const format = await sniffOsmFormat(path);
    expect(format).toMatchObject({ wrapper: 'gzip', format: 'xml' });
    const { readUnwrapped } = await import('../../src/read/osm/osm-format.ts');
    const error = await usageErrorOf(async () => {
      for await (const _ of readUnwrapped(path, format));
    });
    expect(error.message).toMatch(/unpacks to more than/);
  });
});

describe('what is no bomb', () => {
  it.each([
    ['a grid', FREE_BYTES * 6, FREE_BYTES, false],
    ['stop times', 1 << 30, (1 << 30) / 25, false],
    ['a small file that packs well', FREE_BYTES, 20_000, false],
    ['blanks', FREE_BYTES + 1, 20_000, true],
    ['just above the ratio', FREE_BYTES * GREATEST_RATIO + 1, FREE_BYTES, true],
    ['just at the ratio', FREE_BYTES * GREATEST_RATIO, FREE_BYTES, false],
  ])('%s: %i bytes out of %i: %s', (_, unpacked, packed, expected) => {
    expect(isBomb(unpacked, packed)).toBe(expected);
  });

  it('many files are listed once', async () => {
    const names = Array.from({ length: 300 }, (_, i) => `grid-${i}.csv`);
    const path = write('many.zip', Buffer.from(writeZip(new Map(names.map((name) => [name, GRID])))));
    expect(await listZipEntries(path, ['.csv'])).toEqual(names);
  });
});

/** The same bytes with one turned. */
function turned(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at < 0 ? changed.length + at : at]! ^= 0x10;
  return changed;
}
