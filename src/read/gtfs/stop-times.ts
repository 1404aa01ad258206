/**
 * Scans stop_times.txt, the one table of a feed that is large, into parallel arrays in file order. Trip and
 * stop ids are resolved by their bytes; successive rows of one trip compare with the row before, which is
 * nearly every row. On-demand rows (GTFS-Flex zones and windows, pickup types 2 and 3) are counted apart.
 */
import type { NoticeList } from '../../common/notices.ts';
import { CsvRecords } from './csv-records.ts';
import {
  BLANK,
  IdResolver,
  INVALID,
  parseDecimal,
  parseTime,
  parseWhole,
  sameBytes,
  wholeOf,
} from './field-values.ts';
import { DROP_OFF, PICKUP } from './gtfs-feed.ts';
import { FLEX_COLUMNS } from './on-demand.ts';

/** Bytes looked at to guess the number of rows. */
const SAMPLE_BYTES = 1 << 16;

/** Rows in file order; parallel arrays of length `count` or more. */
export interface StopTimeRows {
  count: number;
  trip: Uint32Array;
  stop: Uint32Array;
  sequence: Int32Array;
  /** Seconds, or BLANK. */
  arrival: Int32Array;
  departure: Int32Array;
  rules: Uint8Array;
  /** shape_dist_traveled, NaN where blank; undefined where the table lacks the column. */
  distance: Float64Array | undefined;
  /** Line in the file, for notices. */
  line: Uint32Array;
  /** trip -> 1 where a row is served on demand only. */
  onDemandOfTrip: Uint8Array;
  onDemandRows: number;
}

/** Reads every row; those of unknown trips or stops are left out with a notice. */
export function readStopTimes(
  raw: Buffer,
  file: string,
  indexOfTrip: ReadonlyMap<string, number>,
  indexOfStop: ReadonlyMap<string, number>,
  notices: NoticeList,
): StopTimeRows {
  const records = new CsvRecords(raw, file, notices);
  const tripField = records.getColumn('trip_id');
  const stopField = records.columns.has('location_id')
    ? records.findColumn('stop_id')
    : records.getColumn('stop_id');
  const sequenceField = records.getColumn('stop_sequence');
  const arrivalField = records.getColumn('arrival_time');
  const departureField = records.getColumn('departure_time');
  const pickupField = records.findColumn('pickup_type');
  const dropOffField = records.findColumn('drop_off_type');
  const distanceField = records.findColumn('shape_dist_traveled');
  const flexFields = FLEX_COLUMNS.map((name) => records.findColumn(name)).filter((field) => field >= 0);

  const rows = new GrowingRows(guessRowCount(records.bytes), distanceField >= 0, indexOfTrip.size);
  const trips = new IdResolver(records, indexOfTrip);
  const stops = new IdResolver(records, indexOfStop);
  const { bytes, fieldStarts, fieldEnds } = records;
  let lastStart = 0;
  let lastLength = -1;
  let trip = -1;
  while (records.next()) {
    const start = fieldStarts[tripField]!;
    const length = tripField < records.fieldCount ? fieldEnds[tripField]! - start : 0;
    if (length !== lastLength || !sameBytes(bytes, start, lastStart, length)) {
      trip = trips.resolve(start, start + length);
      lastLength = length;
    }
    lastStart = start;
    if (trip < 0) {
      leaveOut(records, notices, 'stop-time-of-unknown-trip', 'the trip is not in trips.txt', tripField);
      continue;
    }
    if (flexFields.length > 0 && flexFields.some((field) => !records.isBlank(field))) {
      rows.onDemandRows++;
      rows.onDemandOfTrip[trip] = 1;
      continue;
    }
    const stop = records.isBlank(stopField)
      ? -1
      : stops.resolve(fieldStarts[stopField]!, fieldEnds[stopField]!);
    if (stop < 0) {
      leaveOut(records, notices, 'stop-time-at-unknown-stop', 'the stop is not in stops.txt', stopField);
      continue;
    }
    const row = rows.add();
    rows.trip[row] = trip;
    rows.stop[row] = stop;
    rows.line[row] = records.line;
    rows.sequence[row] = sequenceOf(records, sequenceField, notices);
    const arrival = timeInField(records, arrivalField, notices);
    const departure = timeInField(records, departureField, notices);
    rows.arrival[row] = arrival === BLANK ? departure : arrival;
    rows.departure[row] = departure === BLANK ? arrival : departure;
    const pickup = pickupField < 0 ? 0 : ruleInField(records, pickupField, notices);
    const dropOff = dropOffField < 0 ? 0 : ruleInField(records, dropOffField, notices);
    rows.rules[row] = (pickup === 0 ? PICKUP : 0) | (dropOff === 0 ? DROP_OFF : 0);
    if (pickup >= 2 || dropOff >= 2) {
      rows.onDemandRows++;
      rows.onDemandOfTrip[trip] = 1;
    }
    if (rows.distance !== undefined) rows.distance[row] = distanceInField(records, distanceField);
  }
  if (records.isLastLineOpen) noticeOpenLine(records, file, notices);
  return rows;
}

