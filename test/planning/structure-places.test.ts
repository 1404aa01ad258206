import { describe, expect, it } from 'vitest';
import { placeInCommunes, type Territory } from '../../src/planning/structure-places.ts';
import type { Structure } from '../../src/read/records.ts';
import { makeCommune, makeStructure } from './made-up-structures.ts';

/**
 *   lon   4.0        4.5        5.0
 *          |  01004   |  71014   |     east of 5.0: another département
 */
const TERRITORY: Territory = {
  communes: [makeCommune('01004'), makeCommune('71014')],
  currentCodeOf: new Map([['71999', '71014']]),
  findContaining: (lon) => (lon < 4 || lon >= 5 ? -1 : lon < 4.5 ? 0 : 1),
};
const WITHOUT_POLYGONS: Territory = { ...TERRITORY, findContaining: undefined };

function placeOne(says: Partial<Structure>, territory: Territory): string {
  const { inside, outsideCount } = placeInCommunes([makeStructure(says)], territory);
  if (outsideCount === 1) return 'outside';
  return inside[0]!.commune?.code ?? 'unplaced';
}

describe('the commune of a structure', () => {
  it.each<[string, Partial<Structure>, string]>([
    ['is that of its code', { codeInsee: '71014', lon: 4.1 }, '71014'],
    ['is found without the zero that a spreadsheet ate', { codeInsee: '1004', lon: 9 }, '01004'],
    ['is found by a former code', { codeInsee: '71999', lon: 9 }, '71014'],
    ['is that of its position without a code', { lon: 4.7 }, '71014'],
    ['is that of its position where the code is of elsewhere', { codeInsee: '21001', lon: 4.1 }, '01004'],
    ['lies outside where neither is in the territory', { codeInsee: '21001', lon: 5.2 }, 'outside'],
    ['lies outside by its position alone', { lon: 5.2 }, 'outside'],
  ])('%s', (_, says, expected) => {
    expect(placeOne(says, TERRITORY)).toBe(expected);
  });

  it.each<[string, Partial<Structure>, string]>([
    ['is that of its code', { codeInsee: '71014' }, '71014'],
    ['lies outside by its code', { codeInsee: '21001' }, 'outside'],
    ['is not known without a code', {}, 'unplaced'],
  ])('without polygons: %s', (_, says, expected) => {
    expect(placeOne(says, WITHOUT_POLYGONS)).toBe(expected);
  });

  it('is nothing to ask where no commune is known: all count, and none is missing', () => {
    const places = placeInCommunes([makeStructure(), makeStructure({ codeInsee: '21001' })], {
      communes: [],
      currentCodeOf: new Map(),
    });
    expect(places).toMatchObject({ outsideCount: 0, unplacedCount: 0 });
    expect(places.inside.map(({ commune }) => commune)).toEqual([undefined, undefined]);
  });

  it('counts those outside and those that cannot be placed', () => {
    const structures = [makeStructure(), makeStructure({ codeInsee: '21001' }), makeStructure()];
    expect(placeInCommunes(structures, WITHOUT_POLYGONS)).toMatchObject({
      outsideCount: 1,
      unplacedCount: 2,
    });
  });

  it('is asked of an itinerant structure once, not of its stops', () => {
    const bus = makeStructure({ format: 'bus', codeInsee: '71014' });
    const stops = [1, 2].map((number) => ({
      ...bus,
      id: `${bus.id}/${number}`,
      codeInsee: '01004',
      stop: { of: bus.id, opens: true },
    }));
    const { inside } = placeInCommunes([bus, ...stops], TERRITORY);
    expect(inside.map(({ structure, commune }) => [structure.id, commune?.code])).toEqual([
      [bus.id, '71014'],
    ]);
  });
});
