/** Speeds between junctions: limits, shares, caps, and the table they come from. */
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/common/errors.ts';
import { readSpeedDefaults } from '../../src/read/speed-table.ts';
import { profileWay } from '../../src/streets/access.ts';
import { parseMeters, parseTonnes } from '../../src/streets/dimensions.ts';
import { limitKph } from '../../src/streets/limits.ts';
import { buildSpeedTable } from '../../src/streets/speed-table.ts';
import { parseDurationSeconds } from '../../src/streets/speeds.ts';
import { STREET_CLASSES } from '../../src/streets/street-classes.ts';
import { DEFAULT_SPEEDS } from './speed-defaults.ts';

const KPH_PER_MPH = 1.609344;
const RURAL = DEFAULT_SPEEDS.ruralLimitKph;

function carKph(tags: Record<string, string>, direction: 'forward' | 'backward' = 'forward'): number {
  const profile = profileWay(tags, 'car', DEFAULT_SPEEDS);
  if (profile === undefined) throw new Error('closed to cars');
  return profile[direction].speedKph;
}

function bikeKph(tags: Record<string, string>): number {
  const profile = profileWay(tags, 'bike', DEFAULT_SPEEDS);
  if (profile === undefined) throw new Error('closed to bicycles');
  return profile.forward.speedKph;
}

describe('the limit of a street', () => {
  it.each<[tags: Record<string, string>, kph: number | undefined]>([
    [{ maxspeed: '50' }, 50],
    [{ maxspeed: '50 km/h' }, 50],
    [{ maxspeed: '50km/h' }, 50],
    [{ maxspeed: '30 mph' }, 30 * KPH_PER_MPH],
    [{ maxspeed: '30mph' }, 30 * KPH_PER_MPH],
    [{ maxspeed: '10 knots' }, 18.52],
    [{ maxspeed: '50;70' }, 50],
    [{ maxspeed: '70;50' }, 50],
    [{ maxspeed: '110|90' }, 90],
    [{ highway: 'motorway', maxspeed: 'none' }, 130],
    [{ highway: 'trunk', maxspeed: 'None' }, 130],
    [{ highway: 'motorway', maxspeed: 'none;120' }, 120],
    [{ highway: 'motorway', maxspeed: '100', 'maxspeed:forward': 'none' }, 130],
    [{ maxspeed: 'none' }, undefined],
    [{ highway: 'living_street', maxspeed: 'none' }, undefined],
    [{ highway: 'residential', maxspeed: 'NONE' }, undefined],
    [{ highway: 'motorway_link', maxspeed: 'none' }, undefined],
    [{ highway: 'primary', maxspeed: 'unlimited' }, undefined],
    [{ highway: 'primary', maxspeed: 'none;70' }, 70],
    [{ highway: 'primary', maxspeed: '70', 'maxspeed:forward': 'none' }, 70],
    [{ highway: 'primary', 'maxspeed:forward': 'none' }, undefined],
    [{ highway: 'tertiary', maxspeed: 'none', 'maxspeed:type': 'FR:urban' }, 50],
    [{ highway: 'unclassified', maxspeed: 'none', 'source:maxspeed': 'FR:rural' }, RURAL],
    [{ highway: 'track', maxspeed: 'none' }, undefined],
    [{ maxspeed: 'walk' }, 6],
    [{ maxspeed: 'FR:walk' }, 6],
    [{ maxspeed: 'FR:urban' }, 50],
    [{ maxspeed: 'FR:rural' }, RURAL],
    [{ maxspeed: 'FR:trunk' }, 110],
    [{ maxspeed: 'FR:motorway' }, 130],
    [{ maxspeed: 'FR:zone30' }, 30],
    [{ maxspeed: 'FR:zone:30' }, 30],
    [{ maxspeed: 'FR:30' }, 30],
    [{ maxspeed: 'FR:zone20' }, 20],
    [{ maxspeed: 'FR:living_street' }, 20],
    [{ maxspeed: 'signals' }, undefined],
    [{ maxspeed: 'variable' }, undefined],
    [{ maxspeed: 'fast' }, undefined],
    [{ maxspeed: '0' }, undefined],
    [{ maxspeed: '-50' }, undefined],
    [{ maxspeed: '5000' }, undefined],
    [{ maxspeed: '' }, undefined],
    [{ 'maxspeed:type': 'FR:rural' }, RURAL],
    [{ 'maxspeed:type': 'sign' }, undefined],
    [{ 'source:maxspeed': 'FR:urban' }, 50],
    [{ 'source:maxspeed': 'FR:zone30' }, 30],
    [{ 'zone:maxspeed': 'FR:30' }, 30],
    [{ 'zone:maxspeed': 'fr:30' }, 30],
    [{ 'zone:traffic': 'FR:urban' }, 50],
    [{ 'zone:traffic': 'FR:rural' }, RURAL],
    [{ maxspeed: '70', 'zone:maxspeed': 'FR:30' }, 70],
    [{ maxspeed: '70', 'source:maxspeed': 'FR:urban' }, 70],
    [{ maxspeed: 'junk', 'source:maxspeed': 'FR:urban' }, 50],
    [{ 'source:maxspeed': 'sign', 'zone:maxspeed': 'FR:30' }, 30],
    [{ maxspeed: '50', 'maxspeed:forward': '30' }, 30],
    [{ maxspeed: '50', 'maxspeed:backward': '30' }, 50],
    [{ maxspeed: '50', 'maxspeed:forward': 'junk' }, 50],
    [{ 'maxspeed:type': 'CH:motorway' }, 120],
    [{ 'maxspeed:type': 'DE:rural' }, 100],
    [{ 'maxspeed:type': 'BE-VLG:rural' }, 70],
    [{ 'maxspeed:type': 'DE:urban' }, 50],
    [{}, undefined],
  ])('%j gives %s km/h', (tags, kph) => {
    const limit = limitKph(tags, 'forward', RURAL);
    if (kph === undefined) expect(limit).toBeUndefined();
    else expect(limit).toBeCloseTo(kph, 9);
  });

  it('is 90 on FR:rural where the département went back to it', () => {
    expect(limitKph({ 'maxspeed:type': 'FR:rural' }, 'forward', 90)).toBe(90);
  });
});

