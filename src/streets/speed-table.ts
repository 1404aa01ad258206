/**
 * The table of speeds and delays: the project's defaults with a study's overrides laid over them.
 *
 * In: the parsed `data/speeds.json` (each section has a `source` and its `values`) and the `speeds` section of
 * a study, which has the same keys without the sources. Out: a `SpeedTable`, every number checked. Pure: the
 * file is read elsewhere.
 */
import { Fault, type UsageError } from '../common/errors.ts';
import { STREET_CLASSES } from './street-classes.ts';
import type { SpeedTable } from './way-profile.ts';

type Numbers = Record<string, number>;

/** What a study may override: the table's keys, each optional. */
export interface SpeedOverrides {
  shareOfLimit?: Numbers;
  untaggedKph?: Numbers;
  ruralLimitKph?: number;
  delays?: Numbers;
  bike?: Numbers;
  bikeClassShare?: Numbers;
  bikeSurfaceShare?: Numbers;
  walk?: Numbers;
  ferryKph?: number;
  ferryWaitMinutes?: number;
  narrowShare?: number;
  carSurfaceKph?: Numbers;
  carSmoothnessKph?: Numbers;
  carTracktypeKph?: Numbers;
}

/** Allowed range of a number, both ends included. */
interface Range {
  least: number;
  greatest: number;
}

const SPEED: Range = { least: 1, greatest: 200 };
const SHARE: Range = { least: 0.05, greatest: 1.5 };
const SECONDS: Range = { least: 0, greatest: 600 };
const MINUTES: Range = { least: 0, greatest: 240 };

interface Section {
  range: Range;
  /** The keys that the section has; `undefined` = free, such as values of `surface`. */
  keys: readonly string[] | undefined;
}

const GROUPS: Readonly<Record<string, Section>> = {
  shareOfLimit: { range: SHARE, keys: STREET_CLASSES },
  untaggedKph: { range: SPEED, keys: STREET_CLASSES },
  delays: {
    range: SECONDS,
    keys: ['higherClassSeconds', 'junctionSeconds', 'roundaboutSeconds', 'signalsSeconds'],
  },
  bike: { range: SPEED, keys: ['kph', 'pushedKph', 'stairsKph', 'junctionSeconds', 'signalsSeconds'] },
  bikeClassShare: { range: SHARE, keys: STREET_CLASSES },
  bikeSurfaceShare: { range: SHARE, keys: undefined },
  walk: { range: SPEED, keys: ['kph'] },
  carSurfaceKph: { range: SPEED, keys: undefined },
  carSmoothnessKph: { range: SPEED, keys: undefined },
  carTracktypeKph: { range: SPEED, keys: undefined },
};

const NUMBERS: Readonly<Record<string, Range>> = {
  ruralLimitKph: SPEED,
  ferryKph: SPEED,
  ferryWaitMinutes: MINUTES,
  narrowShare: SHARE,
};

/**
 * The table of a run.
 * @param defaultsJson `data/speeds.json`, parsed.
 * @param overrides the study's `speeds` section.
 * @throws UsageError for a key that the table has not, or a number out of its range.
 */
export function buildSpeedTable(defaultsJson: unknown, overrides: SpeedOverrides = {}): SpeedTable {
  const defaults = sectionsOf(defaultsJson);
  const given = asRecord(overrides, 'speeds');
  for (const key of Object.keys(given)) {
    if (!(key in GROUPS) && !(key in NUMBERS)) {
      throw unknownKey(`speeds.${key}`, [...Object.keys(GROUPS), ...Object.keys(NUMBERS)]);
    }
  }
  const group = (name: string): Numbers => ({
    ...numbersOf(defaults[name], name),
    ...numbersOf(given[name], name),
  });
  const number = (name: string): number =>
    checkedNumber(given[name] ?? defaults[name], `speeds.${name}`, NUMBERS[name]!);
  const delays = group('delays');
  const bike = group('bike');
  return {
    shareOfLimit: group('shareOfLimit'),
    untaggedKph: group('untaggedKph'),
    ruralLimitKph: number('ruralLimitKph'),
    delays: {
      higherClassSeconds: required(delays, 'delays', 'higherClassSeconds'),
      junctionSeconds: required(delays, 'delays', 'junctionSeconds'),
      roundaboutSeconds: required(delays, 'delays', 'roundaboutSeconds'),
      signalsSeconds: required(delays, 'delays', 'signalsSeconds'),
    },
    bike: {
      kph: required(bike, 'bike', 'kph'),
      pushedKph: required(bike, 'bike', 'pushedKph'),
      stairsKph: required(bike, 'bike', 'stairsKph'),
      junctionSeconds: required(bike, 'bike', 'junctionSeconds'),
      signalsSeconds: required(bike, 'bike', 'signalsSeconds'),
      classShare: group('bikeClassShare'),
      surfaceShare: group('bikeSurfaceShare'),
    },
    walk: { kph: required(group('walk'), 'walk', 'kph') },
    ferryKph: number('ferryKph'),
    ferryWaitMinutes: number('ferryWaitMinutes'),
    narrowShare: number('narrowShare'),
    carCapKph: {
      surface: group('carSurfaceKph'),
      smoothness: group('carSmoothnessKph'),
      tracktype: group('carTracktypeKph'),
    },
  };
}

/** Strips the sources: section -> its values. */
function sectionsOf(json: unknown): Record<string, unknown> {
  const sections: Record<string, unknown> = {};
  for (const [name, section] of Object.entries(asRecord(json, 'the table of speeds'))) {
    const { values } = asRecord(section, name);
    if (values !== undefined) sections[name] = values;
  }
  return sections;
}

function numbersOf(value: unknown, name: string): Numbers {
  const { range, keys } = GROUPS[name]!;
  const numbers: Numbers = {};
  for (const [key, item] of Object.entries(asRecord(value ?? {}, `speeds.${name}`))) {
    if (keys !== undefined && !keys.includes(key)) throw unknownKey(`speeds.${name}.${key}`, keys);
    const isDelay = key.endsWith('Seconds');
    numbers[key] = checkedNumber(item, `speeds.${name}.${key}`, isDelay ? SECONDS : range);
  }
  return numbers;
}

function checkedNumber(value: unknown, name: string, range: Range): number {
  if (typeof value === 'number' && value >= range.least && value <= range.greatest) return value;
  throw new Fault(
    'speed-out-of-range',
    { value: String(value) },
    { name, least: range.least, greatest: range.greatest },
  );
}

function required(numbers: Numbers, group: string, key: string): number {
  const value = numbers[key];
  if (value === undefined) throw new Error(`the table of speeds lacks ${group}.${key}`);
  return value;
}

function asRecord(value: unknown, name: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new Fault('speed-no-group', { value: JSON.stringify(value) ?? 'nothing' }, { name });
}

function unknownKey(name: string, allowed: readonly string[]): UsageError {
  return new Fault('speed-unknown', { value: name }, { name, allowed: allowed.join(', ') });
}
