/**
 * A feed for the small study: a bus along the street at 47.01, from the west end to the east, on weekdays of
 * autumn 2026. Each departure calls at W (5.000) and E (5.035), five minutes later.
 */
import { writeZip } from '../../scripts/lib/write-zip.ts';

export const STOP_WEST = { lon: 5, lat: 47.01 };
export const STOP_EAST = { lon: 5.035, lat: 47.01 };
export const RIDE_SECONDS = 300;

export interface SmallFeed {
  /** Departures from W, `HH:MM`. */
  departures: readonly string[];
  routeName?: string;
  /** First and last day, YYYYMMDD. */
  from?: string;
  until?: string;
  /** Tables to add or replace. */
  tables?: Record<string, string>;
}

/** Table name -> text. */
export function smallFeedTables(feed: SmallFeed): Record<string, string> {
  const { departures, routeName = 'Ligne 1', from = '20260901', until = '20261218' } = feed;
  const later = (time: string) => {
    const [hours, minutes] = time.split(':').map(Number);
    const seconds = hours! * 3600 + minutes! * 60 + RIDE_SECONDS;
    return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
      .map((part) => String(part).padStart(2, '0'))
      .join(':');
  };
  const table = (header: string, rows: readonly string[]) => `${[header, ...rows].join('\n')}\n`;
  return {
    'agency.txt': table('agency_id,agency_name,agency_url,agency_timezone', ['1,Bus,http://x,Europe/Paris']),
    'stops.txt': table('stop_id,stop_name,stop_lat,stop_lon', [
      `W,West,${STOP_WEST.lat},${STOP_WEST.lon}`,
      `E,East,${STOP_EAST.lat},${STOP_EAST.lon}`,
    ]),
    'routes.txt': table('route_id,route_short_name,route_long_name,route_type', [`R,1,${routeName},3`]),
    'calendar.txt': table(
      'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date',
      [`S,1,1,1,1,1,0,0,${from},${until}`],
    ),
    'trips.txt': table(
      'route_id,service_id,trip_id',
      departures.map((_, i) => `R,S,T${i}`),
    ),
    'stop_times.txt': table(
      'trip_id,arrival_time,departure_time,stop_id,stop_sequence',
      departures.flatMap((time, i) => [
        `T${i},${time}:00,${time}:00,W,1`,
        `T${i},${later(time)},${later(time)},E,2`,
      ]),
    ),
    ...feed.tables,
  };
}

export function zipSmallFeed(feed: SmallFeed): Promise<Buffer> {
  return writeZip(
    Object.entries(smallFeedTables(feed)).map(([name, text]) => ({ name, bytes: Buffer.from(text) })),
  );
}