describe('the speed of a car', () => {
  it.each([
    ['motorway', 130, 0.95],
    ['trunk', 110, 0.95],
    ['primary', 80, 0.9],
    ['secondary', 80, 0.9],
    ['tertiary', 50, 0.9],
    ['unclassified', 80, 0.85],
    ['residential', 30, 0.85],
    ['service', 20, 0.85],
  ])('on a %s limited to %d km/h is %d of the limit', (highway, maxspeed, share) => {
    expect(carKph({ highway, maxspeed: String(maxspeed) })).toBeCloseTo(maxspeed * share, 9);
  });

  it.each([
    ['motorway', 100],
    ['trunk', 85],
    ['primary', 70],
    ['secondary', 60],
    ['tertiary', 40],
    ['unclassified', 25],
    ['road', 25],
    ['residential', 25],
    ['living_street', 12],
    ['service', 12],
    ['motorway_link', 50],
    ['primary_link', 35],
  ])('on a %s without a limit is %d km/h', (highway, kph) => {
    expect(carKph({ highway })).toBe(kph);
  });

  it.each([
    ['living_street', 12],
    ['residential', 25],
    ['tertiary', 40],
    ['motorway_link', 50],
  ])('on a %s with maxspeed=none is that of one without a limit, %d km/h', (highway, kph) => {
    expect(carKph({ highway, maxspeed: 'none' })).toBe(kph);
  });

  it('differs by direction where the limits do', () => {
    const tags = { highway: 'primary', 'maxspeed:forward': '50', 'maxspeed:backward': '80' };
    expect([carKph(tags), carKph(tags, 'backward')]).toEqual([50 * 0.9, 80 * 0.9]);
  });

  it.each([
    ['lanes', '1'],
    ['width', '3'],
    ['est_width', '3.5'],
    ['narrow', 'yes'],
  ])('is lower on a two-way street with %s=%s', (key, value) => {
    const plain = { highway: 'unclassified', maxspeed: '80' };
    const share = DEFAULT_SPEEDS.narrowShare ?? 1;
    expect(share).toBeLessThan(1);
    expect(carKph({ ...plain, [key]: value })).toBeCloseTo(carKph(plain) * share, 9);
  });

  it('is not lower on a one-way street with one lane', () => {
    const plain = { highway: 'residential', oneway: 'yes' };
    expect(carKph({ ...plain, lanes: '1' })).toBe(carKph(plain));
  });

  it.each([
    ['surface', 'gravel', 40],
    ['surface', 'cobblestone', 30],
    ['surface', 'mud', 10],
    ['smoothness', 'bad', 40],
    ['smoothness', 'very_bad', 20],
    ['smoothness', 'horrible', 10],
    ['smoothness', 'very_horrible', 5],
    ['tracktype', 'grade5', 20],
  ])('is capped on %s=%s at %d km/h', (key, value, cap) => {
    expect(carKph({ highway: 'primary', maxspeed: '80', [key]: value })).toBe(cap);
    expect(carKph({ highway: 'living_street', [key]: value })).toBe(Math.min(12, cap));
  });

  it('never falls to zero, whatever the tags', () => {
    expect(carKph({ highway: 'service', maxspeed: '3', lanes: '1', surface: 'mud' })).toBeGreaterThanOrEqual(
      3,
    );
  });
});

