/**
 * The day of the newest edit in a PBF file whose header says no date: the timestamps of all elements, which every
 * other reader skips. Format: https://wiki.openstreetmap.org/wiki/PBF_Format (`Info`, `DenseInfo`).
 */
import { FieldReader, type PbfFile } from './pbf-blobs.ts';

const SECONDS_PER_DAY = 86_400;

/** YYYY-MM-DD; undefined where no element has a timestamp up to `latest`. @throws UsageError for a damaged blob */
export async function findNewestEdit(file: PbfFile, latest: string): Promise<string | undefined> {
  const latestSeconds = Date.parse(`${latest}T00:00:00Z`) / 1000 + SECONDS_PER_DAY - 1;
  let newest = 0;
  for await (const { blob, bytes } of file.inflateBlobs(0, file.blobs.length)) {
    if (blob.type !== 'OSMData') continue;
    newest = Math.max(
      newest,
      file.guard(blob, () => findNewestOfBlock(bytes, latestSeconds)),
    );
  }
  return newest === 0 ? undefined : new Date(newest * 1000).toISOString().slice(0, 10);
}

function findNewestOfBlock(bytes: Uint8Array, latestSeconds: number): number {
  const block = new FieldReader(bytes, 0, bytes.length);
  const groups: Uint8Array[] = [];
  let millisecondsPerUnit = 1000;
  while (block.next()) {
    if (block.field === 2 && block.wire === 2) groups.push(block.bytes());
    else if (block.field === 18 && block.wire === 0) millisecondsPerUnit = block.varint();
    else block.skip();
  }
  const latestUnits = (latestSeconds * 1000) / millisecondsPerUnit;
  let newest = 0;
  for (const group of groups) newest = Math.max(newest, findNewestOfGroup(group, latestUnits));
  return Math.floor((newest * millisecondsPerUnit) / 1000);
}

/** Field 1 nodes, 2 dense nodes, 3 ways, 4 relations; `info` is field 4 of each but of dense nodes, 5. */
function findNewestOfGroup(bytes: Uint8Array, latestUnits: number): number {
  const group = new FieldReader(bytes, 0, bytes.length);
  let newest = 0;
  while (group.next()) {
    if (group.wire !== 2 || group.field > 4) group.skip();
    else if (group.field === 2) {
      const info = findMessage(group.bytes(), 5);
      const stamps = info === undefined ? undefined : findMessage(info, 2);
      if (stamps !== undefined) newest = Math.max(newest, findNewestOfDense(stamps, latestUnits));
    } else {
      const info = findMessage(group.bytes(), 4);
      const stamp = info === undefined ? 0 : findStamp(info);
      if (stamp <= latestUnits && stamp > newest) newest = stamp;
    }
  }
  return newest;
}

/** Zigzag differences, packed. */
function findNewestOfDense(bytes: Uint8Array, latestUnits: number): number {
  const reader = new FieldReader(bytes, 0, bytes.length);
  let stamp = 0;
  let newest = 0;
  while (reader.position < reader.end) {
    const coded = reader.varint();
    stamp += coded % 2 === 0 ? coded / 2 : -(coded + 1) / 2;
    if (stamp <= latestUnits && stamp > newest) newest = stamp;
  }
  return newest;
}

function findMessage(bytes: Uint8Array, field: number): Uint8Array | undefined {
  const reader = new FieldReader(bytes, 0, bytes.length);
  while (reader.next()) {
    if (reader.field === field && reader.wire === 2) return reader.bytes();
    reader.skip();
  }
  return undefined;
}

function findStamp(info: Uint8Array): number {
  const reader = new FieldReader(info, 0, info.length);
  while (reader.next()) {
    if (reader.field === 2 && reader.wire === 0) return reader.varint();
    reader.skip();
  }
  return 0;
}
