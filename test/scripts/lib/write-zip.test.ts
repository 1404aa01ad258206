/** ZIPs for the example: the same bytes everywhere, and what goes in comes out. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { writeZip } from '../../../scripts/lib/write-zip.ts';
import { NoticeList } from '../../../src/common/notices.ts';
import { openGtfs } from '../../../src/read/gtfs/gtfs-files.ts';

const ENTRIES = [
  { name: 'calendar.txt', bytes: Buffer.from('service_id\n1\n') },
  { name: 'trips.txt', bytes: Buffer.from('trip_id\n1\n') },
  { name: 'empty.bin', bytes: Buffer.alloc(0) },
  { name: 'stops.txt', bytes: Buffer.from('stop_id,stop_name\n1,Mairie de Sorbières\n') },
  { name: 'stop_times.txt', bytes: Buffer.from(`trip_id\n${'x'.repeat(100_000)}`) },
];
const zone = process.env.TZ;

afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

it('writes the same bytes in every time zone', async () => {
  const written: Buffer[] = [];
  const offsets = new Set<number>();
  for (const name of ['UTC', 'Europe/Paris', 'Pacific/Auckland']) {
    process.env.TZ = name;
    offsets.add(new Date(2026, 7, 1).getTimezoneOffset());
    written.push(await writeZip(ENTRIES));
  }
  expect(offsets.size).toBe(3);
  expect(written[1].equals(written[0])).toBe(true);
  expect(written[2].equals(written[0])).toBe(true);
});

it('writes what the reader of timetables reads', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'maillage-test-'));
  const path = join(folder, 'feed.zip');
  writeFileSync(path, await writeZip(ENTRIES));
  const files = await openGtfs(path, new NoticeList());
  for (const { name, bytes } of ENTRIES) expect((await files.find(name))?.equals(bytes)).toBe(true);
  files.close();
  rmSync(folder, { recursive: true });
});