/** The table is in no order that would show that rows are missing at its end. */
function noticeOpenLine(records: CsvRecords, file: string, notices: NoticeList): void {
  notices.add({
    code: 'table-last-line-open',
    severity: 'info',
    message: 'the last line has no end: where the file was cut short, rows are missing',
    action: 'read as it stands',
    file,
    row: records.line,
  });
}

/** Rows that double their room; sized for the whole table from its first bytes. */
class GrowingRows implements StopTimeRows {
  count = 0;
  trip: Uint32Array;
  stop: Uint32Array;
  sequence: Int32Array;
  arrival: Int32Array;
  departure: Int32Array;
  rules: Uint8Array;
  distance: Float64Array | undefined;
  line: Uint32Array;
  onDemandOfTrip: Uint8Array;
  onDemandRows = 0;

  constructor(capacity: number, hasDistance: boolean, tripCount: number) {
    this.trip = new Uint32Array(capacity);
    this.stop = new Uint32Array(capacity);
    this.sequence = new Int32Array(capacity);
    this.arrival = new Int32Array(capacity);
    this.departure = new Int32Array(capacity);
    this.rules = new Uint8Array(capacity);
    this.distance = hasDistance ? new Float64Array(capacity) : undefined;
    this.line = new Uint32Array(capacity);
    this.onDemandOfTrip = new Uint8Array(tripCount);
  }

  add(): number {
    if (this.count === this.trip.length) this.grow(2 * this.count);
    return this.count++;
  }

  private grow(capacity: number): void {
    this.trip = widened(this.trip, new Uint32Array(capacity));
    this.stop = widened(this.stop, new Uint32Array(capacity));
    this.sequence = widened(this.sequence, new Int32Array(capacity));
    this.arrival = widened(this.arrival, new Int32Array(capacity));
    this.departure = widened(this.departure, new Int32Array(capacity));
    this.rules = widened(this.rules, new Uint8Array(capacity));
    this.line = widened(this.line, new Uint32Array(capacity));
    if (this.distance !== undefined) this.distance = widened(this.distance, new Float64Array(capacity));
  }
}

function widened<T extends Uint8Array | Uint32Array | Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

function guessRowCount(bytes: Uint8Array): number {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  let lines = 1;
  for (const byte of sample) if (byte === 10) lines++;
  return Math.ceil((1.1 * lines * bytes.length) / Math.max(1, sample.length)) + 16;
}

function leaveOut(
  records: CsvRecords,
  notices: NoticeList,
  code: string,
  message: string,
  field: number,
): void {
  notices.add({
    code,
    severity: 'warning',
    message,
    action: 'row left out',
    file: records.file,
    row: records.line,
    id: records.text(field),
  });
}

function timeInField(records: CsvRecords, field: number, notices: NoticeList): number {
  if (field >= records.fieldCount) return BLANK;
  const time = parseTime(records.bytes, records.fieldStarts[field]!, records.fieldEnds[field]!);
  if (time !== INVALID) return time;
  notices.add({
    code: 'invalid-time',
    severity: 'warning',
    message: 'a time is not of the form HH:MM:SS',
    action: 'taken as blank',
    file: records.file,
    row: records.line,
    value: records.text(field),
  });
  return BLANK;
}

function sequenceOf(records: CsvRecords, field: number, notices: NoticeList): number {
  const value = wholeOf(records, field);
  if (value >= 0) return value;
  notices.add({
    code: 'invalid-stop-sequence',
    severity: 'warning',
    message: 'stop_sequence is no whole number',
    action: 'the order of the file is used',
    file: records.file,
    row: records.line,
    value: records.text(field),
  });
  return BLANK;
}

/** Pickup or drop-off type: 0 regular (also blank), 1 none, 2 and 3 on demand. */
function ruleInField(records: CsvRecords, field: number, notices: NoticeList): number {
  if (field >= records.fieldCount) return 0;
  const value = parseWhole(records.bytes, records.fieldStarts[field]!, records.fieldEnds[field]!);
  if (value === BLANK) return 0;
  if (value >= 0 && value <= 3) return value;
  notices.add({
    code: 'invalid-pickup-type',
    severity: 'warning',
    message: 'pickup_type or drop_off_type is not 0, 1, 2 or 3',
    action: 'taken as 0 (regular)',
    file: records.file,
    row: records.line,
    value: records.text(field),
  });
  return 0;
}

function distanceInField(records: CsvRecords, field: number): number {
  if (records.isBlank(field)) return Number.NaN;
  const start = records.fieldStarts[field]!;
  const whole = parseWhole(records.bytes, start, records.fieldEnds[field]!);
  return whole >= 0 ? whole : parseDecimal(records.text(field));
}
