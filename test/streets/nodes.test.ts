/** Nodes (signals) and turn restrictions; whom a barrier lets through is in the table of tag rules. */
import { describe, expect, it } from 'vitest';
import type { StreetMode } from '../../src/common/units.ts';
import { profileNode } from '../../src/streets/nodes.ts';
import {
  type RestrictionRule,
  restrictionApplies,
  type TurnName,
} from '../../src/streets/restriction-rules.ts';
import { isMinorArm, rankOf, STREET_CLASSES, streetClassOf } from '../../src/streets/street-classes.ts';
import type { NodeProfile } from '../../src/streets/way-profile.ts';

describe('traffic signals', () => {
  it.each<[tags: Record<string, string>, signals: NodeProfile['signals']]>([
    [{ highway: 'traffic_signals' }, 'both'],
    [{ highway: 'traffic_signals', 'traffic_signals:direction': 'forward' }, 'forward'],
    [{ highway: 'traffic_signals', 'traffic_signals:direction': 'backward' }, 'backward'],
    [{ highway: 'traffic_signals', 'traffic_signals:direction': 'both' }, 'both'],
    [{ highway: 'traffic_signals', direction: 'forward' }, 'forward'],
    [{ highway: 'traffic_signals', direction: 'N' }, 'both'],
    [{ highway: 'traffic_signals', crossing: 'traffic_signals' }, 'both'],
    [{ highway: 'traffic_signals', traffic_signals: 'signal' }, 'both'],
  ])('%j stop cars and bicycles: %s', (tags, signals) => {
    expect(profileNode(tags, 'car')).toEqual({ passage: 'yes', signals });
    expect(profileNode(tags, 'bike')).toEqual({ passage: 'yes', signals });
  });

  it.each<Record<string, string>>([
    { highway: 'traffic_signals', traffic_signals: 'blinker' },
    { highway: 'crossing', crossing: 'traffic_signals' },
    { highway: 'stop' },
    { highway: 'give_way' },
    { highway: 'crossing', crossing: 'zebra' },
    { barrier: 'cattle_grid' },
    {},
  ])('%j is nothing special', (tags) => {
    expect(profileNode(tags, 'car')).toBeUndefined();
  });

  it('do not split the streets of walkers', () => {
    expect(profileNode({ highway: 'traffic_signals' }, 'walk')).toBeUndefined();
  });

  it('may stand on a node that also bars the way', () => {
    expect(profileNode({ highway: 'traffic_signals', barrier: 'bollard' }, 'car')).toEqual({
      passage: 'no',
      signals: 'both',
    });
  });
});

