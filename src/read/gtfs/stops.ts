/**
 * Reads stops.txt: platforms, stations and entrances with a position each, or none. Positions that cannot be
 * true are repaired where it is certain (longitude and latitude swapped, a platform that stands in its
 * station) and otherwise marked unknown; each with a notice.
 */
import { distanceMeters } from '../../common/geo.ts';
import type { NoticeList } from '../../common/notices.ts';
import { readCoordinate } from '../angles.ts';
import { findSystem, isMetric } from '../french-systems.ts';
import { noticeSystem } from '../settle-positions.ts';
import { CsvRecords } from './csv-records.ts';
import { findById, parseDecimal, wholeOf } from './field-values.ts';
import type { GtfsStops } from './gtfs-feed.ts';

/** A stop this far from the middle of its feed is suspect; the longest national networks stay below. */
const FAR_METERS = 1_000_000;

/** Stops of a feed; `indexOfStop` resolves ids. */
export interface StopsTable {
  stops: GtfsStops;
  indexOfStop: Map<string, number>;
}

export async function readStops(
  raw: Buffer,
  file: string,
  timeZone: string | undefined,
  notices: NoticeList,
): Promise<StopsTable> {
  const records = new CsvRecords(raw, file, notices);
  const idField = records.getColumn('stop_id');
  const nameField = records.findColumn('stop_name');
  const lonField = records.getColumn('stop_lon');
  const latField = records.getColumn('stop_lat');
  const typeField = records.findColumn('location_type');
  const parentField = records.findColumn('parent_station');

  const indexOfStop = new Map<string, number>();
  const id: string[] = [];
  const name: string[] = [];
  const lon: number[] = [];
  const lat: number[] = [];
  const type: number[] = [];
  const parent: string[] = [];
  const row: number[] = [];
  while (records.next()) {
    const stopId = records.text(idField);
    if (stopId === '' || indexOfStop.has(stopId)) {
      notices.add({
        code: stopId === '' ? 'stop-without-id' : 'duplicate-stop',
        severity: 'warning',
        message: stopId === '' ? 'the stop has no id' : 'the stop_id occurs twice',
        action: stopId === '' ? 'row left out' : 'the first row kept',
        file,
        row: records.line,
        id: stopId,
      });
      continue;
    }
    indexOfStop.set(stopId, id.length);
    id.push(stopId);
    name.push(records.text(nameField));
    lon.push(readDegrees(records.text(lonField)));
    lat.push(readDegrees(records.text(latField)));
    const typeValue = wholeOf(records, typeField);
    type.push(typeValue >= 0 && typeValue <= 4 ? typeValue : 0);
    parent.push(records.text(parentField));
    row.push(records.line);
  }
  const stops: GtfsStops = {
    count: id.length,
    id,
    name,
    lon: Float64Array.from(lon),
    lat: Float64Array.from(lat),
    locationType: Uint8Array.from(type),
    station: new Int32Array(id.length).fill(-1),
  };
  const noteAt: NoteAtStop = (stop, note) =>
    notices.add({ severity: 'warning', file, row: row[stop]!, id: id[stop]!, ...note });
  linkStations(stops, parent, indexOfStop, noteAt);
  await unprojectMetres(stops, file, notices);
  repairPositions(stops, timeZone, noteAt);
  return { stops, indexOfStop };
}

type NoteAtStop = (
  stop: number,
  note: { code: string; message: string; action: string; value?: string },
) => void;

/** Follows parent_station to the topmost parent. */
function linkStations(
  stops: GtfsStops,
  parentIds: readonly string[],
  indexOfStop: ReadonlyMap<string, number>,
  noteAt: NoteAtStop,
): void {
  const parentOf = parentIds.map((parentId, stop) => {
    if (parentId === '') return -1;
    const parent = findById(indexOfStop, parentId) ?? -1;
    if (parent < 0 || parent === stop) {
      noteAt(stop, {
        code: 'unknown-parent-station',
        message: 'the parent_station is not another row of stops.txt',
        action: 'the stop stands alone',
        value: parentId,
      });
      return -1;
    }
    return parent;
  });
  for (let stop = 0; stop < stops.count; stop++) {
    let top = parentOf[stop]!;
    // At most platform -> station with a boarding area below: three levels; more is a loop.
    for (let level = 0; level < 3 && top >= 0 && parentOf[top]! >= 0; level++) top = parentOf[top]!;
    stops.station[stop] = top === stop ? -1 : top;
  }
}

/** Degrees as the specification wants them, or as people write them. */
function readDegrees(text: string): number {
  const plain = parseDecimal(text);
  return Number.isNaN(plain) ? Number(readCoordinate(text) || Number.NaN) : plain;
}

