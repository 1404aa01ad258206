/** Buildings, residential streets and town halls of the road files, cached like the networks. */

import type { Notice } from '../common/notices.ts';
import { NoticeList } from '../common/notices.ts';
import { decodeArrays, encodeArrays } from '../network/array-file.ts';
import { readOsmPlaces } from '../read/osm/osm-places.ts';
import type { OsmPlaces } from '../read/records.ts';
import type { Cache } from './cache.ts';
import { sha256OfText } from './hashes.ts';
import { requireUnchanged } from './input-stamps.ts';
import type { RoadFile } from './networks.ts';

const KIND = 'places';
/** Increase whenever the same files may give other places. */
const PLACES_VERSION = 2;

export async function loadPlaces(
  roads: readonly RoadFile[],
  cache: Cache,
  notices: NoticeList,
): Promise<OsmPlaces> {
  const name = `places-${sha256OfText(JSON.stringify([PLACES_VERSION, roads.map((road) => road.sha256)]))}`;
  const cached = await readCached(cache, name, notices);
  if (cached !== undefined) return cached;
  const own = new NoticeList();
  const places = await readOsmPlaces(
    roads.map((road) => road.path),
    own,
  );
  requireUnchanged(roads.map(({ path }) => path));
  for (const notice of own.notices) notices.add(notice);
  const { buildings, streets, townhalls } = places;
  cache.write(
    name,
    encodeArrays(
      KIND,
      { notices: own.notices, communeCode: townhalls.communeCode?.map((code) => code ?? null) ?? null },
      {
        buildingLon: buildings.lon,
        buildingLat: buildings.lat,
        buildingWeight: buildings.weight,
        streetLon: streets.lon,
        streetLat: streets.lat,
        streetWeight: streets.weight,
        townhallLon: townhalls.lon,
        townhallLat: townhalls.lat,
      },
    ),
  );
  return places;
}

async function readCached(cache: Cache, name: string, notices: NoticeList): Promise<OsmPlaces | undefined> {
  const buffer = await cache.read(name);
  if (buffer === undefined) return undefined;
  try {
    const { meta, arrays } = decodeArrays(buffer, KIND);
    const array = (key: string) => arrays[key] as Float64Array;
    for (const notice of meta['notices'] as Notice[]) notices.add(notice);
    return {
      buildings: { lon: array('buildingLon'), lat: array('buildingLat'), weight: array('buildingWeight') },
      streets: { lon: array('streetLon'), lat: array('streetLat'), weight: array('streetWeight') },
      townhalls: {
        lon: array('townhallLon'),
        lat: array('townhallLat'),
        ...readCodes(meta['communeCode']),
      },
    };
  } catch {
    return undefined;
  }
}

function readCodes(value: unknown): { communeCode?: ReadonlyArray<string | undefined> } {
  if (value === null) return {};
  return { communeCode: (value as Array<string | null>).map((code) => code ?? undefined) };
}
