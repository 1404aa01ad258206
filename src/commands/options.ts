/** Parsers of option values: each refuses what it cannot use, naming the option, the value and what is allowed. */
import { InvalidArgumentError } from 'commander';
import type { Export } from '../batch/study-outputs.ts';
import { STREET_MODES, type StreetMode } from '../common/units.ts';
import { isOnEarth } from '../read/positions.ts';
import type { CommandLineWords } from '../words/command-line.ts';
import { runWords } from './run-language.ts';

/** Minutes and the like: a tenth is less than any output shows, and steps of less would be without number. */
const LEAST = 0.1;
/** More digits than any number of these needs, and none of them lost. */
const LONGEST_WHOLE = 9;

/** What an option does not take, in the language of the run. */
function refuse(word: (words: CommandLineWords['values']) => string): InvalidArgumentError {
  return new InvalidArgumentError(word(runWords().values));
}

/** Digits, and decimals behind a point or comma; NaN for exponents, hexadecimals, words and blanks. */
function decimal(text: string): number {
  return /^(?:\d{1,15}(?:[.,]\d{1,15})?|[.,]\d{1,15})$/.test(text.trim())
    ? Number(text.trim().replace(',', '.'))
    : Number.NaN;
}

export function positiveNumber(text: string): number {
  const value = decimal(text);
  if (!(value >= LEAST)) throw refuse(({ positive }) => positive(String(LEAST)));
  return value;
}

export function wholeNumber(text: string): number {
  if (!isWhole(text)) throw refuse(({ wholeFromZero }) => wholeFromZero);
  return Number(text);
}

export function positiveWholeNumber(text: string): number {
  if (!isWhole(text) || Number(text) === 0) {
    throw refuse(({ wholeFromOne }) => wholeFromOne);
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
  if (mode === undefined) throw refuse(({ allowed }) => allowed(STREET_MODES.join(', ')));
  return mode;
}

/** A street mode, or transit. */
export function matrixMode(text: string): StreetMode | 'transit' {
  if (text === 'transit') return text;
  const mode = STREET_MODES.find((known) => known === text);
  if (mode === undefined) throw refuse(({ allowed }) => allowed(MODES.join(', ')));
  return mode;
}

/** `14:00` -> seconds of the service day; hours may pass 24. */
export function timeOfDay(text: string): number {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text.trim());
  const [hours, minutes, seconds] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3] ?? 0)];
  if (match === null || hours > 47 || minutes > 59 || seconds > 59) {
    throw refuse(({ timeOfDay: expected }) => expected);
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
      throw refuse(({ allowedListOrNone }) => allowedListOrNone(EXPORTS.join(', ')));
    }
    return known;
  });
}

export function modeList(text: string): string[] {
  const modes = text.split(',').map((mode) => mode.trim());
  const unknown = modes.find((mode) => !MODES.includes(mode));
  if (unknown !== undefined) {
    throw refuse(({ modeMissing, modeUnknown, allowedList }) => {
      const fault = unknown === '' ? modeMissing : modeUnknown(JSON.stringify(unknown));
      return `${fault}: ${allowedList(MODES.join(', '))}`;
    });
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
  throw refuse(({ between }) => between(String(least), String(greatest), unit));
}

/** As in a study. */
const GREATEST_MINUTES = 240;

export function minuteList(text: string): number[] {
  const minutes = text.split(',').map((part) => positiveNumber(part));
  if (minutes.some((each) => each > GREATEST_MINUTES)) {
    throw refuse(({ atMostMinutes }) => atMostMinutes(String(GREATEST_MINUTES)));
  }
  return [...new Set(minutes)].sort((a, b) => a - b);
}

/** `95`, `99,5` or `95%`. A share is refused, since 0.8 would let every result pass; `1%` says one per cent. */
export function percentage(text: string): number {
  const [, number = '', sign] = /^\s*([^%\s]+)\s*(%?)\s*$/.exec(text) ?? [];
  const value = decimal(number);
  if (number === '' || !(value >= 0 && value <= 100)) {
    throw refuse(({ percentage: expected }) => expected);
  }
  if (sign === '' && value > 0 && value <= 1) {
    const meant = Math.round(value * 1e8) / 1e6;
    throw refuse(({ percentageMeant }) => percentageMeant(String(meant), number));
  }
  return value;
}

export function position(text: string): { lon: number; lat: number } {
  const parts = text.split(/[,;\s]+/).map(Number);
  const [lon, lat] = parts;
  if (parts.length !== 2 || !isOnEarth(lon!, lat!)) {
    throw refuse(({ position: expected }) => expected);
  }
  return { lon: lon!, lat: lat! };
}