describe('the speed of a bicycle', () => {
  const { kph, pushedKph, stairsKph } = DEFAULT_SPEEDS.bike;

  it.each(['primary', 'residential', 'cycleway', 'service', 'living_street'])(
    'is full on a %s',
    (highway) => {
      expect(bikeKph({ highway })).toBe(kph);
    },
  );

  it.each(['track', 'path'])('is lower on a %s', (highway) => {
    expect(bikeKph({ highway })).toBeLessThan(kph);
  });

  it('is the least of what class and surface allow, not their product', () => {
    expect(bikeKph({ highway: 'track', surface: 'gravel' })).toBeCloseTo(
      kph * DEFAULT_SPEEDS.bike.surfaceShare!.gravel!,
      9,
    );
  });

  it('is never below the pace of pushing', () => {
    const bike = { ...DEFAULT_SPEEDS.bike, surfaceShare: { mud: pushedKph / kph / 2 } };
    const mud = profileWay({ highway: 'path', surface: 'mud' }, 'bike', { ...DEFAULT_SPEEDS, bike });
    expect(mud?.forward.speedKph).toBe(pushedKph);
  });

  it('obeys a limit below its own pace', () => {
    expect(bikeKph({ highway: 'living_street', maxspeed: '10' })).toBe(10);
  });

  it.each(['footway', 'pedestrian'])('is that of pushing on a %s', (highway) => {
    expect(bikeKph({ highway })).toBe(pushedKph);
  });

  it('is slower on stairs than on the flat, ridden or pushed', () => {
    expect(bikeKph({ highway: 'steps' })).toBe(stairsKph);
    expect(stairsKph).toBeLessThan(pushedKph);
  });
});

describe('the speed of a walker', () => {
  it.each(['footway', 'steps', 'primary', 'track'])('is the same on a %s', (highway) => {
    expect(profileWay({ highway }, 'walk', DEFAULT_SPEEDS)?.forward.speedKph).toBe(DEFAULT_SPEEDS.walk.kph);
  });
});

describe('the duration of a ferry', () => {
  it.each<[string | undefined, number | undefined]>([
    ['00:20', 20 * 60],
    ['1:30', 90 * 60],
    ['01:30:30', 90 * 60 + 30],
    ['PT20M', 20 * 60],
    ['PT1H30M', 90 * 60],
    ['P1DT1H', 25 * 3600],
    ['20', 20 * 60],
    ['20 min', 20 * 60],
    ['7.5', 450],
    ['01:02:03', 3723],
    ['0:5', 300],
    ['PT0.5H', 1800],
    ['PT90S', 90],
    ['1h30', 90 * 60],
    ['1 h 30 min', 90 * 60],
    ['2 hours', 2 * 3600],
    ['1,5 h', 90 * 60],
    ['45 minutes', 45 * 60],
    ['00:30;00:45', 30 * 60],
    ['unknown;25', 25 * 60],
    ['', undefined],
    ['-5', undefined],
    ['0', undefined],
    ['PT', undefined],
    ['a while', undefined],
    ['P7D', 7 * 86_400],
    ['P8D', undefined],
    ['99999999', undefined],
    ['9999:00', undefined],
    [undefined, undefined],
  ])('%s is %s seconds', (value, seconds) => {
    expect(parseDurationSeconds(value)).toBe(seconds);
  });

  it('is given for ferries and shuttle trains only', () => {
    const profile = (tags: Record<string, string>) => profileWay(tags, 'car', DEFAULT_SPEEDS);
    expect(profile({ route: 'ferry', duration: '00:20' })?.ferryDurationSeconds).toBe(1200);
    expect(profile({ route: 'shuttle_train', duration: '00:35' })?.ferryDurationSeconds).toBe(2100);
    expect(profile({ route: 'ferry' })).toMatchObject({ isFerry: true, ferryDurationSeconds: undefined });
    expect(profile({ route: 'ferry' })?.forward.speedKph).toBe(DEFAULT_SPEEDS.ferryKph);
    expect(profile({ highway: 'primary', duration: '00:20' })).toMatchObject({
      isFerry: false,
      ferryDurationSeconds: undefined,
    });
  });
});

