/** Feeds written to a temporary folder, table by table, as their producers write them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { NoticeList } from '../../../src/common/notices.ts';
import type { GtfsFeed } from '../../../src/read/gtfs/gtfs-feed.ts';
import { readGtfs } from '../../../src/read/gtfs/read-gtfs.ts';

/** A line from A over B to C on weekdays of 2026; a test overrides the tables it is about. */
export const SOUND_TABLES: Readonly<Record<string, string>> = {
  'agency.txt': 'agency_id,agency_name,agency_url,agency_timezone\n1,Mobigo,http://x,Europe/Paris\n',
  'stops.txt':
    'stop_id,stop_name,stop_lat,stop_lon\nA,Gare,46.80,4.40\nB,Mairie,46.81,4.40\nC,École,46.83,4.40\n',
  'routes.txt': 'route_id,route_short_name,route_long_name,route_type\nR,7,Ligne 7,3\n',
  'calendar.txt':
    'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n' +
    'S,1,1,1,1,1,0,0,20260101,20261231\n',
  'trips.txt': 'route_id,service_id,trip_id\nR,S,T\n',
  'stop_times.txt':
    'trip_id,arrival_time,departure_time,stop_id,stop_sequence\n' +
    'T,08:00:00,08:00:00,A,1\nT,08:10:00,08:11:00,B,2\nT,08:30:00,08:30:00,C,3\n',
};

export interface WrittenFeed {
  path: string;
  remove: () => void;
}

/** Tables by name; undefined leaves a sound table out. */
export function writeFeed(tables: Record<string, string | Buffer | undefined>, folder = ''): WrittenFeed {
  const path = mkdtempSync(join(tmpdir(), 'maillage-gtfs-'));
  for (const [name, content] of Object.entries({ ...SOUND_TABLES, ...tables })) {
    if (content === undefined) continue;
    const file = join(path, name.includes('/') ? name : join(folder, name));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Writes, reads and removes a feed. */
export async function readWritten(
  tables: Record<string, string | Buffer | undefined>,
  folder = '',
): Promise<{ feed: GtfsFeed; notices: NoticeList; codes: string[] }> {
  const { path, remove } = writeFeed(tables, folder);
  const notices = new NoticeList();
  try {
    const feed = await readGtfs(path, 0, notices);
    return { feed, notices, codes: [...notices.counts().keys()] };
  } finally {
    remove();
  }
}
