/**
 * Reads calendar.txt and calendar_dates.txt into one set of services. A feed may have either or both; a
 * service may be in either or both: its days are the weekday pattern, less the days removed, plus those added.
 */
import { findDay } from '../../common/days.ts';
import type { NoticeList } from '../../common/notices.ts';
import { CsvRecords } from './csv-records.ts';
import { findById, wholeOf, withoutZeroFraction } from './field-values.ts';
import type { GtfsServices } from './gtfs-feed.ts';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const ADDED = 1;
const REMOVED = 2;

interface Service {
  id: string;
  weekdays: number;
  firstDay: number;
  lastDay: number;
  /** day -> ADDED or REMOVED. */
  exceptions: Map<number, number>;
  file: string;
  row: number;
}

export interface ServicesTable {
  services: GtfsServices;
  indexOfService: Map<string, number>;
}

export function readServices(
  calendar: Buffer | undefined,
  calendarDates: Buffer | undefined,
  feedName: string,
  notices: NoticeList,
): ServicesTable {
  const services = new Map<string, Service>();
  if (calendar !== undefined) readCalendar(calendar, `${feedName}/calendar.txt`, services, notices);
  if (calendarDates !== undefined) {
    readCalendarDates(calendarDates, `${feedName}/calendar_dates.txt`, services, notices);
  }
  for (const service of services.values()) noteServiceWithoutDays(service, notices);
  const all = [...services.values()];
  return {
    indexOfService: new Map(all.map((service, index) => [service.id, index])),
    services: {
      count: all.length,
      id: all.map((service) => service.id),
      weekdays: Uint8Array.from(all, (service) => service.weekdays),
      firstDay: Int32Array.from(all, (service) => service.firstDay),
      lastDay: Int32Array.from(all, (service) => service.lastDay),
      addedDays: all.map((service) => daysWith(service, ADDED)),
      removedDays: all.map((service) => daysWith(service, REMOVED)),
    },
  };
}

function daysWith(service: Service, exception: number): number[] {
  return [...service.exceptions]
    .filter(([, type]) => type === exception)
    .map(([day]) => day)
    .sort((a, b) => a - b);
}

function readCalendar(raw: Buffer, file: string, services: Map<string, Service>, notices: NoticeList): void {
  const records = new CsvRecords(raw, file, notices);
  const idField = records.getColumn('service_id');
  const weekdayFields = WEEKDAYS.map((name) => records.getColumn(name));
  const startField = records.getColumn('start_date');
  const endField = records.getColumn('end_date');
  while (records.next()) {
    const id = records.text(idField);
    const firstDay = dayInField(records, startField, id, notices);
    const lastDay = dayInField(records, endField, id, notices);
    if (firstDay === undefined || lastDay === undefined) continue;
    if (services.has(id)) {
      notices.add({
        code: 'duplicate-service',
        severity: 'warning',
        message: 'the service occurs twice in calendar.txt',
        action: 'the first row kept',
        file,
        row: records.line,
        id,
      });
      continue;
    }
    let weekdays = 0;
    weekdayFields.forEach((field, weekday) => {
      const flag = wholeOf(records, field);
      if (flag === 1) weekdays |= 1 << weekday;
      else if (flag !== 0) noticeWeekday(records, field, WEEKDAYS[weekday]!, id, notices);
    });
    if (lastDay < firstDay) {
      notices.add({
        code: 'service-ends-before-it-starts',
        severity: 'warning',
        message: 'the end_date of the service is before its start_date',
        action: 'its weekday pattern never runs',
        file,
        row: records.line,
        id,
        value: `${records.text(startField)}-${records.text(endField)}`,
      });
    }
    services.set(id, { id, weekdays, firstDay, lastDay, exceptions: new Map(), file, row: records.line });
  }
}

/** Such as where the columns of the table are shifted. */
function noticeWeekday(
  records: CsvRecords,
  field: number,
  weekday: string,
  id: string,
  notices: NoticeList,
): void {
  notices.add({
    code: 'invalid-weekday',
    severity: 'warning',
    message: `${weekday} is neither 0 nor 1`,
    action: 'the service does not run on it',
    file: records.file,
    row: records.line,
    id,
    value: records.text(field),
  });
}

function readCalendarDates(
  raw: Buffer,
  file: string,
  services: Map<string, Service>,
  notices: NoticeList,
): void {
  const records = new CsvRecords(raw, file, notices);
  const idField = records.getColumn('service_id');
  const dateField = records.getColumn('date');
  const typeField = records.getColumn('exception_type');
  while (records.next()) {
    const id = records.text(idField);
    const day = dayInField(records, dateField, id, notices);
    if (day === undefined) continue;
    const type = wholeOf(records, typeField);
    if (type !== ADDED && type !== REMOVED) {
      notices.add({
        code: 'invalid-exception-type',
        severity: 'warning',
        message: 'exception_type is neither 1 (added) nor 2 (removed)',
        action: 'row left out',
        file,
        row: records.line,
        id,
        value: records.text(typeField),
      });
      continue;
    }
    let service = findById(services, id);
    if (service === undefined) {
      service = { id, weekdays: 0, firstDay: 0, lastDay: -1, exceptions: new Map(), file, row: records.line };
      services.set(id, service);
    }
    const before = service.exceptions.get(day);
    if (before !== undefined && before !== type) {
      notices.add({
        code: 'contradictory-exceptions',
        severity: 'warning',
        message: 'the service is both added and removed on one day',
        action: 'the later row counts',
        file,
        row: records.line,
        id,
        value: records.text(dateField),
      });
    }
    service.exceptions.set(day, type);
  }
}

function dayInField(records: CsvRecords, field: number, id: string, notices: NoticeList): number | undefined {
  const text = records.text(field);
  const day = findDay(withoutZeroFraction(text));
  if (day !== undefined) return day;
  notices.add({
    code: 'invalid-date',
    severity: 'warning',
    message: 'a date is not of the form YYYYMMDD',
    action: 'row left out',
    file: records.file,
    row: records.line,
    id,
    value: text,
  });
  return undefined;
}

function noteServiceWithoutDays(service: Service, notices: NoticeList): void {
  const { weekdays, firstDay, lastDay, exceptions, file, row, id } = service;
  if (weekdays !== 0 && lastDay >= firstDay) return;
  for (const type of exceptions.values()) if (type === ADDED) return;
  notices.add({
    code: 'service-without-days',
    severity: 'warning',
    message: 'the service runs on no day',
    action: 'its trips never run',
    file,
    row,
    id,
  });
}