/** Metres of the French system that they fit -> degrees, whichever way round they stand. */
async function unprojectMetres({ lon, lat }: GtfsStops, file: string, notices: NoticeList): Promise<void> {
  const metric = [...lon.keys()].filter((stop) => isMetric(lon[stop]!, lat[stop]!));
  if (metric.length === 0) return;
  const x = metric.map((stop) => lon[stop]!);
  const y = metric.map((stop) => lat[stop]!);
  const system = await findSystem(x, y, undefined, file);
  if (system === undefined) return;
  for (const stop of metric) [lon[stop], lat[stop]] = system.toLonLat(lon[stop]!, lat[stop]!);
  noticeSystem(file, system, metric.length, notices);
}

function repairPositions(stops: GtfsStops, timeZone: string | undefined, noteAt: NoteAtStop): void {
  const { lon, lat } = stops;
  for (let stop = 0; stop < stops.count; stop++) {
    if (lon[stop] === 0 && lat[stop] === 0) {
      forget(stops, stop);
      noteAt(stop, {
        code: 'stop-at-0-0',
        message: 'the stop is at 0,0',
        action: 'position unknown: not linked',
      });
    }
  }
  swapWholeFeed(stops, timeZone, noteAt);
  const [middleLon, middleLat] = [median(lon), median(lat)];
  for (let stop = 0; stop < stops.count; stop++) {
    if (Number.isNaN(lon[stop]!) || Number.isNaN(lat[stop]!)) continue;
    const value = `${lon[stop]!},${lat[stop]!}`;
    const off = metersFrom(middleLon, middleLat, lon[stop]!, lat[stop]!);
    if (off < FAR_METERS) continue;
    if (metersFrom(middleLon, middleLat, lat[stop]!, lon[stop]!) < FAR_METERS) {
      [lon[stop], lat[stop]] = [lat[stop]!, lon[stop]!];
      noteAt(stop, {
        code: 'stop-lon-lat-swapped',
        message: 'longitude and latitude of the stop are swapped',
        action: 'swapped back',
        value,
      });
    } else if (off === Number.POSITIVE_INFINITY) {
      forget(stops, stop);
      noteAt(stop, {
        code: 'stop-position-invalid',
        message: 'the position of the stop is not on the globe',
        action: 'position unknown: not linked',
        value,
      });
    } else {
      noteAt(stop, {
        code: 'stop-far-away',
        message: `the stop lies ${Math.round(off / 1000)} km from the middle of its feed`,
        action: 'kept where it is',
        value,
      });
    }
  }
  inheritPositions(stops, noteAt);
}

/** A whole feed in France whose middle lies in Somalia has its columns the wrong way round. */
function swapWholeFeed(stops: GtfsStops, timeZone: string | undefined, noteAt: NoteAtStop): void {
  if (stops.count === 0 || !(timeZone?.startsWith('Europe/') ?? false)) return;
  const [lon, lat] = [median(stops.lon), median(stops.lat)];
  if (isInEurope(lon, lat) || !isInEurope(lat, lon)) return;
  for (let stop = 0; stop < stops.count; stop++) {
    [stops.lon[stop], stops.lat[stop]] = [stops.lat[stop]!, stops.lon[stop]!];
  }
  noteAt(0, {
    code: 'feed-lon-lat-swapped',
    message: `longitude and latitude are swapped in the whole feed (its time zone is ${timeZone})`,
    action: `all ${stops.count} stops swapped back`,
    value: `${lon},${lat}`,
  });
}

/** Platforms without a position stand where their station stands. */
function inheritPositions(stops: GtfsStops, noteAt: NoteAtStop): void {
  const { lon, lat, station } = stops;
  for (let stop = 0; stop < stops.count; stop++) {
    if (!Number.isNaN(lon[stop]!) && !Number.isNaN(lat[stop]!)) continue;
    const parent = station[stop]!;
    if (parent >= 0 && !Number.isNaN(lon[parent]!)) {
      lon[stop] = lon[parent]!;
      lat[stop] = lat[parent]!;
      // Boarding areas need no position of their own.
      if (stops.locationType[stop] === 4) continue;
      noteAt(stop, {
        code: 'stop-position-of-station',
        message: 'the stop has no position of its own',
        action: `placed at its station ${stops.id[parent]!}`,
      });
      continue;
    }
    forget(stops, stop);
    if (stops.locationType[stop] === 3) continue;
    noteAt(stop, {
      code: 'stop-without-position',
      message: 'the stop has no usable position',
      action: 'not linked to the streets',
    });
  }
}

function forget(stops: GtfsStops, stop: number): void {
  stops.lon[stop] = Number.NaN;
  stops.lat[stop] = Number.NaN;
}

/** Infinite where the point is not on the globe. */
function metersFrom(middleLon: number, middleLat: number, lon: number, lat: number): number {
  if (Math.abs(lon) > 180 || Math.abs(lat) > 90) return Number.POSITIVE_INFINITY;
  return distanceMeters(middleLon, middleLat, lon, lat);
}

function isInEurope(lon: number, lat: number): boolean {
  return lon > -32 && lon < 45 && lat > 33 && lat < 72;
}

function median(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  return known.length === 0 ? 0 : known[known.length >> 1]!;
}
