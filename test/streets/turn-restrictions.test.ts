/** Turn restrictions, drawn: what is forbidden, what is not, and what they cut off. */
import { describe, expect, it } from 'vitest';
import { buildStreetNetwork } from '../../src/streets/build-network.ts';
import { findUsefulEdges, TAKES_ARRIVALS, TAKES_DEPARTURES } from '../../src/streets/useful-edges.ts';
import { drawStreets, NO_DELAYS } from '../scenes/drawn-streets.ts';
import { secondsBetween } from '../scenes/trip-times.ts';

/** 100 m at 36 km/h. */
const STREET = 10;

//       d
//       |
//   a---b---c      the way round from ab to bd: on to c, round the block, or back from c
//       |   |
//       e---f
function crossing(restriction: string, ends = true) {
  return drawStreets({
    map: `
          d
          |
      a---b---c
          |   |
          e---f`,
    ways: { ab: '', bc: '', bd: '', be: '', ...(ends ? { cf: '', fe: '' } : {}) },
    restrictions: restriction === '' ? [] : [restriction],
  });
}

describe('a turn restriction', () => {
  it.each([
    ['', 'car', STREET],
    // To c, f, e and back to b: turning back at c is no way round the sign.
    ['restriction=no_left_turn from=ab via=b to=bd', 'car', 5 * STREET],
    ['restriction=no_left_turn from=ab via=b to=bd', 'bike', 5 * STREET],
    ['restriction=no_left_turn from=ab via=b to=bd', 'walk', 2 * STREET],
    ['restriction=no_left_turn from=ab via=b to=bd except=bicycle', 'bike', STREET],
    ['restriction=no_left_turn from=ab via=b to=bd except=bicycle', 'car', 5 * STREET],
    ['restriction:bicycle=no_left_turn from=ab via=b to=bd', 'car', STREET],
    ['restriction:bicycle=no_left_turn from=ab via=b to=bd', 'bike', 5 * STREET],
    ['restriction:conditional=no_left_turn@(Mo-Fr) from=ab via=b to=bd', 'car', STREET],
    ['restriction=only_straight_on from=ab via=b to=bc', 'car', 5 * STREET],
    ['restriction=only_left_turn from=ab via=b to=bd', 'car', STREET],
    ['restriction=only_right_turn from=ab via=b to=be', 'car', 5 * STREET],
    // For others than those who come from ab nothing changes.
    ['restriction=no_left_turn from=bc via=b to=bd', 'car', STREET],
  ] as const)('"%s" by %s from ab to bd', (restriction, mode, seconds) => {
    const streets = crossing(restriction);
    expect(secondsBetween(streets, streets.network(mode), 'ab', 'bd')).toBe(seconds);
  });

  it('lets turn back at a dead end', () => {
    // Without cf and fe, c and e are dead ends: there one may turn.
    const streets = crossing('restriction=no_left_turn from=ab via=b to=bd', false);
    expect(secondsBetween(streets, streets.network('car'), 'ab', 'bd')).toBe(3 * STREET);
  });

  it('lets nobody turn back halfway to the next junction because the limit changes there', () => {
    //       d
    //       |
    //   a---b-x-c---g    x: another limit, no junction
    //       |   |
    //       e---f
    const streets = drawStreets({
      map: `
            d
            |
        a---b-x-c---g
            |   |
            e---f`,
      ways: { ab: '', bx: '', xc: 'maxspeed=18', cg: '', bd: '', be: '', cf: '', fe: '' },
      restrictions: ['restriction=no_left_turn from=ab via=b to=bd'],
    });
    // b to e, f, c, then west through x to b: 4 streets, of which 50 m at half the speed.
    const around = STREET / 2 + 3 * STREET + (STREET + STREET / 2) + STREET / 2;
    // Or on to c, f, e and north to b: the same streets the other way round.
    expect(secondsBetween(streets, streets.network('car'), 'ab', 'bd')).toBe(around);
  });

  it('applies to the trip that starts on its first street, and not to one that starts after it', () => {
    const streets = crossing('restriction=no_left_turn from=ab via=b to=bd');
    const network = streets.network('car');
    expect(secondsBetween(streets, network, 'abbb', 'bd')).toBe(5 * STREET - STREET / 4);
    expect(secondsBetween(streets, network, 'be', 'bd')).toBe(STREET);
  });

  //   a---b---c---g     a dual carriageway: no U-turn from ab over bd to de
  //       |   |
  //   e---d---f---h
  const viaWay = (restriction: string) =>
    drawStreets({
      map: `
        a---b---c---g
            |   |
        e---d---f---h`,
      ways: {
        ab: 'oneway=yes',
        bc: 'oneway=yes',
        cg: '',
        bd: '',
        cf: '',
        hf: '',
        fd: 'oneway=yes',
        de: 'oneway=yes',
      },
      restrictions: [restriction],
    });

  it.each([
    ['restriction=no_u_turn from=ab via=bd to=de', 'ab', 'de', 5 * STREET - STREET],
    ['restriction=no_u_turn from=ab via=bd to=de except=motorcar', 'ab', 'de', 2 * STREET],
    ['restriction=no_u_turn from=ab via=bd to=de', 'bd', 'de', STREET],
  ])('over a way: "%s" from %s to %s', (restriction, from, to, seconds) => {
    const streets = viaWay(restriction);
    expect(secondsBetween(streets, streets.network('car'), from, to)).toBe(seconds);
  });

  it('that only lets drive on over a way takes the rest', () => {
    // Whoever comes over cf from bc must go on to h.
    const streets = viaWay('restriction=only_left_turn from=bc via=cf to=hf');
    const network = streets.network('car');
    expect(secondsBetween(streets, network, 'bc', 'hf')).toBe(2 * STREET);
    // To fd: turn at the dead end of g or h first.
    expect(secondsBetween(streets, network, 'bc', 'fd')).toBe(4 * STREET);
    expect(secondsBetween(streets, network, 'cg', 'fd')).toBe(2 * STREET);
  });

  it('cuts off what it alone leads to: linked by who leaves, not by who arrives', () => {
    //   a---b---c
    //       |
    //       d      nobody may turn into bd
    const streets = drawStreets({
      map: `
        a---b---c
            |
            d`,
      ways: { ab: '', bc: '', bd: '' },
      restrictions: [
        'restriction=no_right_turn from=ab via=b to=bd',
        'restriction=no_left_turn from=bc via=b to=bd',
      ],
    });
    const network = streets.network('car');
    expect(secondsBetween(streets, network, 'ab', 'bd')).toBeUndefined();
    expect(secondsBetween(streets, network, 'bd', 'ab')).toBe(STREET);
    const useful = findUsefulEdges(network, network.sizeOfComponent[0]!, new Set());
    const bd = network.wayIdOfEdge.indexOf(streets.idOfWay('bd'));
    expect(useful[bd]).toBe(TAKES_DEPARTURES);
    const ab = network.wayIdOfEdge.indexOf(streets.idOfWay('ab'));
    expect(useful[ab]).toBe(TAKES_DEPARTURES | TAKES_ARRIVALS);
  });

  it.each([
    ['restriction=no_straight_on from=abc via=b to=abc', 'which arm is meant is open'],
    ['restriction=no_straight_on from=abc via=b to=bd', 'which arm is meant is open'],
    ['restriction=no_turn from=abc via=b to=bd', 'which arm is meant is open'],
    ['restriction=only_straight_on from=abc via=b to=abc', 'which arm is meant is open'],
    ['restriction=no_left_turn from=bd via=d to=abc', 'does not leave'],
  ])('that cannot be understood changes nothing and is a notice: "%s"', (restriction, reason) => {
    const streets = drawStreets({
      map: `
        a---b---c
            |
            d`,
      ways: { abc: '', bd: '' },
      restrictions: [restriction],
    });
    const { network, notices } = buildStreetNetwork(streets.osm, 'car', NO_DELAYS);
    expect(notices.map(({ code }) => code)).toEqual(['restriction-unresolved']);
    expect(notices[0]!.message).toContain(reason);
    for (const [from, to] of [
      ['ab', 'bc'],
      ['ab', 'bd'],
      ['bd', 'ab'],
    ] as const)
      expect(secondsBetween(streets, network, from, to)).toBe(STREET);
  });

  //       d
  //       |
  //   a---b---c      abc: one way that nobody has split at b
  //       |   |
  //       e---f
  const unsplit = (restriction: string) =>
    drawStreets({
      map: `
            d
            |
        a---b---c
            |   |
            e---f`,
      ways: { abc: '', bd: '', be: '', cf: '', fe: '' },
      restrictions: [restriction],
    });

  it.each([
    // From the west the turn to the north is the left one, from the east the right one.
    ['no_left_turn', 'ab', 'bd', 5 * STREET],
    ['no_left_turn', 'bc', 'bd', STREET],
    ['no_right_turn', 'ab', 'bd', STREET],
    // On to the dead end a, and back.
    ['no_right_turn', 'bc', 'bd', 3 * STREET],
    ['only_left_turn', 'ab', 'bd', STREET],
    ['only_left_turn', 'ab', 'bc', 3 * STREET],
    ['only_left_turn', 'bc', 'bd', STREET],
  ])(
    'of a way that runs through its node is told by its name: %s from %s to %s',
    (value, from, to, seconds) => {
      const streets = unsplit(`restriction=${value} from=abc via=b to=bd`);
      expect(secondsBetween(streets, streets.network('car'), from, to)).toBe(seconds);
    },
  );

  it.each([
    // Whatever is forbidden or ordered, under whatever name.
    ['restriction=no_turn', 5 * STREET],
    ['restriction=no_trucks_turning', 5 * STREET],
    ['restriction=No_Left_Turn', 5 * STREET],
    ['restriction=no_left_turn;no_u_turn', 5 * STREET],
    ['restriction=no_entry', 5 * STREET],
    ['restriction=no_exit', 5 * STREET],
    ['restriction=only_there', STREET],
    // Binding while a light is red, or nothing known.
    ['restriction=no_left_turn_on_red', STREET],
    ['restriction=none', STREET],
    ['restriction=yes', STREET],
    ['restriction=no_left_turn;only_straight_on', STREET],
  ])('of any value: "%s" from ab to bd', (value, seconds) => {
    const streets = crossing(`${value} from=ab via=b to=bd`);
    expect(secondsBetween(streets, streets.network('car'), 'ab', 'bd')).toBe(seconds);
  });

  describe('of several ways', () => {
    it.each([
      // Nobody enters bd, whether from ab or from bc; from be one may.
      ['restriction=no_entry from=ab,bc via=b to=bd', 'ab', 'bd', 5 * STREET],
      ['restriction=no_entry from=ab,bc via=b to=bd', 'bc', 'bd', 4 * STREET],
      ['restriction=no_entry from=ab,bc via=b to=bd', 'be', 'bd', STREET],
      // Whoever comes from ab leaves b neither by bd nor by be.
      ['restriction=no_exit from=ab via=b to=bd,be', 'ab', 'bd', 5 * STREET],
      ['restriction=no_exit from=ab via=b to=bd,be', 'ab', 'be', 4 * STREET],
      ['restriction=no_exit from=ab via=b to=bd,be', 'ab', 'bc', STREET],
      // Only one of them turns left.
      ['restriction=no_left_turn from=ab,bc via=b to=bd', 'ab', 'bd', 5 * STREET],
      ['restriction=no_left_turn from=ab,bc via=b to=bd', 'bc', 'bd', STREET],
    ])('%s: from %s to %s', (restriction, from, to, seconds) => {
      const streets = crossing(restriction);
      const { network, notices } = buildStreetNetwork(streets.osm, 'car', NO_DELAYS);
      expect(notices).toEqual([]);
      expect(secondsBetween(streets, network, from, to)).toBe(seconds);
    });

    it.each([
      ['restriction=no_straight_on from=ab,be via=b to=bc,bd'],
      ['restriction=no_exit from=ab,bc via=b to=bd'],
      ['restriction=no_entry from=ab via=b to=bd,be'],
      ['restriction=only_right_turn from=ab,bc via=b to=bd,be'],
      ['restriction=no_turn from=ab,bc via=b to=bd'],
    ])('is left out whole where its kind does not allow them: "%s"', (restriction) => {
      const streets = crossing(restriction);
      const { network, notices } = buildStreetNetwork(streets.osm, 'car', NO_DELAYS);
      expect(notices.map(({ code }) => code)).toEqual(['restriction-unresolved']);
      for (const from of ['ab', 'bc', 'be'])
        for (const to of ['bc', 'bd', 'be'])
          if (from !== to) expect(secondsBetween(streets, network, from, to)).toBe(STREET);
    });
  });

  it('of a way whose both ends lie at its node is told by its name, or left out', () => {
    //   c---d
    //   |   |
    //   a---b---e      bdcab: round and back to b
    //       |
    //       f
    const ring = (value: string) =>
      drawStreets({
        map: `
          c---d
          |   |
          a---b---e
              |
              f`,
        ways: { bdcab: '', be: '', bf: '' },
        restrictions: [`restriction=${value} from=bdcab via=b to=bf`],
      });
    const right = ring('no_right_turn').network('car');
    const streets = ring('no_right_turn');
    // In from the west, f is to the right; in from the north it is straight on.
    expect(secondsBetween(streets, right, 'ab', 'bf')).toBeGreaterThan(STREET);
    expect(secondsBetween(streets, right, 'bd', 'bf')).toBe(STREET);
    const { notices } = buildStreetNetwork(ring('no_turn').osm, 'car', NO_DELAYS);
    expect(notices.map(({ code }) => code)).toEqual(['restriction-unresolved']);
  });

  //   a---b---c---d---e---g      via bc, cd (c: only the limit changes); h, i beside
  //       |       |
  //       h       i
  const longVia = (...restrictions: string[]) =>
    drawStreets({
      map: `
        a---b---c---d---e---g
            |       |
            h       i`,
      ways: { ab: '', bc: '', cd: 'maxspeed=18', de: '', eg: '', bh: '', di: '' },
      restrictions,
    });
  /** b to d, the second half at half the speed. */
  const VIA = STREET + 2 * STREET;

  it.each([
    // Over d to the dead end g, and back to d.
    ['restriction=no_right_turn from=ab via=bc,cd to=di', 'ab', 'di', VIA + 4 * STREET + STREET],
    ['restriction=no_right_turn from=ab via=cd,bc to=di', 'ab', 'di', VIA + 4 * STREET + STREET],
    ['restriction=no_right_turn from=bh via=bc,cd to=di', 'ab', 'di', VIA + STREET],
    ['restriction=only_straight_on from=ab via=bc,cd to=de', 'ab', 'di', VIA + 4 * STREET + STREET],
    ['restriction=only_straight_on from=ab via=bc,cd to=de', 'bh', 'di', VIA + STREET],
  ])(
    'over several ways, through a place where only a tag changes: "%s" from %s',
    (restriction, from, to, seconds) => {
      const streets = longVia(restriction);
      // Or into bh, back from its dead end, and on: no longer straight from ab.
      const roundabout = VIA + 3 * STREET;
      const expected =
        from === 'ab' && restriction.includes('from=ab') ? Math.min(seconds, roundabout) : seconds;
      expect(secondsBetween(streets, streets.network('car'), from, to)).toBe(expected);
    },
  );

  it('over a way that is the first street of another holds beside it', () => {
    const both = longVia(
      'restriction=no_right_turn from=ab via=bc,cd to=di',
      'restriction=no_straight_on from=bc via=cd to=de',
    );
    const network = both.network('car');
    // From ab neither to di nor on to de: into bh and back first, then to di; de not even so.
    expect(secondsBetween(both, network, 'ab', 'di')).toBe(VIA + 3 * STREET);
    // To de: at i one may turn round.
    expect(secondsBetween(both, network, 'bh', 'de')).toBe(VIA + 3 * STREET);
    expect(secondsBetween(both, network, 'bc', 'di')).toBe(VIA - STREET / 2 + STREET / 2);
  });

  it('over a roundabout takes the arc between its two streets', () => {
    //       d
    //       |
    //   a---b---c---g      bcfe: a ring driven from b over e and f to c
    //       |   |
    //       e---f---h
    const streets = drawStreets({
      map: `
            d
            |
        a---b---c---g
            |   |
            e---f---h`,
      ways: { befcb: 'oneway=yes', ab: '', bd: '', cg: '', fh: '' },
      restrictions: ['restriction=no_straight_on from=ab via=befcb to=fh'],
    });
    const { network, notices } = buildStreetNetwork(streets.osm, 'car', NO_DELAYS);
    expect(notices).toEqual([]);
    // On to g, the dead end, and round from c once more.
    expect(secondsBetween(streets, network, 'ab', 'cg')).toBe(STREET + 3 * STREET);
    expect(secondsBetween(streets, network, 'ab', 'fh')).toBeGreaterThan(STREET + 2 * STREET);
    expect(secondsBetween(streets, network, 'bd', 'fh')).toBe(STREET + 2 * STREET);
  });
});
