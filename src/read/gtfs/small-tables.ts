/** Reads the smaller tables of a feed: agency, routes, trips, frequencies, transfers. */
import type { Notice, NoticeList } from '../../common/notices.ts';
import { CsvRecords } from './csv-records.ts';
import { findById, timeOf, wholeOf } from './field-values.ts';
import type { GtfsFrequency, GtfsRoutes, GtfsTransfer, GtfsTripLink } from './gtfs-feed.ts';

type RowNotice = Omit<Notice, 'severity' | 'file' | 'row'>;

function noteRow(records: CsvRecords, notices: NoticeList, notice: RowNotice): void {
  notices.add({ severity: 'warning', file: records.file, row: records.line, ...notice });
}

/** Names of all agencies, and the time zone of the first; other time zones in the same feed are a notice. */
export function readAgency(
  raw: Buffer | undefined,
  file: string,
  notices: NoticeList,
): { names: string[]; timeZone: string | undefined } {
  if (raw === undefined) {
    notices.add({
      code: 'agency-missing',
      severity: 'warning',
      message: 'the feed has no agency.txt, so its time zone is unknown',
      action: 'its times are taken as local times of the study',
      file,
    });
    return { names: [], timeZone: undefined };
  }
  const records = new CsvRecords(raw, file, notices);
  const nameField = records.findColumn('agency_name');
  const zoneField = records.findColumn('agency_timezone');
  const names = new Set<string>();
  let timeZone: string | undefined;
  while (records.next()) {
    const name = records.text(nameField);
    if (name !== '') names.add(name);
    const zone = records.text(zoneField);
    if (!isTimeZone(zone)) {
      noteRow(records, notices, {
        code: 'invalid-time-zone',
        message: 'agency_timezone is no IANA time zone',
        action: 'its times are taken as local times of the study',
        value: zone,
      });
    } else if (timeZone === undefined) {
      timeZone = zone;
    } else if (zone !== timeZone) {
      noteRow(records, notices, {
        code: 'several-time-zones',
        message: `an agency has another time zone than ${timeZone}`,
        action: `the times of the whole feed are read in ${timeZone}`,
        value: zone,
      });
    }
  }
  return { names: [...names], timeZone };
}

/** Who publishes the feed, as feed_info.txt says it: often others than the agencies that drive. */
export function readPublisher(
  raw: Buffer | undefined,
  file: string,
  notices: NoticeList,
): string | undefined {
  if (raw === undefined) return undefined;
  const records = new CsvRecords(raw, file, notices);
  const field = records.findColumn('feed_publisher_name');
  return records.next() ? records.text(field) || undefined : undefined;
}

