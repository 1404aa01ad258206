/** What another thread does of the building of a network is what this one would do. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { encodeNetwork, indexNetwork } from '../../src/network/street-network-file.ts';
import type { OsmStreets } from '../../src/read/osm/osm-data.ts';
import { readOsm } from '../../src/read/osm/read-osm.ts';
import { Cache } from '../../src/runtime/cache.ts';
import { buildIndexedNetwork } from '../../src/runtime/networks.ts';
import { StreetHelper } from '../../src/runtime/street-helper.ts';
import { buildStreetNetwork } from '../../src/streets/build-network.ts';
import { WayJudge } from '../../src/streets/way-judge.ts';
import { temporaryFolder } from '../run-cli.ts';
import { DEFAULT_SPEEDS } from '../streets/speed-defaults.ts';

const LIECHTENSTEIN = fileURLToPath(new URL('../../data/liechtenstein-2013.osm.pbf', import.meta.url));

describe('a network', () => {
  let osm: OsmStreets;
  const helper = new StreetHelper();
  beforeAll(async () => {
    osm = await readOsm(LIECHTENSTEIN, new NoticeList());
  });
  afterAll(() => helper.end());

  it.each(['car', 'walk', 'bike'] as const)(
    'is the same wherever its edges are drawn, also where that thread fails: %s',
    async (mode) => {
      const alone = buildStreetNetwork(osm, mode, DEFAULT_SPEEDS);
      const notes = { reading: [], building: alone.notices };
      const bytesOf = (built: Parameters<typeof encodeNetwork>[0]) =>
        Buffer.concat(encodeNetwork(built, notes));
      const expected = bytesOf(indexNetwork(alone.network));
      const failing = { ask: () => Promise.reject(new Error('no memory')) };
      for (const other of [helper, failing, undefined]) {
        const built = await buildIndexedNetwork(osm, new WayJudge(mode, DEFAULT_SPEEDS), other, 0);
        expect(bytesOf(built).equals(expected)).toBe(true);
        expect(built.notices).toEqual(alone.notices);
      }
      expect(alone.network.edgeCount).toBeGreaterThan(1000);
    },
  );
});

describe('a helper', () => {
  it('reads a file of the cache as this thread would, and none that is damaged or absent', async () => {
    const folder = temporaryFolder();
    const cache = new Cache(folder.path);
    const content = new Uint8Array(9 * 1024 * 1024).map((_, i) => i * 7);
    cache.write('car-1', [content]);
    const path = join(folder.path, readdirSync(folder.path)[0]!);
    const helper = new StreetHelper().start();
    try {
      expect(Buffer.from((await cache.read('car-1', helper.readCacheEntry))!).equals(content)).toBe(true);
      const bytes = readFileSync(path);
      bytes[5_000_000]! ^= 1;
      writeFileSync(path, bytes);
      expect(await cache.read('car-1', helper.readCacheEntry)).toBeUndefined();
      expect(await cache.read('car-2', helper.readCacheEntry)).toBeUndefined();
    } finally {
      helper.end();
      folder.remove();
    }
  });

  it('whose thread fails rejects what waits, and takes the next question with a new one', async () => {
    const helper = new StreetHelper().start();
    await expect(helper.ask({ kind: 'nodes', path: '/no/such.osm.pbf' })).rejects.toThrow();
    const { table } = helper.readNodes(LIECHTENSTEIN);
    expect((await table).count).toBeGreaterThan(1000);
    helper.end();
  });
});