describe('a tagged size', () => {
  it.each<[string, number | undefined]>([
    ['2', 2],
    ['2.1 m', 2.1],
    ['1,80', 1.8],
    ['190 cm', 1.9],
    [`6'7"`, 6 * 0.3048 + 7 * 0.0254],
    [`7'`, 7 * 0.3048],
    ['12 ft', 12 * 0.3048],
    ['none', undefined],
    ['default', undefined],
    ['2.5 parsecs', undefined],
    ['0', undefined],
  ])('%s is %s metres', (value, meters) => {
    if (meters === undefined) expect(parseMeters(value)).toBeUndefined();
    else expect(parseMeters(value)).toBeCloseTo(meters, 9);
  });

  it.each<[string, number | undefined]>([
    ['3.5', 3.5],
    ['3,5 t', 3.5],
    ['1500 kg', 1.5],
    ['5 st', 5 * 0.90718474],
    ['8000 lbs', 8000 * 0.00045359237],
    ['heavy', undefined],
  ])('%s is %s tonnes', (value, tonnes) => {
    if (tonnes === undefined) expect(parseTonnes(value)).toBeUndefined();
    else expect(parseTonnes(value)).toBeCloseTo(tonnes, 9);
  });
});

describe('the table of speeds', () => {
  it('names the source of every group', () => {
    for (const [name, group] of Object.entries(readSpeedDefaults() as Record<string, { source: string }>)) {
      expect(group.source.length, name).toBeGreaterThan(20);
    }
  });

  it('has a share and an untagged speed for every class', () => {
    for (const streetClass of STREET_CLASSES) {
      expect(DEFAULT_SPEEDS.shareOfLimit[streetClass], streetClass).toBeGreaterThan(0);
      expect(DEFAULT_SPEEDS.untaggedKph[streetClass], streetClass).toBeGreaterThan(0);
    }
  });

  it('takes single values of the study over its own and keeps the others', () => {
    const table = buildSpeedTable(readSpeedDefaults(), {
      ruralLimitKph: 90,
      untaggedKph: { residential: 30 },
      delays: { signalsSeconds: 0 },
      bike: { kph: 18 },
    });
    expect(table.ruralLimitKph).toBe(90);
    expect(table.untaggedKph.residential).toBe(30);
    expect(table.untaggedKph.primary).toBe(DEFAULT_SPEEDS.untaggedKph.primary);
    expect(table.delays).toEqual({ ...DEFAULT_SPEEDS.delays, signalsSeconds: 0 });
    expect(table.bike).toEqual({ ...DEFAULT_SPEEDS.bike, kph: 18 });
  });

  it.each<[overrides: object, fault: RegExp]>([
    [{ untaggedKph: { residental: 30 } }, /speeds\.untaggedKph\.residental is no key/],
    [{ speed: 30 }, /speeds\.speed is no key/],
    [{ untaggedKph: { residential: 0 } }, /speeds\.untaggedKph\.residential must be a number/],
    [{ untaggedKph: { residential: '30' } }, /speeds\.untaggedKph\.residential must be a number/],
    [{ ruralLimitKph: -5 }, /speeds\.ruralLimitKph must be a number/],
    [{ delays: { signalsSeconds: -1 } }, /speeds\.delays\.signalsSeconds must be a number/],
    [{ walk: 4 }, /speeds\.walk must be a group/],
  ])('refuses %j with the key and what is allowed', (overrides, fault) => {
    const build = () => buildSpeedTable(readSpeedDefaults(), overrides);
    expect(build).toThrow(UsageError);
    expect(build).toThrow(fault);
  });
});
