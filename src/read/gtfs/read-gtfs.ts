/**
 * Reads one GTFS feed, zip or folder: ids resolved, blank times filled, defects turned into notices. What can
 * still serve is kept; a feed in which no trip can ever run is a UsageError, never an empty timetable.
 */
import { weekdayOfDay } from '../../common/days.ts';
import { Fault, onDemandOnlyError, UsageError } from '../../common/errors.ts';
import { whileReading } from '../../common/file-faults.ts';
import { NoticeList } from '../../common/notices.ts';
import { readServices } from './calendars.ts';
import { buildCalls } from './calls.ts';
import { CsvRecords } from './csv-records.ts';
import { DROP_OFF, type GtfsFeed, type GtfsOnDemand, type GtfsServices, PICKUP } from './gtfs-feed.ts';
import { type GtfsFiles, loadCalendars, loadRequired, openGtfs, requireTables } from './gtfs-files.ts';
import { isOnDemandOnly } from './on-demand.ts';
import {
  readAgency,
  readFrequencies,
  readPublisher,
  readRoutes,
  readTransfers,
  readTrips,
} from './small-tables.ts';
import { readStopTimes } from './stop-times.ts';
import { readStops } from './stops.ts';
import { toUtf8WithoutMark } from './table-encoding.ts';

/**
 * @param path zip or folder
 * @param feedIndex position among the study's timetables: keeps feeds apart whose ids collide
 * @throws UsageError if the file is no usable GTFS
 */
export function readGtfs(path: string, feedIndex: number, notices: NoticeList): Promise<GtfsFeed> {
  return whileReading(path, () => readFeed(path, feedIndex, notices));
}

async function readFeed(path: string, feedIndex: number, notices: NoticeList): Promise<GtfsFeed> {
  const files = await openGtfs(path, notices);
  try {
    return await readTables(files, feedIndex, notices);
  } catch (error) {
    if (error instanceof UsageError && (await isOnDemandOnly(files))) throw onDemandOnlyError(files.name);
    throw error;
  } finally {
    files.close();
  }
}

async function readTables(files: GtfsFiles, feedIndex: number, notices: NoticeList): Promise<GtfsFeed> {
  const { name } = files;
  const fileOf = (table: string): string => `${name}/${table}`;
  requireTables(files);
  const { calendar, calendarDates } = await loadCalendars(files);
  const agency = readAgency(await files.find('agency.txt'), fileOf('agency.txt'), notices);
  const publisherName = readPublisher(await files.find('feed_info.txt'), fileOf('feed_info.txt'), notices);
  const { stops, indexOfStop } = await readStops(
    await loadRequired(files, 'stops.txt'),
    fileOf('stops.txt'),
    agency.timeZone,
    notices,
  );
  const { services, indexOfService } = readServices(calendar, calendarDates, name, notices);
  const routesTable = readRoutes(await files.find('routes.txt'), fileOf('routes.txt'), notices);
  const tripRows = readTrips(
    await loadRequired(files, 'trips.txt'),
    fileOf('trips.txt'),
    routesTable,
    indexOfService,
    notices,
  );
  const { indexOfTrip } = tripRows;
  const rows = readStopTimes(
    await loadRequired(files, 'stop_times.txt'),
    fileOf('stop_times.txt'),
    indexOfTrip,
    indexOfStop,
    notices,
  );
  const { calls, firstCall } = buildCalls(rows, tripRows.id, stops, fileOf('stop_times.txt'), notices);
  const frequencies = readFrequencies(
    await files.find('frequencies.txt'),
    fileOf('frequencies.txt'),
    indexOfTrip,
    notices,
  );
  const transfers = readTransfers(
    await files.find('transfers.txt'),
    fileOf('transfers.txt'),
    indexOfStop,
    indexOfTrip,
    notices,
  );
  const isRidden = someTripCanBeRidden(calls.rules, firstCall);
  const onDemand = await readOnDemand(files, rows.onDemandOfTrip, rows.onDemandRows, isRidden, notices);
  refuseFeedThatNeverRuns(name, tripRows.service, firstCall, services);
  return {
    feedIndex,
    name,
    timeZone: agency.timeZone,
    agencyNames: agency.names,
    publisherName,
    stops,
    routes: routesTable.routes,
    services,
    trips: {
      count: tripRows.id.length,
      id: tripRows.id,
      headsign: tripRows.headsign,
      route: Uint32Array.from(tripRows.route),
      service: Int32Array.from(tripRows.service),
      block: Int32Array.from(tripRows.block),
      firstCall,
    },
    calls,
    frequencies,
    ...transfers,
    onDemand,
  };
}

