import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildFollowUp,
  type FollowUp,
  type FollowUpArea,
  type FollowUpInput,
  findEngagedSince,
  findLastDay,
} from '../../src/planning/follow-up.ts';
import type { Structure } from '../../src/read/records.ts';
import { makeCommune, makeStructure } from './made-up-structures.ts';

const NORD = { epci: '200000001', territoire: 'Nord' };
const SUD = { epci: '200000002', territoire: 'Sud' };
/** Two communes in each territoire, one in none. */
const COMMUNES = [
  makeCommune('71001', NORD),
  makeCommune('71002', NORD),
  makeCommune('71003', SUD),
  makeCommune('71004', SUD),
  makeCommune('71005'),
];
const EPCIS = [
  { code: '200000001', nom: 'CC du Nord' },
  { code: '200000002', nom: 'CC du Sud' },
  { code: '200000003', nom: 'CC d’ailleurs' },
];

function follow(structures: readonly Structure[], changes: Partial<FollowUpInput> = {}): FollowUp {
  return buildFollowUp({
    structures,
    communes: COMMUNES,
    epcis: EPCIS,
    currentCodeOf: new Map(),
    date: '2026-10-06',
    cercles: [1],
    ...changes,
  });
}

const nameOf = ({ level, nom }: FollowUpArea): string => (level === 'whole' ? 'whole' : `${level} ${nom}`);

