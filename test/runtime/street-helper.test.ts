/** What another thread does of the building of a network is what this one would do. */
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { readOsm } from '../../src/read/osm/read-osm.ts';
import { edgeBoxesOf } from '../../src/runtime/link-points.ts';
import { StreetHelper } from '../../src/runtime/street-helper.ts';
import {
  buildStreetNetwork,
  connectStreets,
  draftStreetNetwork,
  finishStreetNetwork,
} from '../../src/streets/build-network.ts';
import { buildEdgeIndex } from '../../src/streets/edge-index.ts';
import { DEFAULT_SPEEDS } from '../streets/speed-defaults.ts';

const LIECHTENSTEIN = fileURLToPath(new URL('../../data/liechtenstein-2013.osm.pbf', import.meta.url));

describe('a helper', () => {
  const helper = new StreetHelper();
  afterAll(() => helper.end());

  it.each(['car', 'walk', 'bike'] as const)('draws and indexes the edges of a network: %s', async (mode) => {
    const osm = await readOsm(LIECHTENSTEIN, new NoticeList());
    const draft = draftStreetNetwork(osm, mode, DEFAULT_SPEEDS);
    const drawn = helper.ask({ kind: 'drawing', drawing: draft.drawing });
    const boxes = helper.ask({ kind: 'edge-boxes', edges: draft.edges });
    const connected = connectStreets(draft);
    await drawn;
    const { network, notices } = finishStreetNetwork(connected);
    const alone = buildStreetNetwork(osm, mode, DEFAULT_SPEEDS);
    expect({ network, notices }).toEqual(alone);
    expect(network.edgeCount).toBeGreaterThan(1000);
    expect(await boxes).toEqual(edgeBoxesOf(buildEdgeIndex(alone.network)));
  });

  it('whose thread fails rejects what waits, and takes the next question with a new one', async () => {
    const other = new StreetHelper().start();
    await expect(other.ask({ kind: 'nodes', path: '/no/such.osm.pbf' })).rejects.toThrow();
    const { table } = other.readNodes(LIECHTENSTEIN);
    expect((await table).count).toBeGreaterThan(1000);
    other.end();
  });
});
