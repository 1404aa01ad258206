/** Parsers of option values: each refuses what it cannot use, naming the option, the value and what is allowed. */
import { InvalidArgumentError } from 'commander';
import { STREET_MODES, type StreetMode } from '../common/units.ts';
import { isOnEarth } from '../read/positions.ts';

export function positiveNumber(text: string): number {
  const value = Number(text.replace(',', '.'));
  if (text.trim() === '' || !(value > 0) || !Number.isFinite(value)) {
    throw new InvalidArgumentError('A number greater than 0 is expected.');
  }
  return value;
}

export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text.trim())) throw new InvalidArgumentError('A whole number, 0 or more, is expected.');
  return Number(text);
}

export function positiveWholeNumber(text: string): number {
  const value = wholeNumber(text);
  if (value === 0) throw new InvalidArgumentError('A whole number, 1 or more, is expected.');
  return value;
}

export function streetMode(text: string): StreetMode {
  const mode = STREET_MODES.find((known) => known === text);
  if (mode === undefined) throw new InvalidArgumentError(`Allowed are ${STREET_MODES.join(', ')}.`);
  return mode;
}

export function modeList(text: string): string[] {
  const modes = text.split(',').map((mode) => mode.trim());
  if (modes.some((mode) => mode === ''))
    throw new InvalidArgumentError('Separate modes with commas: car,walk.');
  return modes;
}

export function minuteList(text: string): number[] {
  const minutes = text.split(',').map((part) => positiveNumber(part));
  return [...new Set(minutes)].sort((a, b) => a - b);
}

export function percentage(text: string): number {
  const value = Number(text.replace(',', '.'));
  if (text.trim() === '' || !(value >= 0 && value <= 100)) {
    throw new InvalidArgumentError('A percentage from 0 to 100 is expected.');
  }
  return value;
}

export function position(text: string): { lon: number; lat: number } {
  const parts = text.split(/[,;\s]+/).map(Number);
  const [lon, lat] = parts;
  if (parts.length !== 2 || !isOnEarth(lon!, lat!)) {
    throw new InvalidArgumentError('LON,LAT in degrees is expected, such as 2.09,48.90.');
  }
  return { lon: lon!, lat: lat! };
}