describe('the follow-up', () => {
  it('counts a structure from the day of its engagement on', () => {
    const { areas, engagedLaterCount } = follow([
      makeStructure({ codeInsee: '71001', dateEngagement: '2026-10-06' }),
      makeStructure({ codeInsee: '71001', dateEngagement: '2026-10-07' }),
    ]);
    expect(findLastDay(areas[0]!).engaged).toBe(1);
    expect(engagedLaterCount).toBe(1);
  });

  it('gives every territoire and EPCI of the communes, the structures of none apart', () => {
    const { areas } = follow([
      makeStructure({ codeInsee: '71001' }),
      makeStructure({ codeInsee: '71002' }),
      makeStructure({ codeInsee: '71005' }),
    ]);
    expect(areas.map((area) => [nameOf(area), findLastDay(area).engaged])).toEqual([
      ['whole', 3],
      ['territoire Nord', 2],
      ['territoire Sud', 0],
      ['territoire ', 1],
      ['epci CC du Nord', 2],
      ['epci CC du Sud', 0],
      ['epci ', 1],
    ]);
  });

  it('is cumulative at the end of each past year; who has no date counts on the study’s day alone', () => {
    const { areas } = follow([
      makeStructure({ codeInsee: '71001', dateEngagement: '2022-12-31' }),
      makeStructure({ codeInsee: '71001', dateEngagement: '2024-01-01' }),
      makeStructure({ codeInsee: '71001', dateEngagement: '2026-01-01' }),
      makeStructure({ codeInsee: '71001' }),
    ]);
    expect(areas[0]!.days.map(({ date, engaged, undated }) => [date, engaged, undated])).toEqual([
      ['2022-12-31', 1, 0],
      ['2023-12-31', 1, 0],
      ['2024-12-31', 2, 0],
      ['2025-12-31', 2, 0],
      ['2026-10-06', 4, 1],
    ]);
  });

  it('counts the charters signed by each day, and the lists that give none', () => {
    const { areas } = follow([
      makeStructure({ codeInsee: '71001', dateEngagement: '2023-01-01', dateCharte: '2024-05-01' }),
      makeStructure({ codeInsee: '71001', dateEngagement: '2023-01-01', dateCharte: '2027-05-01' }),
      makeStructure({ codeInsee: '71001', dateEngagement: '2023-01-01' }),
    ]);
    const signed = areas[0]!.days.map(({ date, charterSigned }) => [date, charterSigned]);
    expect(signed).toEqual([
      ['2023-12-31', 0],
      ['2024-12-31', 1],
      ['2025-12-31', 1],
      ['2026-10-06', 1],
    ]);
    expect(findLastDay(areas[0]!).charterUnstated).toBe(1);
  });

  it('dates an engagement by the charter where the list gives no other day', () => {
    const dated = makeStructure({ dateCharte: '2022-12-13' });
    expect(findEngagedSince(dated, '2026-10-06')).toBe('2022-12-13');
    expect(findEngagedSince(dated, '2022-12-12')).toBeUndefined();
    expect(findEngagedSince({ ...dated, dateEngagement: '2021-01-01' }, '2026-10-06')).toBe('2021-01-01');
  });

  it('tells the nature, most structures first', () => {
    const { areas } = follow([
      makeStructure({ type: 'maisons-des-solidarites', codeInsee: '71001' }),
      makeStructure({ type: 'france-service', codeInsee: '71001', format: 'bus' }),
      makeStructure({ type: 'france-service', codeInsee: '71003' }),
      makeStructure({ type: 'ccas-cias', codeInsee: '71003', engagee: false }),
    ]);
    expect(areas[0]!.types.map(({ type, engaged, itinerant }) => [type, engaged, itinerant])).toEqual([
      ['france-service', 2, 1],
      ['maisons-des-solidarites', 1, 0],
    ]);
  });

  it('tells yes from no and from what a list does not say', () => {
    const { areas } = follow([
      makeStructure({ codeInsee: '71001', polyvalent: true, satisfaction: true, audit: false }),
      makeStructure({ codeInsee: '71001', polyvalent: false, satisfaction: true }),
      makeStructure({ codeInsee: '71001', polyvalent: true }),
    ]);
    expect(findLastDay(areas[0]!)).toMatchObject({
      polyvalent: { yes: 2, no: 1, unstated: 0 },
      satisfaction: { yes: 2, no: 0, unstated: 1 },
      audit: { yes: 0, no: 1, unstated: 2 },
    });
  });

  it('says what it leaves out: other circles, not engaged, outside', () => {
    const structures = [
      makeStructure({ codeInsee: '71001' }),
      makeStructure({ codeInsee: '71001', cercle: 2 }),
      makeStructure({ codeInsee: '71001', engagee: false }),
      makeStructure({ codeInsee: '21001' }),
      makeStructure(),
    ];
    expect(follow(structures)).toMatchObject({
      notEngagedCount: 1,
      otherCircleCount: 1,
      outsideCount: 1,
      unplacedCount: 1,
    });
    expect(findLastDay(follow(structures, { cercles: [1, 2] }).areas[0]!).engaged).toBe(3);
  });

  it('needs neither communes nor a date', () => {
    const { areas } = follow([makeStructure({ dateEngagement: '2024-03-01' }), makeStructure()], {
      communes: [],
      date: undefined,
    });
    expect(areas.map(({ level }) => level)).toEqual(['whole']);
    expect(areas[0]!.days.map(({ date, engaged }) => [date, engaged])).toEqual([
      ['2024-12-31', 1],
      [undefined, 2],
    ]);
  });

  it('shows the last years where a list goes far back, and loses nobody', () => {
    const { areas } = follow([
      makeStructure({ codeInsee: '71001', dateEngagement: '1986-01-01' }),
      makeStructure({ codeInsee: '71001', dateEngagement: '2025-01-01' }),
    ]);
    const { days } = areas[0]!;
    expect(days.length).toBe(13);
    expect(days[0]).toMatchObject({ date: '2014-12-31', engaged: 1 });
  });

  it('adds up at every level, and never falls from year to year', () => {
    const day = fc.constantFrom(undefined, '2021-05-01', '2023-01-01', '2024-12-31', '2027-01-01');
    const answer = fc.constantFrom(undefined, true, false);
    const structure = fc
      .record({
        codeInsee: fc.constantFrom('71001', '71002', '71003', '71004', '71005', '21001'),
        type: fc.constantFrom('ccas-cias', 'france-service', 'departements'),
        cercle: fc.constantFrom<1 | 2>(1, 2),
        engagee: fc.boolean(),
        dateEngagement: day,
        dateCharte: day,
        polyvalent: answer,
      })
      .map((says) => makeStructure(says));
    fc.assert(
      fc.property(fc.array(structure, { maxLength: 30 }), (structures) => {
        const { areas } = follow(structures);
        const whole = areas[0]!;
        for (const level of ['territoire', 'epci'] as const) {
          whole.days.forEach((onDay, i) => {
            const parts = areas.filter((area) => area.level === level).map(({ days }) => days[i]!);
            expect(parts.reduce((sum, part) => sum + part.engaged, 0)).toBe(onDay.engaged);
            expect(parts.reduce((sum, part) => sum + part.polyvalent.yes, 0)).toBe(onDay.polyvalent.yes);
          });
        }
        for (const { days, types } of areas) {
          const last = days[days.length - 1]!;
          expect(types.reduce((sum, { engaged }) => sum + engaged, 0)).toBe(last.engaged);
          days.slice(1).forEach((next, i) => {
            expect(next.engaged).toBeGreaterThanOrEqual(days[i]!.engaged);
            expect(next.charterSigned).toBeGreaterThanOrEqual(days[i]!.charterSigned);
          });
          const { yes, no, unstated } = last.polyvalent;
          expect(yes + no + unstated).toBe(last.engaged);
        }
      }),
      { numRuns: 200, seed: 5 },
    );
  });
});
