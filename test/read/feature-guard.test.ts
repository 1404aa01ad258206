/** GeoJSON of more features than anybody has, or of one of megabytes, is refused before it is unpacked to its end. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { readBoundaryFeatures } from '../../src/read/boundary-features.ts';
import { COMMUNE_LIMITS, FeatureGuard, STRUCTURE_LIMITS } from '../../src/read/feature-guard.ts';
import { readJsonRows } from '../../src/read/structure-json.ts';
import { usageErrorOf } from './failing.ts';
import { useTempFiles } from './temp-files.ts';

const write = useTempFiles();
const LIMITS = { ...COMMUNE_LIMITS, greatestCount: 3, greatestBytes: 200 };
const feature = (length: number) =>
  `{"type":"Feature","properties":{},"geometry":null,"x":"${'x'.repeat(Math.max(0, length - 60))}"}`;
const collection = (...features: string[]) =>
  `{"type":"FeatureCollection","features":[${features.join(',')}]}`;

/** Bytes of a text that a guard lets through, given chunks of so many. */
function takenOf(text: string, chunkBytes: number): number {
  const guard = new FeatureGuard('f.geojson', LIMITS);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    try {
      guard.look(bytes.subarray(at, at + chunkBytes));
    } catch {
      return at;
    }
  }
  return bytes.length;
}

describe.each([1, 7, 64, 1000])('in chunks of %i bytes', (chunkBytes) => {
  it.each<[string, string]>([
    ['as many features as allowed', collection(...new Array<string>(3).fill(feature(100)))],
    ['a feature that is just short enough', collection(feature(60), feature(190), feature(60))],
    ['another kind of JSON, however long', `{"elements":["${'x'.repeat(5000)}"]}`],
  ])('%s pass', (_, text) => {
    expect(takenOf(text, chunkBytes)).toBe(text.length);
  });

  it.each<[string, string, number]>([
    ['too many features', collection(...new Array<string>(40).fill(feature(100))), 600],
    ['a long feature at the beginning', collection(feature(9000), feature(60)), 400],
    ['a long feature at the end', collection(feature(60), feature(9000)), 500],
  ])('%s are refused where the limit is passed', (_, text, before) => {
    expect(takenOf(text, chunkBytes)).toBeLessThan(before);
  });
});

describe('the real limits', () => {
  it('refuse a ring of 33 MB while it is unpacked, whatever follows it', async () => {
    const ring = '[1,2],'.repeat((33 << 20) / 6);
    const noise = Array.from({ length: 200_000 }, (_, i) => `${(i * 7919) % 999_983}`).join(',');
    const path = write(
      'ring.geojson.gz',
      gzipSync(`${collection(noise, '{"type":"Feature",').slice(0, -2)}${ring}`),
    );
    const error = await usageErrorOf(() => readBoundaryFeatures(path, new NoticeList()));
    expect(error.message).toBe('a polygon takes more than 32 MB');
    expect(error.fields.remedy).toMatch(/^Simplify the polygons/);
  });

  it('refuse lists of more structures than a country has', async () => {
    const text = collection('{"type":"Feature"},'.repeat(STRUCTURE_LIMITS.greatestCount + 1).slice(0, -1));
    const path = write('many.geojson', text);
    const error = await usageErrorOf(() => readJsonRows(path, undefined, new NoticeList()));
    expect(error.message).toMatch(/^the file holds more than 300000 features, and no list/);
  });
});
