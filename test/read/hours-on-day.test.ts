import { describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { readHoursOnDay } from '../../src/read/hours-on-day.ts';
import { drawnStructure } from './drawn-structure.ts';

const TUESDAY = '2026-10-06';

/** `09:00-12:00 13:30-17:00` of one structure on a day, and the codes of the notices. */
async function read(horaires: string | undefined, date = TUESDAY, codeInsee?: string) {
  const notices = new NoticeList();
  const hours = await readHoursOnDay([drawnStructure({ horaires, codeInsee })], date, notices);
  const clock = (seconds: number) =>
    `${String(Math.floor(seconds / 3600)).padStart(2, '0')}:${String((seconds % 3600) / 60).padStart(2, '0')}`;
  const windows = [...hours.openSeconds].map((open, i) => `${clock(open)}-${clock(hours.closeSeconds[i]!)}`);
  return { windows: windows.join(' '), codes: [...notices.counts().keys()], hours };
}

describe('opening hours on the day', () => {
  it.each([
    ['Mo-Fr 09:00-12:00,13:30-17:00', TUESDAY, '09:00-12:00 13:30-17:00'],
    ['Mo 09:00-12:00; Tu 14:00-18:00', TUESDAY, '14:00-18:00'],
    ['24/7', TUESDAY, '00:00-24:00'],
    ['Tu[1] 09:00-12:00', TUESDAY, '09:00-12:00'],
    ['Mo-Fr 09:00-17:00; PH off', '2026-11-10', '09:00-17:00'],
    ['Jul-Aug Tu 10:00-11:00; Sep-Jun Tu 10:00-12:00', TUESDAY, '10:00-12:00'],
    ['Tu 22:00-02:00', TUESDAY, '22:00-24:00'],
    ['Mo 22:00-02:00; Tu 09:00-12:00', TUESDAY, '09:00-12:00'],
    ['SH off; Mo-Fr 08:00-12:00', TUESDAY, '08:00-12:00'],
    ['Mo-Fr 09:00-12:00 "sur rendez-vous"', TUESDAY, '09:00-12:00'],
  ])('of "%s" on %s are %s', async (horaires, date, expected) => {
    const { windows, hours } = await read(horaires, date);
    expect(windows).toBe(expected);
    expect(hours.knownCount).toBe(1);
    expect(hours.closedCount).toBe(0);
  });

  it.each([
    ['We 09:00-12:00', TUESDAY],
    ['Tu[2] 09:00-12:00', TUESDAY],
    ['Mo-Fr 09:00-17:00; PH off', '2026-11-11'],
    ['off', TUESDAY],
  ])('"%s" on %s is closed all that day: any time counts, with a notice', async (horaires, date) => {
    const { windows, codes, hours } = await read(horaires, date);
    expect(windows).toBe('');
    expect(codes).toEqual(['structure-closed-that-day']);
    expect([hours.knownCount, hours.closedCount]).toEqual([1, 1]);
  });

  it.each([
    // Good Friday and 26 December are holidays in Alsace and Moselle, the ends of slavery overseas.
    ['Fr 09:00-12:00; PH off', '2026-04-03', '67482', ''],
    ['Fr 09:00-12:00; PH off', '2026-04-03', '68224', ''],
    ['Fr 09:00-12:00; PH off', '2026-04-03', '57463', ''],
    ['Fr 09:00-12:00; PH off', '2026-04-03', '71270', '09:00-12:00'],
    ['Fr 09:00-12:00; PH off', '2026-04-03', undefined, '09:00-12:00'],
    ['Mo-Sa 09:00-12:00; PH off', '2026-12-26', '67482', ''],
    ['Mo-Sa 09:00-12:00; PH off', '2026-12-26', '54395', '09:00-12:00'],
    ['Mo-Sa 09:00-12:00; PH off', '2026-05-22', '97209', ''],
    ['Mo-Sa 09:00-12:00; PH off', '2026-05-27', '97105', ''],
    ['Mo-Sa 09:00-12:00; PH off', '2026-06-10', '97302', ''],
    ['Mo-Su 09:00-12:00; PH off', '2026-12-20', '97411', ''],
    ['Mo-Sa 09:00-12:00; PH off', '2026-04-27', '97608', ''],
    ['Mo-Sa 09:00-12:00; PH off', '2026-05-22', '97411', '09:00-12:00'],
  ])('of "%s" on %s in %s, by its public holidays, are "%s"', async (horaires, date, code, expected) => {
    const { windows } = await read(horaires, date, code);
    expect(windows).toBe(expected);
  });

  it.each([
    // The February holidays of zone B came first in 2025, those of A last.
    ['Tu 09:00-12:00; SH off', '2025-02-11', '35238', ''],
    ['Tu 09:00-12:00; SH off', '2025-02-11', '71270', '09:00-12:00'],
    ['Tu 09:00-12:00; SH off', '2025-03-04', '71270', ''],
    ['Tu 09:00-12:00; SH off', '2025-03-04', '75056', '09:00-12:00'],
    ['Tu 09:00-12:00; SH off', '2025-02-25', '31555', ''],
    ['Tu 09:00-12:00; SH Tu 14:00-16:00', '2025-02-25', '31555', '14:00-16:00'],
    ['Tu 09:00-12:00; SH Tu 14:00-16:00', '2025-03-11', '31555', '09:00-12:00'],
    // All zones have these, and nobody need say where the structure is.
    ['Tu 09:00-12:00; SH off', '2025-10-28', undefined, ''],
    ['Tu 09:00-12:00; SH off', '2025-11-18', undefined, '09:00-12:00'],
    ['Tu 09:00-12:00; PH,SH off', '2025-11-11', undefined, ''],
    ['SH Tu 09:00-12:00', '2025-10-28', '2A004', '09:00-12:00'],
    ['SH Tu 09:00-12:00', '2025-11-18', '2A004', ''],
  ])('of "%s" on %s in %s, by its school holidays, are "%s"', async (horaires, date, code, expected) => {
    const { windows, hours } = await read(horaires, date, code);
    expect(windows).toBe(expected);
    expect([hours.knownCount, hours.closedCount]).toEqual([1, expected === '' ? 1 : 0]);
  });

  it.each([
    ['Tu 09:00-12:00; SH off', '2025-02-11', undefined],
    ['Tu 09:00-12:00; SH off', '2025-10-28', '97411'],
    ['Tu 09:00-12:00; SH off', '2031-02-18', '71270'],
    ['Mo,SH 09:00-12:00', '2025-10-28', '71270'],
  ])(
    'of "%s" on %s in %s are not known: no calendar says whether it is a holiday',
    async (horaires, date, code) => {
      const { windows, codes, hours } = await read(horaires, date, code);
      expect([windows, codes, hours.knownCount]).toEqual(['', ['opening-hours-not-understood'], 0]);
    },
  );

  it('that cannot be read count as open, with a notice', async () => {
    const { windows, codes, hours } = await read('Mo-Fr 9h-12h et 14h-17h sauf vacances (((');
    expect(windows).toBe('');
    expect(codes).toEqual(['opening-hours-not-understood']);
    expect(hours.knownCount).toBe(0);
  });

  it('that are unknown count as open, without a notice', async () => {
    const { windows, codes } = await read(undefined);
    expect([windows, codes]).toEqual(['', []]);
  });
});
