import { describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { readOutsideHours } from '../../src/read/outside-hours.ts';
import { drawnStructure } from './drawn-structure.ts';

/** The slots in which a structure with these hours is open in the week, `evening lunch saturday`. */
async function slotsOf(horaires: string | undefined, date: string | undefined = '2026-10-06') {
  const notices = new NoticeList();
  const [hours] = await readOutsideHours([drawnStructure({ horaires })], date, notices);
  const { isKnown, ...slots } = hours!;
  const open = Object.entries(slots).flatMap(([slot, isOpen]) => (isOpen ? [slot] : []));
  return { open: open.join(' '), isKnown, codes: [...notices.counts().keys()] };
}

describe('opening outside working hours', () => {
  it.each([
    ['Mo-Fr 09:00-12:00,14:00-17:00', ''],
    ['Mo-Fr 09:00-12:00,14:00-17:30', ''],
    ['Mo-Fr 14:00-17:31', 'evening'],
    ['Th 18:00-20:00', 'evening'],
    ['Mo-Fr 09:00-12:01', 'lunch'],
    ['Mo-Fr 13:59-17:00', 'lunch'],
    ['We 12:00-14:00', 'lunch'],
    ['Sa 09:00-11:00', 'saturday'],
    ['Sa 09:00-12:30', 'lunch saturday'],
    ['Su 09:00-11:00', ''],
    ['Fr 22:00-02:00', 'evening saturday'],
    ['24/7', 'evening lunch saturday'],
    ['Mo 08:00-19:00; Sa 09:00-12:00', 'evening lunch saturday'],
    ['off', ''],
    ['Jul-Aug Mo-Fr 09:00-19:00; Sep-Jun Mo-Fr 09:00-12:00', ''],
    ['Mo-Fr 09:00-12:00 "sur rendez-vous"', ''],
    ['SH off; Mo-Fr 08:00-18:00', 'evening lunch'],
  ])('of "%s" is: %s', async (horaires, expected) => {
    expect(await slotsOf(horaires)).toEqual({ open: expected, isKnown: true, codes: [] });
  });

  it.each(['2026-10-05', '2026-10-10', '2026-10-11', undefined])(
    'reads the whole week of %s',
    async (date) => {
      expect((await slotsOf('Mo 18:00-19:00; Sa 09:00-10:00', date)).open).toBe('evening saturday');
    },
  );

  it('reads the week of the season studied', async () => {
    expect((await slotsOf('Jul-Aug Mo-Fr 09:00-19:00', '2026-07-14')).open).toBe('evening lunch');
    expect((await slotsOf('Jul-Aug Mo-Fr 09:00-19:00', '2026-10-06')).open).toBe('');
  });

  it('takes unknown and unreadable hours as not open then, and tells of the unreadable', async () => {
    expect(await slotsOf(undefined)).toEqual({ open: '', isKnown: false, codes: [] });
    const unread = await slotsOf('tous les matins sauf exception');
    expect(unread).toEqual({ open: '', isKnown: false, codes: ['outside-hours-not-understood'] });
  });
});
