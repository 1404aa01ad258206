/** Delays at the heads of edges: 1 s at a junction, 3 s where a higher class meets or at a roundabout, 4 s at signals. */
import { describe, expect, it } from 'vitest';
import type { StreetMode } from '../../src/common/units.ts';
import { drawStreets, ROUND_SPEEDS } from '../scenes/drawn-streets.ts';
import { secondsBetween } from '../scenes/trip-times.ts';

/** 100 m at 36 km/h. */
const STREET = 10;
const { junctionSeconds, higherClassSeconds, roundaboutSeconds, signalsSeconds } = ROUND_SPEEDS.delays;

//   a---b---c
//       |
//       d
function delayAtTee(
  ways: { abc: string; bd: string },
  nodes: Record<string, string>,
  from: string,
  to: string,
  mode: StreetMode = 'car',
): number {
  const streets = drawStreets({
    map: `
      a---b---c
          |
          d`,
    ways,
    nodes,
  });
  return secondsBetween(streets, streets.network(mode, ROUND_SPEEDS), from, to)! - STREET;
}

const SIGNALS = { b: 'highway=traffic_signals' };

describe('delays at the head of an edge', () => {
  it.each([
    ['streets of one class meet', '', '', 'ab', 'bc', junctionSeconds],
    ['streets of one class meet, turning', '', '', 'bd', 'bc', junctionSeconds],
    ['one drives on along the higher class', 'highway=primary', '', 'ab', 'bc', junctionSeconds],
    ['one comes out onto a higher class', 'highway=primary', '', 'bd', 'bc', higherClassSeconds],
    ['one leaves the higher class', 'highway=primary', '', 'ab', 'bd', junctionSeconds],
    ['the third arm is a service road', '', 'highway=service', 'ab', 'bc', 0],
    ['the third arm is a footway', '', 'highway=footway', 'ab', 'bc', 0],
    ['one comes out of a service road', '', 'highway=service', 'bd', 'bc', 0],
    ['the third arm is a one-way street', '', 'oneway=yes', 'ab', 'bc', junctionSeconds],
  ])('where %s', (_, abc, bd, from, to, seconds) => {
    expect(delayAtTee({ abc, bd }, {}, from, to)).toBe(seconds);
  });

  it('stand for signals instead of the junction, not on top', () => {
    expect(delayAtTee({ abc: '', bd: '' }, SIGNALS, 'ab', 'bc')).toBe(signalsSeconds);
    expect(delayAtTee({ abc: 'highway=primary', bd: '' }, SIGNALS, 'bd', 'bc')).toBe(signalsSeconds);
  });

  it.each([
    ['bike', {}, ROUND_SPEEDS.bike.junctionSeconds],
    ['bike', SIGNALS, ROUND_SPEEDS.bike.signalsSeconds],
  ] as const)('are the bicycle’s own: %s %o', (mode, nodes, seconds) => {
    expect(delayAtTee({ abc: 'highway=primary', bd: '' }, nodes, 'bd', 'bc', mode)).toBe(seconds);
  });

  it('spare walkers', () => {
    const walked = 2 * STREET;
    expect(delayAtTee({ abc: '', bd: '' }, SIGNALS, 'ab', 'bc', 'walk')).toBe(walked - STREET);
  });

  it('are not charged to a trip that ends before the junction, and whole to one that starts right before it', () => {
    const streets = drawStreets({
      map: `
        a---x---b---c
                |
                d`,
      ways: { axbc: '', bd: '' },
    });
    const network = streets.network('car', ROUND_SPEEDS);
    expect(secondsBetween(streets, network, 'ax', 'xb')).toBe(STREET);
    expect(secondsBetween(streets, network, 'xbbb', 'bc')).toBe(STREET / 4 + junctionSeconds + STREET / 2);
  });

  //   z---a-s-b---c    s: a stop line 50 m before b
  //       |   |
  //       e   d
  const stopLine = (s: string, b = '') =>
    drawStreets({
      map: `
        z---a-s-b---c
            |   |
            e   d`,
      ways: { zasbc: '', ae: '', bd: '' },
      nodes: { s, ...(b === '' ? {} : { b }) },
    });

  it('count the signals of one edge once', () => {
    const streets = stopLine('highway=traffic_signals', 'highway=traffic_signals');
    const network = streets.network('car', ROUND_SPEEDS);
    expect(secondsBetween(streets, network, 'as', 'bc')).toBe(7.5 + signalsSeconds + STREET / 2);
  });

  it.each([
    ['highway=traffic_signals', signalsSeconds, signalsSeconds],
    ['highway=traffic_signals traffic_signals:direction=forward', signalsSeconds, junctionSeconds],
    ['highway=traffic_signals traffic_signals:direction=backward', junctionSeconds, signalsSeconds],
    ['highway=traffic_signals direction=backward', junctionSeconds, signalsSeconds],
  ])('count signals in their direction: %s', (s, forward, backward) => {
    const streets = stopLine(s);
    const network = streets.network('car', ROUND_SPEEDS);
    // The edge from a to b has the signals; the far junction of the trip is an ordinary one.
    expect(secondsBetween(streets, network, 'za', 'bc')).toBe(2 * STREET + junctionSeconds + forward);
    expect(secondsBetween(streets, network, 'bc', 'za')).toBe(2 * STREET + junctionSeconds + backward);
  });

  it('charge who enters a roundabout, not who drives on it', () => {
    const streets = drawStreets({
      map: `
        a---b---c---f
            |   |
            e---d`,
      ways: { ab: '', bedcb: 'junction=roundabout', cf: '' },
    });
    const network = streets.network('car', ROUND_SPEEDS);
    expect(secondsBetween(streets, network, 'ab', 'be')).toBe(STREET + roundaboutSeconds);
    expect(secondsBetween(streets, network, 'be', 'cf')).toBe(3 * STREET);
    expect(secondsBetween(streets, network, 'ab', 'cf')).toBe(4 * STREET + roundaboutSeconds);
    expect(secondsBetween(streets, network, 'cf', 'ab')).toBe(2 * STREET + roundaboutSeconds);
  });
});
