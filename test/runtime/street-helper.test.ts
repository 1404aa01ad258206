/** What another thread does of the building of a network is what this one would do. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { encodeNetwork, indexNetwork } from '../../src/network/street-network-file.ts';
import type { OsmStreets } from '../../src/read/osm/osm-data.ts';
import { readOsm } from '../../src/read/osm/read-osm.ts';
import { buildIndexedNetwork } from '../../src/runtime/networks.ts';
import { StreetHelper } from '../../src/runtime/street-helper.ts';
import { buildStreetNetwork } from '../../src/streets/build-network.ts';
import { WayJudge } from '../../src/streets/way-judge.ts';
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
  it('whose thread fails rejects what waits, and takes the next question with a new one', async () => {
    const helper = new StreetHelper().start();
    await expect(helper.ask({ kind: 'nodes', path: '/no/such.osm.pbf' })).rejects.toThrow();
    const { table } = helper.readNodes(LIECHTENSTEIN);
    expect((await table).count).toBeGreaterThan(1000);
    helper.end();
  });
});
