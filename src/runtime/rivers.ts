/** The rivers of the map's files, cached like the networks. */
import type { Notice } from '../common/notices.ts';
import { NoticeList } from '../common/notices.ts';
import { decodeArrays, encodeArrays } from '../network/array-file.ts';
import { type RiverLines, readRivers } from '../read/rivers.ts';
import type { Cache } from './cache.ts';
import { sha256OfText } from './hashes.ts';
import { requireUnchanged } from './input-stamps.ts';
import type { RoadFile } from './networks.ts';

const KIND = 'rivers';
/** Increase whenever the same files may give other rivers. */
const RIVERS_VERSION = 2;

export async function loadRivers(
  files: readonly RoadFile[],
  cache: Cache,
  notices: NoticeList,
): Promise<RiverLines> {
  const name = `rivers-${sha256OfText(JSON.stringify([RIVERS_VERSION, files.map(({ sha256 }) => sha256)]))}`;
  const cached = await readCached(cache, name, notices);
  if (cached !== undefined) return cached;
  const own = new NoticeList();
  const rivers = await readRivers(
    files.map(({ path }) => path),
    own,
  );
  requireUnchanged(files.map(({ path }) => path));
  for (const notice of own.notices) notices.add(notice);
  cache.write(name, encodeArrays(KIND, { notices: own.notices }, { ...rivers }));
  return rivers;
}

async function readCached(cache: Cache, name: string, notices: NoticeList): Promise<RiverLines | undefined> {
  const buffer = await cache.read(name);
  if (buffer === undefined) return undefined;
  try {
    const { meta, arrays } = decodeArrays(buffer, KIND);
    for (const notice of meta['notices'] as Notice[]) notices.add(notice);
    return {
      firstPointOfLine: arrays['firstPointOfLine'] as Uint32Array,
      lonOfPoint: arrays['lonOfPoint'] as Int32Array,
      latOfPoint: arrays['latOfPoint'] as Int32Array,
    };
  } catch {
    return undefined;
  }
}