describe('a turn restriction', () => {
  type Answer = RestrictionRule | undefined;
  const rule = (kind: 'no' | 'only', turn?: TurnName, several?: 'from' | 'to'): RestrictionRule => ({
    kind,
    turn,
    several,
  });
  const no = rule('no', 'left');

  it.each<[value: string, rule: Answer]>([
    ['no_left_turn', no],
    ['no_right_turn', rule('no', 'right')],
    ['no_straight_on', rule('no', 'straight')],
    ['no_u_turn', rule('no', 'u')],
    ['no_entry', rule('no', undefined, 'from')],
    ['no_exit', rule('no', undefined, 'to')],
    ['only_left_turn', rule('only', 'left')],
    ['only_right_turn', rule('only', 'right')],
    ['only_straight_on', rule('only', 'straight')],
    ['only_u_turn', rule('only', 'u')],
    ['no_turn', rule('no')],
    ['no_left_u_turn', rule('no', 'u')],
    ['only_exit', rule('only')],
    ['No Left Turn', no],
    ['no_left_turn;no_left_turn', no],
    ['no_left_turn;no_u_turn', rule('no')],
    ['no_left_turn;only_straight_on', undefined],
    ['no_right_turn_on_red', undefined],
    ['no_left_turn_on_red', undefined],
    ['no', undefined],
  ])('restriction=%s asks cars and bicycles for %j', (restriction, asked) => {
    expect(restrictionApplies({ restriction }, 'car')).toEqual(asked);
    expect(restrictionApplies({ restriction }, 'bike')).toEqual(asked);
    expect(restrictionApplies({ restriction }, 'walk')).toBeUndefined();
  });

  it.each<[tags: Record<string, string>, car: Answer, bike: Answer, walk: Answer]>([
    [{ restriction: 'no_left_turn' }, no, no, undefined],
    [{ restriction: 'none' }, undefined, undefined, undefined],
    [{ restriction: 'no_left_turn', except: 'bicycle' }, no, undefined, undefined],
    [{ restriction: 'no_left_turn', except: 'psv' }, no, no, undefined],
    [{ restriction: 'no_left_turn', except: 'psv;bicycle' }, no, undefined, undefined],
    [{ restriction: 'no_left_turn', except: 'motorcar; bicycle' }, undefined, undefined, undefined],
    [{ restriction: 'no_left_turn', except: 'motor_vehicle' }, undefined, no, undefined],
    [{ restriction: 'no_left_turn', except: 'vehicle' }, undefined, undefined, undefined],
    [{ 'restriction:motorcar': 'no_left_turn' }, no, undefined, undefined],
    [{ 'restriction:motor_vehicle': 'no_left_turn' }, no, undefined, undefined],
    [{ 'restriction:bicycle': 'no_left_turn' }, undefined, no, undefined],
    [{ 'restriction:foot': 'no_left_turn' }, undefined, undefined, no],
    [{ 'restriction:hgv': 'no_left_turn' }, undefined, undefined, undefined],
    [{ restriction: 'no_left_turn', 'restriction:bicycle': 'none' }, no, undefined, undefined],
    [{ restriction: 'no_left_turn', 'restriction:hgv': 'no_u_turn' }, no, no, undefined],
    [{ 'restriction:conditional': 'no_left_turn @ (07:00-09:00)' }, undefined, undefined, undefined],
    [{ restriction: 'no_left_turn', hour_on: '07:00', hour_off: '09:00' }, undefined, undefined, undefined],
    [{ type: 'restriction:bicycle', restriction: 'no_left_turn' }, undefined, no, undefined],
    [{ type: 'restriction:hgv', restriction: 'no_left_turn' }, undefined, undefined, undefined],
    [{ type: 'restriction', restriction: 'no_left_turn' }, no, no, undefined],
    [{}, undefined, undefined, undefined],
  ])('%j binds car %j, bike %j, walk %j', (tags, car, bike, walk) => {
    const answers = (['car', 'bike', 'walk'] satisfies StreetMode[]).map((mode) =>
      restrictionApplies(tags, mode),
    );
    expect(answers).toEqual([car, bike, walk]);
  });
});

describe('classes of streets', () => {
  it.each<[tags: Record<string, string>, streetClass: string | undefined]>([
    [{ highway: 'road' }, 'unclassified'],
    [{ highway: 'service', service: 'driveway' }, 'driveway'],
    [{ highway: 'service', service: 'parking_aisle' }, 'driveway'],
    [{ highway: 'service', service: 'alley' }, 'service'],
    [{ highway: 'bridleway' }, 'path'],
    [{ railway: 'platform' }, 'footway'],
    [{ man_made: 'pier' }, 'footway'],
    [{ route: 'ferry', highway: 'service' }, 'ferry'],
    [{ route: 'shuttle_train' }, 'shuttle_train'],
    [{ route: 'train', service: 'car_shuttle' }, 'shuttle_train'],
    [{ railway: 'rail', motor_vehicle: 'yes' }, 'shuttle_train'],
    [{ railway: 'rail' }, undefined],
    [{ highway: 'construction' }, undefined],
    [{ building: 'yes' }, undefined],
  ])('%j is of class %s', (tags, streetClass) => {
    expect(streetClassOf(tags)).toBe(streetClass);
  });

  it('rank from the motorway down, links below the roads that they join', () => {
    const roads = [
      'motorway',
      'trunk',
      'primary',
      'secondary',
      'tertiary',
      'residential',
      'service',
    ] as const;
    const ranks = roads.map(rankOf);
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(new Set(ranks).size).toBe(roads.length);
    for (const link of STREET_CLASSES.filter((c) => c.endsWith('_link'))) {
      expect(rankOf(link), link).toBeGreaterThan(rankOf('tertiary'));
    }
  });

  it('count as arms of a junction from living streets up', () => {
    expect(STREET_CLASSES.filter(isMinorArm)).toEqual([
      'service',
      'driveway',
      'track',
      'pedestrian',
      'cycleway',
      'footway',
      'path',
      'steps',
    ]);
  });
});
