/**
 * The hours of a week, one field a day (`09:00 - 12:00 / 13:30 - 17:00`), into OSM's syntax, with a notice for
 * what was mended and for a week that looks shifted by a column.
 */
import { basename } from 'node:path';
import type { NoticeList } from '../common/notices.ts';
import { formatWeek, readDayHours } from './opening-hours.ts';
import type { Structure } from './records.ts';

/**
 * Hours of the week in OSM syntax, or what stands there where none can be read; neither where the row gives none.
 * `fields` from Monday on.
 */
export function readWeek(
  fields: readonly string[],
  { file, row, id }: { file: string; row: number; id: string },
  notices: NoticeList,
): Pick<Structure, 'horaires' | 'unreadHours'> {
  const days = fields.map(readDayHours);
  const notice = (code: string, message: string, action: string, value: string) =>
    notices.add({
      code,
      severity: 'info',
      message,
      action,
      file: basename(file),
      row,
      id,
      value,
    });
  const defects = [...new Set(days.flatMap((day) => day.defects))];
  if (defects.length > 0) {
    notice(
      'structure-hours-mended',
      `the hours are irregular: ${defects.join('; ')}`,
      'the rest is kept',
      fields.filter((field) => field !== '').join(' | '),
    );
  }
  const texts = days.map((day) => day.text);
  if (looksShifted(texts)) {
    notice(
      'structure-hours-look-shifted',
      'closed on Monday and open all Saturday as on the four days before: the hours may be shifted by a column',
      'kept as written',
      fields.join(' | '),
    );
  }
  const isBlank = fields.every((field) => field === '' || field === '-');
  const isReadable =
    texts.some((text) => text !== '') ||
    days.every((day) => !day.defects.some((defect) => defect.includes('no range')));
  if (isBlank) return { horaires: undefined };
  if (isReadable) return { horaires: formatWeek(texts) };
  return { horaires: undefined, unreadHours: fields.filter((field) => field !== '').join(' | ') };
}

/** Monday to Friday of one pattern, moved to Tuesday to Saturday. */
function looksShifted(days: readonly string[]): boolean {
  const tuesday = days[1];
  return days[0] === '' && tuesday.includes(',') && days.slice(1, 6).every((day) => day === tuesday);
}
