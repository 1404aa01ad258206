/**
 * Tells a feed of nothing but service on demand (GTFS-Flex, trips that are booked) from one that is broken: such
 * feeds may lack stops, times and whole tables, and their producer has done nothing wrong.
 * https://gtfs.org/documentation/schedule/reference/#booking_rulestxt
 */
import { NoticeList } from '../../common/notices.ts';
import { CsvRecords } from './csv-records.ts';
import { wholeOf } from './field-values.ts';
import type { GtfsFiles } from './gtfs-files.ts';

/** Columns of stop_times.txt that only a call on demand fills. */
export const FLEX_COLUMNS = [
  'location_id',
  'location_group_id',
  'start_pickup_drop_off_window',
  'end_pickup_drop_off_window',
] as const;

/** Tables that only service on demand needs. */
const FLEX_TABLES = ['booking_rules.txt', 'locations.geojson', 'location_groups.txt'] as const;

/** Types of pickup and drop-off: regular, and those from here on by booking. */
const REGULAR = 0;
const BOOKED = 2;

/** True where something is on demand and no trip can be boarded and left by its timetable. */
export async function isOnDemandOnly(files: GtfsFiles): Promise<boolean> {
  const raw = await files.find('stop_times.txt');
  const { isBooked, isScheduled } =
    raw === undefined ? { isBooked: false, isScheduled: false } : lookAtCalls(raw, files.name);
  return !isScheduled && (isBooked || FLEX_TABLES.some((table) => files.has(table)));
}

/** Looks at the calls until a trip is scheduled. */
function lookAtCalls(raw: Buffer, name: string): { isBooked: boolean; isScheduled: boolean } {
  const records = new CsvRecords(raw, `${name}/stop_times.txt`, new NoticeList());
  const column = (table: string): number => records.findColumn(table);
  const flex = FLEX_COLUMNS.map(column);
  const [trip, stop] = [column('trip_id'), column('stop_id')];
  const times = ['arrival_time', 'departure_time'].map(column);
  const [pickup, dropOff] = [column('pickup_type'), column('drop_off_type')];
  /** Trips that can be boarded at a call seen. */
  const boardable = new Set<string>();
  let isBooked = false;
  while (records.next()) {
    const [boards, alights] = [wholeOf(records, pickup), wholeOf(records, dropOff)];
    if (boards >= BOOKED || alights >= BOOKED) isBooked = true;
    if (flex.some((field) => !records.isBlank(field))) {
      isBooked = true;
      continue;
    }
    if (records.isBlank(stop) || times.every((field) => records.isBlank(field))) continue;
    const id = records.text(trip);
    if (alights <= REGULAR && boardable.has(id)) return { isBooked, isScheduled: true };
    if (boards <= REGULAR) boardable.add(id);
  }
  return { isBooked, isScheduled: false };
}