function isTimeZone(zone: string): boolean {
  if (zone === '') return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

export interface RoutesTable {
  routes: GtfsRoutes;
  indexOfRoute: Map<string, number>;
}

/** Reads routes.txt; a feed without it still runs, its trips then make their routes. */
export function readRoutes(raw: Buffer | undefined, file: string, notices: NoticeList): RoutesTable {
  const indexOfRoute = new Map<string, number>();
  const id: string[] = [];
  const shortName: string[] = [];
  const longName: string[] = [];
  const type: number[] = [];
  if (raw === undefined) {
    notices.add({
      code: 'routes-missing',
      severity: 'warning',
      message: 'the feed has no routes.txt',
      action: 'routes have no names',
      file,
    });
  } else {
    const records = new CsvRecords(raw, file, notices);
    const idField = records.getColumn('route_id');
    const shortField = records.findColumn('route_short_name');
    const longField = records.findColumn('route_long_name');
    const typeField = records.findColumn('route_type');
    while (records.next()) {
      const routeId = records.text(idField);
      if (indexOfRoute.has(routeId)) {
        noteRow(records, notices, {
          code: 'duplicate-route',
          message: 'the route_id occurs twice',
          action: 'the first row kept',
          id: routeId,
        });
        continue;
      }
      indexOfRoute.set(routeId, id.length);
      id.push(routeId);
      shortName.push(records.text(shortField));
      longName.push(records.text(longField));
      type.push(Math.max(-1, wholeOf(records, typeField)));
    }
  }
  return { routes: { count: id.length, id, shortName, longName, type: Int32Array.from(type) }, indexOfRoute };
}

/** Rows of trips.txt as lists; ids resolved to routes and services. */
export interface TripRows {
  id: string[];
  headsign: string[];
  route: number[];
  service: number[];
  block: number[];
  indexOfTrip: Map<string, number>;
}

/** Reads trips.txt; unknown routes are added to `routes`, trips of unknown services are left out with a notice. */
export function readTrips(
  raw: Buffer,
  file: string,
  { routes, indexOfRoute }: RoutesTable,
  indexOfService: ReadonlyMap<string, number>,
  notices: NoticeList,
): TripRows {
  const records = new CsvRecords(raw, file, notices);
  const idField = records.getColumn('trip_id');
  const routeField = records.getColumn('route_id');
  const serviceField = records.getColumn('service_id');
  const headsignField = records.findColumn('trip_headsign');
  const blockField = records.findColumn('block_id');
  const rows: TripRows = { id: [], headsign: [], route: [], service: [], block: [], indexOfTrip: new Map() };
  const blocks = new Map<string, number>();
  const unknownRoutes = new Set<string>();
  while (records.next()) {
    const id = records.text(idField);
    if (rows.indexOfTrip.has(id)) {
      noteRow(records, notices, {
        code: 'duplicate-trip',
        message: 'the trip_id occurs twice',
        action: 'the first row kept',
        id,
      });
      continue;
    }
    const routeId = records.text(routeField);
    let route = findById(indexOfRoute, routeId);
    if (route === undefined) {
      route = indexOfRoute.size;
      indexOfRoute.set(routeId, route);
      unknownRoutes.add(routeId);
      routes.id.push(routeId);
      routes.shortName.push('');
      routes.longName.push('');
    }
    if (unknownRoutes.has(routeId)) {
      noteRow(records, notices, {
        code: 'trip-of-unknown-route',
        message: 'the route of the trip is not in routes.txt',
        action: 'trip kept, its route has no name',
        id,
        value: routeId,
      });
    }
    const serviceId = records.text(serviceField);
    const service = findById(indexOfService, serviceId) ?? -1;
    if (service < 0) {
      noteRow(records, notices, {
        code: 'trip-of-unknown-service',
        message: 'the service of the trip is in neither calendar.txt nor calendar_dates.txt',
        action: 'the trip never runs',
        id,
        value: serviceId,
      });
    }
    const blockId = records.text(blockField);
    if (blockId !== '' && !blocks.has(blockId)) blocks.set(blockId, blocks.size);
    rows.indexOfTrip.set(id, rows.id.length);
    rows.id.push(id);
    rows.headsign.push(records.text(headsignField));
    rows.route.push(route);
    rows.service.push(service);
    rows.block.push(blockId === '' ? -1 : (blocks.get(blockId) ?? -1));
  }
  const types = new Int32Array(routes.id.length).fill(-1);
  types.set(routes.type);
  routes.type = types;
  routes.count = routes.id.length;
  return rows;
}

export function readFrequencies(
  raw: Buffer | undefined,
  file: string,
  indexOfTrip: ReadonlyMap<string, number>,
  notices: NoticeList,
): GtfsFrequency[] {
  if (raw === undefined) return [];
  const records = new CsvRecords(raw, file, notices);
  if (records.columns.size === 0) return [];
  const tripField = records.getColumn('trip_id');
  const startField = records.getColumn('start_time');
  const endField = records.getColumn('end_time');
  const headwayField = records.getColumn('headway_secs');
  const exactField = records.findColumn('exact_times');
  const frequencies: GtfsFrequency[] = [];
  const periodsOfTrip = new Map<number, Array<[start: number, end: number]>>();
  while (records.next()) {
    const id = records.text(tripField);
    const trip = findById(indexOfTrip, id);
    const startSeconds = timeOf(records, startField);
    const endSeconds = timeOf(records, endField);
    const headwaySeconds = wholeOf(records, headwayField);
    if (trip === undefined || startSeconds < 0 || endSeconds <= startSeconds || headwaySeconds <= 0) {
      noteRow(records, notices, {
        code: trip === undefined ? 'frequency-of-unknown-trip' : 'invalid-frequency',
        message:
          trip === undefined
            ? 'the trip of the frequency is not in trips.txt'
            : 'the frequency has no period or no headway',
        action: 'row left out',
        id,
      });
      continue;
    }
    const periods = periodsOfTrip.get(trip) ?? [];
    periodsOfTrip.set(trip, periods);
    const overlaps = periods.some(([start, end]) => start < endSeconds && end > startSeconds);
    periods.push([startSeconds, endSeconds]);
    if (overlaps) {
      noteRow(records, notices, {
        code: 'frequencies-overlap',
        message: 'periods of the same trip overlap',
        action: 'each period runs as given',
        id,
      });
    }
    const exact = wholeOf(records, exactField) === 1;
    frequencies.push({ trip, startSeconds, endSeconds, headwaySeconds, exact });
  }
  return frequencies;
}

/** Reads transfers.txt: rules between stops (types 0 to 3), and which trips are one ride (4 and 5). */
export function readTransfers(
  raw: Buffer | undefined,
  file: string,
  indexOfStop: ReadonlyMap<string, number>,
  indexOfTrip: ReadonlyMap<string, number>,
  notices: NoticeList,
): { transfers: GtfsTransfer[]; tripLinks: GtfsTripLink[] } {
  const transfers: GtfsTransfer[] = [];
  const tripLinks: GtfsTripLink[] = [];
  if (raw === undefined) return { transfers, tripLinks };
  const records = new CsvRecords(raw, file, notices);
  const column = (name: string): number => records.findColumn(name);
  const fields = { from: column('from_stop_id'), to: column('to_stop_id'), type: column('transfer_type') };
  const specific = ['from_route_id', 'to_route_id', 'from_trip_id', 'to_trip_id'].map(column);
  const [fromTripField, toTripField] = [column('from_trip_id'), column('to_trip_id')];
  const minField = column('min_transfer_time');
  while (records.next()) {
    const type = records.isBlank(fields.type) ? 0 : wholeOf(records, fields.type);
    const leaveOut = (code: string, message: string, action = 'row left out'): void =>
      noteRow(records, notices, {
        code,
        message,
        action,
        id: `${records.text(fields.from)} -> ${records.text(fields.to)}`,
        value: records.text(fields.type),
      });
    if (type < 0 || type > 5) {
      leaveOut('invalid-transfer-type', 'transfer_type is not 0 to 5');
      continue;
    }
    if (type >= 4) {
      const fromTrip = findById(indexOfTrip, records.text(fromTripField));
      const toTrip = findById(indexOfTrip, records.text(toTripField));
      if (fromTrip === undefined || toTrip === undefined) {
        leaveOut('transfer-of-unknown-trip', 'a trip of the transfer is not in trips.txt');
      } else {
        tripLinks.push({ fromTrip, toTrip, staySeated: type === 4 });
      }
      continue;
    }
    const fromStop = findById(indexOfStop, records.text(fields.from));
    const toStop = findById(indexOfStop, records.text(fields.to));
    if (fromStop === undefined || toStop === undefined) {
      leaveOut('transfer-of-unknown-stop', 'a stop of the transfer is not in stops.txt');
      continue;
    }
    if (specific.some((field) => !records.isBlank(field))) {
      leaveOut(
        'transfer-of-single-routes',
        'the transfer holds for single routes or trips only',
        'row left out: the walk on the streets counts',
      );
      continue;
    }
    const minSeconds = wholeOf(records, minField);
    if (type === 2 && minSeconds < 0) {
      leaveOut('transfer-without-time', 'the transfer has type 2 but no min_transfer_time', 'read as type 0');
    }
    transfers.push({
      fromStop,
      toStop,
      type: type === 2 && minSeconds < 0 ? 0 : type,
      minSeconds: Math.max(0, minSeconds),
    });
  }
  return { transfers, tripLinks };
}
