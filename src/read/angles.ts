/**
 * Degrees as people write them: `4,2`, `4.2°`, `46°32'10"N`, `46° 32.166' N`, `O 4° 12' 5"`, `46:32:10`; and two of
 * them in one field: `46.5, 4.2`, `{"lon":4.2,"lat":46.5}`, `POINT (4.2 46.5)`.
 */
import type { ThousandMark } from './decimal-marks.ts';
import { readNumber } from './numbers.ts';

export interface Angle {
  degrees: number;
  /** What the letter beside it says; undefined where none stands there. */
  axis: 'lon' | 'lat' | undefined;
}

const NUMBER = '\\d+(?:[.,]\\d+)?';
const HEMISPHERE = 'nord|north|sud|south|est|east|ouest|west|[nsewo]';
const ANGLE = new RegExp(
  `^(${HEMISPHERE})?\\s*([-+−]?${NUMBER})\\s*(?:(?:°|º|˚|deg(?:r[eé]s?)?|d)\\s*` +
    `(?:(${NUMBER})\\s*(?:['′’´]|min|m)(?!['′’´])\\s*(?:(${NUMBER})\\s*(?:["″”“]|['′’´]{2}|sec|s(?![a-z])))?)?)?\\s*` +
    `(${HEMISPHERE})?\\.?$`,
  'i',
);
const CLOCK = new RegExp(`^([-+−]?\\d{1,3}):(\\d{1,2}):(${NUMBER})\\s*(${HEMISPHERE})?$`, 'i');

/** Undefined where the text is no angle in degrees, minutes or seconds, nor one with a letter or a sign beside it. */
export function readAngle(text: string): Angle | undefined {
  const trimmed = text.trim();
  const clock = CLOCK.exec(trimmed);
  if (clock !== null) return toAngle(clock[1]!, clock[2], clock[3], clock[4]);
  const match = ANGLE.exec(trimmed);
  if (match === null) return undefined;
  const [, before, degrees, minutes, seconds, after] = match;
  return toAngle(degrees!, minutes, seconds, before ?? after);
}

function toAngle(
  degreesText: string,
  minutesText: string | undefined,
  secondsText: string | undefined,
  letter: string | undefined,
): Angle | undefined {
  const [degrees, minutes, seconds] = [degreesText, minutesText ?? '0', secondsText ?? '0'].map((part) =>
    Number(part.replace(',', '.').replace('−', '-')),
  ) as [number, number, number];
  if (minutes >= 60 || seconds >= 60) return undefined;
  const size = Math.abs(degrees) + minutes / 60 + seconds / 3600;
  const initial = letter?.charAt(0).toLowerCase() ?? '';
  const isNegative = /^[-−]/.test(degreesText) || /[swo]/.test(initial);
  return {
    degrees: isNegative ? -size : size,
    axis: initial === '' ? undefined : /[ns]/.test(initial) ? 'lat' : 'lon',
  };
}

/** A number of degrees or metres, or an angle; the text itself, trimmed, where it is neither ('' = blank). */
export function readCoordinate(text: string, groupMark?: ThousandMark): number | string {
  // `48,85` cannot be a thousand here, so a decimal comma is read whatever separates the columns.
  const value = readNumber(text, ';', groupMark);
  if (typeof value === 'number') return value;
  return readAngle(text)?.degrees ?? text.trim();
}

/** Two coordinates of one field. */
export interface CoordinatePair {
  first: number;
  second: number;
  /** Which of them is the longitude (or x); undefined where nothing in the text tells. */
  lonIs: 'first' | 'second' | undefined;
  /** Of `SRID=2154;POINT (…)`. */
  epsg?: number | undefined;
}

/** Undefined where the text holds no two coordinates. */
export function readPair(text: string): CoordinatePair | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  return readJsonPair(trimmed) ?? readWktPoint(trimmed) ?? readWrittenPair(trimmed);
}

function readJsonPair(text: string): CoordinatePair | undefined {
  if (!text.startsWith('{')) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const record = value as Record<string, unknown>;
  const pair = Array.isArray(record.coordinates)
    ? record.coordinates
    : [record.lon ?? record.lng ?? record.longitude ?? record.x, record.lat ?? record.latitude ?? record.y];
  const [lon, lat] = pair.map((each: unknown) => (typeof each === 'string' ? readCoordinate(each) : each));
  if (typeof lon !== 'number' || typeof lat !== 'number') return undefined;
  return { first: lon, second: lat, lonIs: 'first' };
}

const WKT_POINT = /^(?:SRID=(\d+);)?\s*POINT\s*Z?\s*\(\s*([-+.\de]+)\s+([-+.\de]+)(?:\s+[-+.\de]+)?\s*\)$/i;

function readWktPoint(text: string): CoordinatePair | undefined {
  const match = WKT_POINT.exec(text);
  if (match === null) return undefined;
  const epsg = match[1] === undefined ? undefined : Number(match[1]);
  return { first: Number(match[2]), second: Number(match[3]), lonIs: 'first', epsg };
}

/** The surest ways to part two coordinates first: a comma may be a decimal's. */
const PARTINGS = [/\s*[;|/\t]\s*/, /,\s+/, /(?<=[°"″”NSEWO])[\s,]+/i, /\s+/, /,/];

function readWrittenPair(text: string): CoordinatePair | undefined {
  const bare = text.replace(/^[([]\s*|\s*[)\]]$/g, '').trim();
  const commas = /^([-+]?\d+),(\d+),([-+]?\d+),(\d+)$/.exec(bare);
  if (commas !== null) {
    return {
      first: Number(`${commas[1]}.${commas[2]}`),
      second: Number(`${commas[3]}.${commas[4]}`),
      lonIs: undefined,
    };
  }
  for (const parting of PARTINGS) {
    const parts = bare.split(parting).filter((part) => part !== '');
    if (parts.length !== 2) continue;
    const [first, second] = parts.map((part) => readCoordinate(part)) as [number | string, number | string];
    if (typeof first !== 'number' || typeof second !== 'number') continue;
    const [axis, other] = parts.map((part) => readAngle(part)?.axis);
    const lonIs =
      axis === 'lon' || other === 'lat' ? 'first' : axis === 'lat' || other === 'lon' ? 'second' : undefined;
    return { first, second, lonIs };
  }
  return undefined;
}