/** Counts what runs only when booked, and says so once per feed. */
async function readOnDemand(
  files: GtfsFiles,
  onDemandOfTrip: Uint8Array,
  rowCount: number,
  isRidden: boolean,
  notices: NoticeList,
): Promise<GtfsOnDemand> {
  const rules = await files.find('booking_rules.txt');
  const zones = await files.find('locations.geojson');
  const onDemand: GtfsOnDemand = {
    tripCount: onDemandOfTrip.reduce((sum, flag) => sum + flag, 0),
    rowCount,
    bookingRuleCount: rules === undefined ? 0 : countRecords(rules, `${files.name}/booking_rules.txt`),
    zoneCount: zones === undefined ? 0 : countFeatures(zones, `${files.name}/locations.geojson`, notices),
  };
  const isOnDemand = onDemand.rowCount + onDemand.bookingRuleCount + onDemand.zoneCount > 0;
  if (isOnDemand && !isRidden) {
    onDemand.isOnly = true;
    notices.add({
      code: 'feed-on-demand-only',
      severity: 'warning',
      message: 'the feed holds on-demand service only: every stop is booked',
      action: 'it adds nothing to scheduled transport',
      file: files.name,
    });
  }
  if (isOnDemand) {
    notices.add({
      code: 'on-demand-service',
      severity: 'info',
      message:
        `on-demand service: ${onDemand.tripCount} trips with ${onDemand.rowCount} booked stop times, ` +
        `${onDemand.bookingRuleCount} booking rules, ${onDemand.zoneCount} zones`,
      action: 'counted apart, never as scheduled service',
      // A feed of zones alone may have no trip.
      count: Math.max(1, onDemand.tripCount),
      file: `${files.name}/stop_times.txt`,
    });
  }
  return onDemand;
}

/** Someone may get into a trip at a call, and out at a later one. */
function someTripCanBeRidden(rules: Uint8Array, firstCall: Uint32Array): boolean {
  for (let trip = 0; trip + 1 < firstCall.length; trip++) {
    let boarded = false;
    for (let call = firstCall[trip]!; call < firstCall[trip + 1]!; call++) {
      if (boarded && (rules[call]! & DROP_OFF) !== 0) return true;
      if ((rules[call]! & PICKUP) !== 0) boarded = true;
    }
  }
  return false;
}

function countRecords(raw: Buffer, file: string): number {
  const records = new CsvRecords(raw, file, new NoticeList());
  let count = 0;
  while (records.next()) count++;
  return count;
}

function countFeatures(raw: Buffer, file: string, notices: NoticeList): number {
  try {
    const json: unknown = JSON.parse(toUtf8WithoutMark(raw).toString('utf8'));
    const features =
      typeof json === 'object' && json !== null && 'features' in json ? json.features : undefined;
    return Array.isArray(features) ? features.length : 0;
  } catch {
    notices.add({
      code: 'invalid-locations',
      severity: 'warning',
      message: 'locations.geojson is no valid JSON',
      action: 'its zones are not counted',
      file,
    });
    return 0;
  }
}

function refuseFeedThatNeverRuns(
  name: string,
  serviceOfTrip: readonly number[],
  firstCall: Uint32Array,
  services: GtfsServices,
): void {
  let withCalls = 0;
  let withDays = 0;
  serviceOfTrip.forEach((service, trip) => {
    if (firstCall[trip + 1] === firstCall[trip]) return;
    withCalls++;
    if (service >= 0 && runsEver(services, service)) withDays++;
  });
  if (withDays > 0) return;
  throw new Fault('feed-never-runs', { file: name }, { trips: serviceOfTrip.length, withCalls });
}

function runsEver(services: GtfsServices, service: number): boolean {
  if (services.addedDays[service]!.length > 0) return true;
  if (services.weekdays[service] === 0) return false;
  const removed = new Set(services.removedDays[service]!);
  for (let day = services.firstDay[service]!; day <= services.lastDay[service]!; day++) {
    if (((services.weekdays[service]! >> weekdayOfDay(day)) & 1) === 1 && !removed.has(day)) return true;
  }
  return false;
}
