/** Parsers of option values: each refuses what it cannot use, naming the option, the value and what is allowed. */
import { InvalidArgumentError } from 'commander';
import type { Export } from '../batch/study-outputs.ts';
import { STREET_MODES, type StreetMode } from '../common/units.ts';
import { isOnEarth } from '../read/positions.ts';

/** Minutes and the like: a tenth is less than any output shows, and steps of less would be without number. */
const LEAST = 0.1;
/** More digits than any number of these needs, and none of them lost. */
const LONGEST_WHOLE = 9;

/** Digits, and decimals behind a point or comma; NaN for exponents, hexadecimals, words and blanks. */
function decimal(text: string): number {
  return /^(?:\d{1,15}(?:[.,]\d{1,15})?|[.,]\d{1,15})$/.test(text.trim())
    ? Number(text.trim().replace(',', '.'))
    : Number.NaN;
}

export function positiveNumber(text: string): number {
  const value = decimal(text);
  if (!(value >= LEAST))
    throw new InvalidArgumentError(`A number greater than 0 is expected, ${LEAST} or more.`);
  return value;
}

export function wholeNumber(text: string): number {
  if (!isWhole(text)) throw new InvalidArgumentError('A whole number, 0 or more, is expected.');
  return Number(text);
}

export function positiveWholeNumber(text: string): number {
  if (!isWhole(text) || Number(text) === 0) {
    throw new InvalidArgumentError('A whole number, 1 or more, is expected.');
  }
  return Number(text);
}

function isWhole(text: string): boolean {
  return /^\d+$/.test(text.trim()) && text.trim().length <= LONGEST_WHOLE;
}

/** Modes of a study. */
const MODES: readonly string[] = [...STREET_MODES, 'transit'];

export function streetMode(text: string): StreetMode {
  const mode = STREET_MODES.find((known) => known === text);
  if (mode === undefined) throw new InvalidArgumentError(`Allowed are ${STREET_MODES.join(', ')}.`);
  return mode;
}

/** A street mode, or transit. */
export function matrixMode(text: string): StreetMode | 'transit' {
  if (text === 'transit') return text;
  const mode = STREET_MODES.find((known) => known === text);
  if (mode === undefined) throw new InvalidArgumentError(`Allowed are ${STREET_MODES.join(', ')}, transit.`);
  return mode;
}

/** `14:00` -> seconds of the service day; hours may pass 24. */
export function timeOfDay(text: string): number {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text.trim());
  const [hours, minutes, seconds] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3] ?? 0)];
  if (match === null || hours > 47 || minutes > 59 || seconds > 59) {
    throw new InvalidArgumentError('A time of day such as 09:00 is expected (hours may pass 24).');
  }
  return hours * 3600 + minutes * 60 + seconds;
}

/** As `EXPORTS` of `study-outputs.ts`, which is not loaded for this. */
export const EXPORTS: readonly Export[] = ['map', 'workbook', 'cells'];

/** `map,workbook`; `none` is the empty list. */
export function exportList(text: string): Export[] {
  if (text.trim() === 'none') return [];
  return text.split(',').map((name) => {
    const known = EXPORTS.find((each) => each === name.trim());
    if (known === undefined) {
      throw new InvalidArgumentError(`Allowed are ${EXPORTS.join(', ')}, separated by commas, or none.`);
    }
    return known;
  });
}

export function modeList(text: string): string[] {
  const modes = text.split(',').map((mode) => mode.trim());
  const unknown = modes.find((mode) => !MODES.includes(mode));
  if (unknown !== undefined) {
    throw new InvalidArgumentError(
      `${unknown === '' ? 'A mode is missing' : `${JSON.stringify(unknown)} is no mode`}: allowed are ${MODES.join(', ')}, separated by commas.`,
    );
  }
  return [...new Set(modes)];
}

/** As in a study, km/h. */
export function walkSpeed(text: string): number {
  return numberBetween(text, 1, 10, 'km/h');
}

/** As in a study, km/h. */
export function bikeSpeed(text: string): number {
  return numberBetween(text, 3, 50, 'km/h');
}

function numberBetween(text: string, least: number, greatest: number, unit: string): number {
  const value = decimal(text);
  if (value >= least && value <= greatest) return value;
  throw new InvalidArgumentError(`A number from ${least} to ${greatest} ${unit} is expected.`);
}

/** As in a study. */
const GREATEST_MINUTES = 240;

export function minuteList(text: string): number[] {
  const minutes = text.split(',').map((part) => positiveNumber(part));
  if (minutes.some((each) => each > GREATEST_MINUTES)) {
    throw new InvalidArgumentError(`Minutes are at most ${GREATEST_MINUTES}.`);
  }
  return [...new Set(minutes)].sort((a, b) => a - b);
}

/** `95`, `99,5` or `95%`. A share is refused, since 0.8 would let every result pass; `1%` says one per cent. */
export function percentage(text: string): number {
  const [, number = '', sign] = /^\s*([^%\s]+)\s*(%?)\s*$/.exec(text) ?? [];
  const value = decimal(number);
  if (number === '' || !(value >= 0 && value <= 100)) {
    throw new InvalidArgumentError('A percentage from 0 to 100 is expected.');
  }
  if (sign === '' && value > 0 && value <= 1) {
    const meant = Math.round(value * 1e8) / 1e6;
    throw new InvalidArgumentError(
      `Did you mean ${meant}? A percentage from 0 to 100 is expected, not a share; ${number}% says ${number} per cent.`,
    );
  }
  return value;
}

export function position(text: string): { lon: number; lat: number } {
  const parts = text.split(/[,;\s]+/).map(Number);
  const [lon, lat] = parts;
  if (parts.length !== 2 || !isOnEarth(lon!, lat!)) {
    throw new InvalidArgumentError('LON,LAT in degrees with decimal points is expected, such as 2.09,48.90.');
  }
  return { lon: lon!, lat: lat! };
}
