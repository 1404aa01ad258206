/**
 * Collects the tables of a GTFS feed and writes them as a ZIP. Ids are plain numbers in the order of the rows,
 * so that those of two feeds collide, as they do in published ones.
 * Specification: https://gtfs.org/documentation/schedule/reference/
 */
import { stringify } from 'csv-stringify/sync';
import { writeZip } from '../lib/write-zip.ts';
import { offsetPoint, type Point } from './geometry.ts';
import { toGround, toLonLat } from './terrain.ts';

type Value = string | number;

/** Files of the feed and their columns, in this order; a table without rows is left out. */
const COLUMNS = {
  agency: ['agency_id', 'agency_name', 'agency_url', 'agency_timezone', 'agency_lang'],
  feed_info: [
    'feed_publisher_name',
    'feed_publisher_url',
    'feed_lang',
    'feed_start_date',
    'feed_end_date',
    'feed_version',
    'feed_contact_email',
  ],
  stops: ['stop_id', 'stop_name', 'stop_lat', 'stop_lon', 'location_type', 'parent_station', 'platform_code'],
  routes: [
    'route_id',
    'agency_id',
    'route_short_name',
    'route_long_name',
    'route_type',
    'route_color',
    'route_text_color',
  ],
  calendar: [
    'service_id',
    'monday',
    'tuesday',
    'wednesday',
    'thursday',
    'friday',
    'saturday',
    'sunday',
    'start_date',
    'end_date',
  ],
  calendar_dates: ['service_id', 'date', 'exception_type'],
  trips: ['route_id', 'service_id', 'trip_id', 'trip_headsign', 'direction_id', 'block_id', 'shape_id'],
  stop_times: [
    'trip_id',
    'arrival_time',
    'departure_time',
    'stop_id',
    'stop_sequence',
    'pickup_type',
    'drop_off_type',
    'shape_dist_traveled',
    'timepoint',
    'pickup_booking_rule_id',
    'drop_off_booking_rule_id',
  ],
  frequencies: ['trip_id', 'start_time', 'end_time', 'headway_secs', 'exact_times'],
  shapes: ['shape_id', 'shape_pt_lat', 'shape_pt_lon', 'shape_pt_sequence', 'shape_dist_traveled'],
  transfers: ['from_stop_id', 'to_stop_id', 'transfer_type', 'min_transfer_time'],
  booking_rules: ['booking_rule_id', 'booking_type', 'prior_notice_duration_min', 'message', 'phone_number'],
} as const;
type Table = keyof typeof COLUMNS;

/** Days that both feeds cover. */
export const FIRST_DAY = '20260901';
export const LAST_DAY = '20261218';
export const TIME_ZONE = 'Europe/Paris';
const FICTIONAL = 'Données fictives, département imaginaire du Val-d’Exemple';
/** Stops stand beside the road. */
const KERB_METERS = 4;

/** A call of a trip; times in seconds, blank where undefined. */
export interface Call {
  stop: string;
  arrival?: number;
  departure?: number;
  pickup?: 1 | 2;
  dropOff?: 1 | 2;
  shapeMeters?: number;
  bookingRule?: string;
}

export interface Trip {
  route: string;
  service: string;
  headsign: string;
  direction: 0 | 1;
  block?: string;
  shape?: string;
  calls: readonly Call[];
}

export class GtfsTables {
  private readonly rows = new Map<Table, Value[][]>();

  constructor(version: string) {
    const publisher = [FICTIONAL, 'https://example.org/', 'fr', FIRST_DAY, LAST_DAY, version];
    this.add('feed_info', [...publisher, 'contact@example.org']);
  }

  add(table: Table, values: Value[]): void {
    if (values.length !== COLUMNS[table].length) throw new Error(`${table}.txt takes other columns`);
    this.rowsOf(table).push(values);
  }

  addAgency(name: string): string {
    const id = this.nextId('agency');
    this.add('agency', [id, `${name} (fictif)`, 'https://example.org/', TIME_ZONE, 'fr']);
    return id;
  }

  /** A stop beside a plan point (0), a station (1) or an entrance (2). */
  addStop(
    name: string,
    at: Point,
    options: { type?: 0 | 1 | 2; parent?: string; code?: string } = {},
  ): string {
    const id = this.nextId('stops');
    const { type = 0, parent = '', code = '' } = options;
    const kerb = offsetPoint(at, { x: 0, y: 1 }, 0, parent === '' && type === 0 ? KERB_METERS : 0);
    const [lon, lat] = positionOf(kerb);
    this.add('stops', [id, name, lat, lon, type, parent, code]);
    return id;
  }

  addRoute(agency: string, shortName: string, longName: string, type: number, color: string): string {
    const id = this.nextId('routes');
    this.add('routes', [id, agency, shortName, longName, type, color, 'FFFFFF']);
    return id;
  }

  /** @param weekdays seven digits from Monday, 1 where it runs */
  addService(weekdays: string): string {
    const id = this.nextId('calendar');
    this.add('calendar', [id, ...weekdays, FIRST_DAY, LAST_DAY]);
    return id;
  }

  addException(service: string, date: string, kind: 'added' | 'removed'): void {
    this.add('calendar_dates', [service, date, kind === 'added' ? 1 : 2]);
  }

  addTrip(trip: Trip): string {
    const id = this.nextId('trips');
    const { route, service, headsign, direction, block = '', shape = '' } = trip;
    this.add('trips', [route, service, id, headsign, direction, block, shape]);
    trip.calls.forEach((call, index) => {
      const { arrival, departure, pickup = 0, dropOff = 0, shapeMeters = '', bookingRule = '' } = call;
      const isTimed = arrival !== undefined && departure !== undefined;
      const times = isTimed ? [formatTime(arrival), formatTime(departure)] : ['', ''];
      const rules = [pickup, dropOff, shapeMeters, isTimed ? 1 : 0, bookingRule, bookingRule];
      this.add('stop_times', [id, ...times, call.stop, index + 1, ...rules]);
    });
    return id;
  }

  /** @param points plan coordinates @param meters along the shape, by point */
  addShape(points: readonly Point[], meters: readonly number[]): string {
    const id = String(new Set(this.rowsOf('shapes').map(([shape]) => shape)).size + 1);
    points.forEach((point, index) => {
      const [lon, lat] = positionOf(point);
      this.add('shapes', [id, lat, lon, index + 1, Math.round(meters[index])]);
    });
    return id;
  }

  toZip(): Promise<Buffer> {
    const tables = (Object.keys(COLUMNS) as Table[]).filter((table) => this.rowsOf(table).length > 0);
    return writeZip(
      tables.map((table) => ({
        name: `${table}.txt`,
        bytes: Buffer.from(
          stringify([[...COLUMNS[table]], ...this.rowsOf(table)], { record_delimiter: '\r\n' }),
        ),
      })),
    );
  }

  private rowsOf(table: Table): Value[][] {
    let rows = this.rows.get(table);
    if (rows === undefined) {
      rows = [];
      this.rows.set(table, rows);
    }
    return rows;
  }

  private nextId(table: Table): string {
    return String(this.rowsOf(table).length + 1);
  }
}

/** Longitude and latitude of a plan point, to 0.1 m. */
function positionOf(at: Point): [string, string] {
  const [lon, lat] = toLonLat(toGround(at));
  return [lon.toFixed(6), lat.toFixed(6)];
}

export function parseTime(text: string): number {
  const [hours, minutes] = text.split(':').map(Number);
  return hours * 3600 + minutes * 60;
}

/** HH:MM:SS; hours may pass 24. */
export function formatTime(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
