/**
 * Values of GTFS fields: times of day, numbers, ids. Times and whole numbers are parsed from bytes, since
 * stop_times.txt has millions of them; ids are interned by their bytes.
 */
import type { CsvRecords } from './csv-records.ts';

/** Marks a blank time or number. */
export const BLANK = -1;
/** Marks a value that is no time or number. */
export const INVALID = -2;

const ZERO = 48;
const COLON = 58;
const SPACE = 32;
const COMMA = 44;
const POINT = 46;

/** Whole numbers of more digits are none that GTFS knows. */
const MAX_DIGITS = 9;

/**
 * Seconds of `H:MM:SS`, `HH:MM:SS` or `HHH:MM:SS` (also `HH:MM`, seen in published feeds); BLANK or INVALID.
 * Hours may exceed 24; blanks round the value are allowed.
 */
export function parseTime(bytes: Uint8Array, start: number, end: number): number {
  if (end <= start) return BLANK;
  if (end - start === 8) {
    const usual = parseUsualTime(bytes, start);
    if (usual >= 0) return usual;
  }
  let p = start;
  let stop = end;
  while (p < stop && bytes[p]! <= SPACE) p++;
  while (stop > p && bytes[stop - 1]! <= SPACE) stop--;
  if (p >= stop) return BLANK;
  let total = 0;
  let value = 0;
  let digits = 0;
  let parts = 0;
  for (; p < stop; p++) {
    const byte = bytes[p]!;
    if (byte === COLON) {
      if (digits === 0 || parts === 2 || (parts === 1 && (digits !== 2 || value > 59))) return INVALID;
      total = total * 60 + value;
      value = 0;
      digits = 0;
      parts++;
      continue;
    }
    const digit = byte - ZERO;
    if (digit < 0 || digit > 9 || digits === 3) return INVALID;
    value = value * 10 + digit;
    digits++;
  }
  if (parts === 0 || digits !== 2 || value > 59) return INVALID;
  total = total * 60 + value;
  return parts === 2 ? total : total * 60;
}

/** Seconds of `HH:MM:SS`, as nearly all times are; INVALID where the eight bytes are anything else. */
function parseUsualTime(bytes: Uint8Array, start: number): number {
  const hours = twoDigits(bytes, start);
  const minutes = twoDigits(bytes, start + 3);
  const seconds = twoDigits(bytes, start + 6);
  if (bytes[start + 2] !== COLON || bytes[start + 5] !== COLON) return INVALID;
  if (hours < 0 || minutes < 0 || seconds < 0 || minutes > 59 || seconds > 59) return INVALID;
  return (hours * 60 + minutes) * 60 + seconds;
}

function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - ZERO;
  const ones = bytes[at + 1]! - ZERO;
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? INVALID : 10 * tens + ones;
}

/**
 * A whole number >= 0; BLANK or INVALID. Programs that hold columns with blanks as decimals write `1.0`, so a
 * fraction of nothing but zeros, behind a point or a comma, is allowed.
 */
export function parseWhole(bytes: Uint8Array, start: number, end: number): number {
  let p = start;
  let stop = end;
  while (p < stop && bytes[p]! <= SPACE) p++;
  while (stop > p && bytes[stop - 1]! <= SPACE) stop--;
  if (p >= stop) return BLANK;
  const first = p;
  let value = 0;
  for (; p < stop; p++) {
    const digit = bytes[p]! - ZERO;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  if (p === first || p - first > MAX_DIGITS) return INVALID;
  return p === stop || isZeroFraction(bytes, p, stop) ? value : INVALID;
}

/** A point or comma, and zeros or nothing behind it. */
function isZeroFraction(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start] !== POINT && bytes[start] !== COMMA) return false;
  for (let p = start + 1; p < end; p++) if (bytes[p] !== ZERO) return false;
  return true;
}

/** `20261006.0` -> `20261006`: a whole number as text, without a fraction of nothing but zeros. */
export function withoutZeroFraction(text: string): string {
  return text.replace(/^(\d+)[.,]0*$/, '$1');
}

/**
 * Position of an id in the table that it names. Where no id is written so, the same whole number counts: a
 * program that holds a column with blanks as decimals writes the station `12` as `12.0`. Two ids of one table
 * that differ in this alone stay two.
 */
export function findById<T>(valueOfId: ReadonlyMap<string, T>, id: string): T | undefined {
  const exact = valueOfId.get(id);
  if (exact !== undefined) return exact;
  const whole = withoutZeroFraction(id);
  if (whole !== id) return valueOfId.get(whole);
  return /^\d+$/.test(id) ? valueOfId.get(`${id}.0`) : undefined;
}

