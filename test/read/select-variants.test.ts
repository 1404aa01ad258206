import { describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { countReception } from '../../src/read/reception.ts';
import type { Structure } from '../../src/read/records.ts';
import { selectStructures } from '../../src/read/select-structures.ts';
import { selectVariants } from '../../src/read/select-variants.ts';
import { VARIANTS, type Variant } from '../../src/study/variant-keys.ts';
import { drawnStructure } from './drawn-structure.ts';

const SELECTION = {
  engagedOnly: true,
  cercles: [1] as const,
  formats: ['fixe', 'multisite', 'antenne', 'itinerant'],
  types: [],
  openInWeekOnly: true,
};

/** Commune code -> inhabitants. */
const COMMUNES: Record<string, number | undefined> = {
  small: 400,
  big: 5000,
  edge: 1500,
  unknown: undefined,
};

/** Ids by variant, or undefined where it is not told; and how many lists do not say. */
async function select(
  changes: ReadonlyArray<Partial<Structure>>,
  variants: readonly Variant[] = VARIANTS,
  day: string | null = '2026-10-06',
) {
  const date = day ?? undefined;
  const structures = changes.map((change) => drawnStructure(change));
  const study = {
    selection: SELECTION,
    crossBorder: true,
    thresholdMinutes: 30,
    variants,
    relayPopulationBelow: 1500,
  };
  const notices = new NoticeList();
  const { selected } = selectStructures(structures, study, { date }, new NoticeList());
  const found = await selectVariants(
    structures,
    selected,
    study,
    {
      date,
      communeOf: ({ codeInsee }) =>
        codeInsee === undefined ? undefined : { code: codeInsee, population: COMMUNES[codeInsee] },
    },
    notices,
  );
  const idsOf = new Map(
    found.selections.map(({ key, structures: positions, isTold }) => [
      key,
      isTold ? positions.map((at) => found.structures[at]!.id).join(' ') : undefined,
    ]),
  );
  const unknownOf = new Map(found.selections.map(({ key, unknownCount }) => [key, unknownCount]));
  return { idsOf, unknownOf, found, notices, selected };
}

describe('the structures of a variant', () => {
  it.each<[Variant, Array<Partial<Structure>>, string, number]>([
    ['engaged', [{ id: 'a' }, { id: 'b', engagee: false }], 'a', 0],
    [
      'potential',
      [
        { id: 'a', engageeStated: false },
        { id: 'b', engagee: false },
      ],
      'a b',
      1,
    ],
    ['potential', [{ id: 'a' }, { id: 'later', dateEngagement: '2027-01-01' }], 'a later', 0],
    [
      'circle_1',
      [
        { id: 'a', cercleStated: false },
        { id: 'b', cercle: 2 },
      ],
      'a',
      1,
    ],
    ['circle_2', [{ id: 'a' }, { id: 'b', cercle: 2 }], 'b', 0],
    ['circle_2', [{ id: 'a' }], '', 0],
    ['circles_1_2', [{ id: 'a' }, { id: 'b', cercle: 2 }, { id: 'c', cercle: 2, engagee: false }], 'a b', 0],
    [
      'with_itinerant',
      [
        { id: 'a' },
        { id: 'garage', format: 'bus' },
        { id: 'stop', format: 'bus', horaires: 'Tu 09:00-12:00', stop: { of: 'garage', opens: true } },
      ],
      'a stop',
      0,
    ],
    ['with_itinerant', [{ id: 'a' }, { id: 'garage', format: 'bus' }], 'a', 0],
    [
      'without_itinerant',
      [{ id: 'a' }, { id: 'r', format: 'itinerant', horaires: 'Mo 09:00-12:00' }],
      'a',
      0,
    ],
    [
      'open_that_day',
      [{ id: 'a', horaires: 'Tu 09:00-12:00' }, { id: 'b' }, { id: 'c', horaires: 'We 09:00-12:00' }],
      'a b',
      1,
    ],
    [
      'outside_working_hours',
      [{ id: 'a', horaires: 'Sa 09:00-12:00' }, { id: 'b' }, { id: 'c', horaires: 'We 09:00-12:00' }],
      'a',
      1,
    ],
    ['with_appointment', [{ id: 'a', avecRdv: true }, { id: 'b' }, { id: 'c', avecRdv: false }], 'a b', 1],
    ['without_appointment', [{ id: 'a', sansRdv: false }, { id: 'b' }], 'b', 1],
  ])('%s of %j are "%s"', async (variant, structures, ids, unknownCount) => {
    const { idsOf, unknownOf } = await select(structures, [variant]);
    expect(idsOf.get(variant as never)).toBe(ids);
    expect(unknownOf.get(variant as never)).toBe(unknownCount);
  });

  it('takes as relays the town halls of small communes in which nothing counts', async () => {
    const hall = (id: string, codeInsee: string | undefined) =>
      ({ id, codeInsee, type: 'mairie', cercle: 2, engagee: false }) as const;
    const { idsOf, unknownOf } = await select(
      [
        { id: 'ccas', codeInsee: 'served' },
        hall('small', 'small'),
        hall('big', 'big'),
        hall('edge', 'edge'),
        hall('unknown', 'unknown'),
        hall('nowhere', undefined),
        hall('served', 'served'),
      ],
      ['town_hall_relays'],
    );
    expect(idsOf.get('town_hall_relays')).toBe('ccas small');
    // Inhabitants of "unknown", "served" and of no commune at all are not known.
    expect(unknownOf.get('town_hall_relays')).toBe(3);
  });

  it.each<[Variant, Array<Partial<Structure>>, string | null]>([
    ['open_that_day', [{ id: 'a' }], '2026-10-06'],
    ['open_that_day', [{ id: 'a', horaires: 'Tu 09:00-12:00' }], null],
    ['outside_working_hours', [{ id: 'a' }, { id: 'b', horaires: 'sur demande uniquement' }], '2026-10-06'],
    ['with_appointment', [{ id: 'a' }], '2026-10-06'],
    ['without_appointment', [{ id: 'a' }], '2026-10-06'],
    ['town_hall_relays', [{ id: 'a' }], '2026-10-06'],
  ])('%s of %j on %s is not told, with a notice', async (variant, structures, date) => {
    const { idsOf, notices } = await select(structures, [variant], date);
    expect(idsOf.get(variant as never)).toBeUndefined();
    expect(notices.counts().get('variant-not-told')).toBe(1);
  });

  it('are listed once, those of the headline first and in their order', async () => {
    const { found, selected } = await select([
      { id: 'b', engagee: false },
      { id: 'c', cercle: 2 },
      { id: 'a' },
      { id: 'd' },
    ]);
    expect(found.structures.map(({ id }) => id)).toEqual(['a', 'd', 'b', 'c']);
    expect(found.structures.slice(0, selected.length)).toEqual(selected);
  });
});

describe('the ways of reception', () => {
  it('are counted by what the lists say', () => {
    const reception = countReception(
      [
        drawnStructure({ avecRdv: true, telephone: true }),
        drawnStructure({ avecRdv: false, sansRdv: true, numerique: false }),
        drawnStructure(),
      ],
      undefined,
    );
    expect(reception).toEqual({
      structureCount: 3,
      withAppointment: { yes: 1, no: 1, unknown: 1 },
      withoutAppointment: { yes: 1, no: 0, unknown: 2 },
      telephone: { yes: 1, no: 0, unknown: 2 },
      digital: { yes: 0, no: 1, unknown: 2 },
      outsideHours: undefined,
    });
  });
});