/** A decimal number with point or comma; NaN where blank or not a number. */
export function parseDecimal(text: string): number {
  return /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i.test(text)
    ? Number(text.replace(',', '.'))
    : Number.NaN;
}

/** Time in a field of the current record. */
export function timeOf(records: CsvRecords, field: number): number {
  if (records.isBlank(field)) return BLANK;
  return parseTime(records.bytes, records.fieldStarts[field]!, records.fieldEnds[field]!);
}

/** Whole number in a field of the current record. */
export function wholeOf(records: CsvRecords, field: number): number {
  if (records.isBlank(field)) return BLANK;
  return parseWhole(records.bytes, records.fieldStarts[field]!, records.fieldEnds[field]!);
}

/**
 * Resolves ids in one table to positions by their bytes, so that each distinct id becomes a string once.
 * Open addressing; the keys are slices of the table itself.
 */
export class IdResolver {
  /** slot -> start and end of the first occurrence; end 0 = free. */
  private starts: Uint32Array;
  private ends: Uint32Array;
  private values: Int32Array;
  /** slot -> the slot that was asked for after it the last time: trips of a line serve the same stops in turn. */
  private followers: Uint32Array;
  private last = 0;
  private mask: number;
  private used = 0;

  /** `indexOfId` gives the position of an id; unknown ids resolve to -1. */
  constructor(
    private readonly records: CsvRecords,
    private readonly indexOfId: ReadonlyMap<string, number>,
  ) {
    let capacity = 1024;
    while (capacity < 2 * indexOfId.size) capacity *= 2;
    this.starts = new Uint32Array(capacity);
    this.ends = new Uint32Array(capacity);
    this.values = new Int32Array(capacity);
    this.followers = new Uint32Array(capacity);
    this.mask = capacity - 1;
  }

  resolve(start: number, end: number): number {
    const { followers, last } = this;
    let slot = followers[last]!;
    if (!this.isAt(slot, start, end)) {
      slot = this.find(start, end);
      followers[last] = slot;
      if (this.ends[slot] === 0) return this.insert(slot, start, end);
    }
    this.last = slot;
    return this.values[slot]!;
  }

  /** The slot of an id, or that where it belongs. */
  private find(start: number, end: number): number {
    const { ends, mask } = this;
    let slot = hashOfBytes(this.records.bytes, start, end) & mask;
    while (ends[slot] !== 0 && !this.isAt(slot, start, end)) slot = (slot + 1) & mask;
    return slot;
  }

  private isAt(slot: number, start: number, end: number): boolean {
    const from = this.starts[slot]!;
    const to = this.ends[slot]!;
    return to !== 0 && to - from === end - start && sameBytes(this.records.bytes, from, start, end - start);
  }

  private insert(slot: number, start: number, end: number): number {
    const id = this.records.slice(start, end).trim();
    const value = findById(this.indexOfId, id) ?? this.indexOfId.get(id.replaceAll('""', '"')) ?? -1;
    this.starts[slot] = start;
    this.ends[slot] = end;
    this.values[slot] = value;
    this.last = slot;
    if (++this.used * 2 > this.mask) this.grow();
    return value;
  }

  private grow(): void {
    const { starts, ends, values } = this;
    const capacity = 2 * starts.length;
    this.mask = capacity - 1;
    this.starts = new Uint32Array(capacity);
    this.ends = new Uint32Array(capacity);
    this.values = new Int32Array(capacity);
    this.followers = new Uint32Array(capacity);
    this.last = 0;
    for (let i = 0; i < starts.length; i++) {
      if (ends[i] === 0) continue;
      let slot = hashOfBytes(this.records.bytes, starts[i]!, ends[i]!) & this.mask;
      while (this.ends[slot] !== 0) slot = (slot + 1) & this.mask;
      this.starts[slot] = starts[i]!;
      this.ends[slot] = ends[i]!;
      this.values[slot] = values[i]!;
    }
  }
}

/**
 * FNV-1a over groups of four bytes (a multiplication per byte takes twice as long), its high bits folded in
 * since the table is masked by low bits.
 */
function hashOfBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5 ^ (end - start);
  let i = start;
  for (; i + 4 <= end; i += 4) {
    const group = bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    hash = Math.imul(hash ^ group, 0x01000193);
    hash ^= hash >>> 13;
  }
  for (; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

export function sameBytes(bytes: Uint8Array, a: number, b: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (bytes[a + i] !== bytes[b + i]) return false;
  return true;
}
