/**
 * Tokens of opening hours -> the things said, in order: days, times, periods of the year, closures, appointments.
 * A sequence that could be meant in two ways (`9h12h14h`, `lundi-mardi-jeudi`) makes the whole text unread.
 */
import type { Range } from './day-ranges.ts';
import {
  type CalendarDay,
  DAYS_OF_MONTH,
  EARLIEST_DAY,
  LATEST_DAY,
  showPeriod,
} from './french-hours-periods.ts';
import type { Token } from './french-hours-tokens.ts';

/** Days of the week (0 = Monday), public holidays, and such days as the first Tuesday of the month. */
export interface NamedDays {
  days: ReadonlySet<number>;
  holidays: boolean;
  /** Weekday -> which of the month, -1 = the last. */
  ofMonth: ReadonlyMap<number, readonly number[]>;
}

export type Item =
  | { kind: 'days'; named: NamedDays }
  | { kind: 'times'; ranges: Range[] }
  /** In OSM's syntax: `Jun-Sep`, `week 2-52/2`, `SH`, '' for the rest of the year. */
  | { kind: 'scope'; selector: string; isAfterBreak: boolean; isBeforeColon: boolean }
  /** All days but school holidays. */
  | { kind: 'school-term'; isAfterBreak: boolean }
  | { kind: 'closed'; isForGood: boolean }
  | { kind: 'except' }
  /** A part of the day on which nobody is received. */
  | { kind: 'pause'; range: Range; isAfterBreak: boolean }
  | { kind: 'part-of-day'; isAfternoon: boolean }
  | { kind: 'appointment'; isWith: boolean; isWithout: boolean };

const MINUTES_PER_DAY = 1440;
const DAYS_PER_WEEK = 7;

/** Undefined where the tokens make no sense, or more than one. */
export function readItems(tokens: readonly Token[]): Item[] | undefined {
  return new ItemReader(tokens).read();
}

class ItemReader {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  read(): Item[] | undefined {
    const items: Item[] = [];
    let isAfterBreak = true;
    while (this.at < this.tokens.length) {
      const token = this.tokens[this.at]!;
      if (['break', 'comma', 'and', 'slash', 'colon', 'dash'].includes(token.kind)) {
        if (token.kind === 'break') isAfterBreak = true;
        this.at++;
        continue;
      }
      const start = this.at;
      let item = this.readLimit(items.at(-1), isAfterBreak) ?? this.readOne(token, isAfterBreak);
      if (item?.kind === 'days' && items.at(-1)?.kind === 'closed') item = this.endAtComma(item, start);
      if (item === undefined) return undefined;
      isAfterBreak = false;
      const last = items.at(-1);
      if (item.kind === 'times' && last?.kind === 'times') last.ranges.push(...item.ranges);
      else items.push(item);
    }
    return items;
  }

  private readOne(token: Token, isAfterBreak: boolean): Item | undefined {
    const selector = this.readScope();
    if (selector !== undefined) {
      return { kind: 'scope', selector, isAfterBreak, isBeforeColon: this.tokens[this.at]?.kind === 'colon' };
    }
    switch (token.kind) {
      case 'day':
      case 'ordinal':
      case 'holidays': {
        const named = this.readDays();
        return named && { kind: 'days', named };
      }
      case 'time':
      case 'number':
      case 'between':
      case 'all-day': {
        const ranges = this.readTimes();
        return ranges && { kind: 'times', ranges };
      }
      case 'closed':
      case 'appointment':
        this.at++;
        return token;
      case 'school-term':
        this.at++;
        return { kind: 'school-term', isAfterBreak };
      case 'except':
        this.at++;
        return { kind: 'except' };
      case 'pause': {
        this.at++;
        if (this.peek('colon')) this.at++;
        const ranges = this.readTimes();
        return ranges?.length === 1 ? { kind: 'pause', range: ranges[0]!, isAfterBreak } : undefined;
      }
      case 'part-of-day':
        this.at++;
        return { kind: 'part-of-day', isAfternoon: token.isAfternoon };
      default:
        return undefined;
    }
  }

  /** `fermé samedi et dimanche, lundi-vendredi 9h-17h`: what is closed has no times, so what follows has them. */
  private endAtComma(all: Item, start: number): Item {
    const end = this.at;
    const commas = this.tokens.slice(start, end).filter(({ kind }) => kind === 'comma').length;
    const isBeforeTimes = this.peek('colon') || this.isTimeAt(0);
    if (commas === 1 && isBeforeTimes) {
      for (let partCount = 1; ; partCount++) {
        this.at = start;
        const named = this.readDays(partCount);
        if (named === undefined || this.at >= end) break;
        if (!this.peek('comma')) continue;
        const comma = this.at++;
        const isLastPart = this.readDays(1) !== undefined && this.at === end;
        if (!isLastPart) break;
        this.at = comma;
        return { kind: 'days', named };
      }
    }
    this.at = end;
    return all;
  }

  /** `fermé jusqu'au 31 août 2026`, `fermé depuis le 3 mars 2025`; without its year such a day may be any. */
  private readLimit(before: Item | undefined, isAfterBreak: boolean): Item | undefined {
    const isUntil = this.peek('to');
    if (before?.kind !== 'closed' || !(isUntil || this.peek('since'))) return undefined;
    const start = this.at;
    this.at++;
    const day = this.readCalendarDay();
    if (day?.day === undefined || day.year === undefined) {
      this.at = start;
      return undefined;
    }
    const selector = isUntil
      ? showPeriod(EARLIEST_DAY, { ...day, year: day.year })
      : showPeriod({ ...day, year: day.year }, LATEST_DAY);
    if (selector === undefined) return undefined;
    return { kind: 'scope', selector, isAfterBreak, isBeforeColon: false };
  }

  private peek(kind: Token['kind'], ahead = 0): boolean {
    return this.tokens[this.at + ahead]?.kind === kind;
  }

  /** `juin`, `juin à septembre`, `1er juillet au 31 août`, `semaines paires`, `reste de l'année`. */
  private readScope(): string | undefined {
    const token = this.tokens[this.at]!;
    if (token.kind === 'weeks') {
      this.at++;
      return token.isEven ? 'week 2-52/2' : 'week 1-53/2';
    }
    if (token.kind === 'school-holidays') {
      this.at++;
      return 'SH';
    }
    if (token.kind === 'rest') {
      this.at++;
      return '';
    }
    const parts: string[] = [];
    let end = this.at;
    for (let next = this.readPeriod(); next !== undefined; next = this.readPeriod()) {
      parts.push(next);
      end = this.at;
      if (!this.peek('comma') && !this.peek('and') && !this.peek('slash')) break;
      this.at++;
    }
    this.at = end;
    return parts.length === 0 ? undefined : parts.join(',');
  }

  /** Leaves the place as it was where no period stands there. */
  private readPeriod(): string | undefined {
    const feast = this.tokens[this.at];
    if (feast?.kind === 'feast') {
      this.at++;
      return feast.selector;
    }
    const start = this.at;
    const between = this.peek('between') ? 1 : 0;
    this.at += between;
    const first = this.readCalendarDay();
    const isRange = (ahead = 0) =>
      this.peek('to', ahead) || this.peek('dash', ahead) || (between === 1 && this.peek('and', ahead));
    if (first === undefined) {
      // `15 au 31 juillet`: the month stands once.
      const token = this.tokens[this.at];
      const day = token?.kind === 'number' || token?.kind === 'ordinal' ? token.value : undefined;
      if (day !== undefined && isRange(1)) {
        this.at += 2;
        const last = this.readCalendarDay();
        if (last?.day !== undefined && last.day > day && day >= 1) {
          return showPeriod({ ...last, day }, last);
        }
      }
      this.at = start;
      return undefined;
    }
    if (isRange()) {
      const back = this.at;
      this.at++;
      const last = this.readCalendarDay();
      if (last !== undefined) return showPeriod(first, last);
      this.at = back;
    }
    return showPeriod(first, first);
  }

  private readCalendarDay(): CalendarDay | undefined {
    const [token, next] = [this.tokens[this.at], this.tokens[this.at + 1]];
    if (token?.kind === 'date') {
      this.at++;
      return token;
    }
    if (token?.kind === 'month') {
      this.at++;
      return { day: undefined, month: token.month, year: this.readYear() };
    }
    if ((token?.kind === 'number' || token?.kind === 'ordinal') && next?.kind === 'month') {
      const day = token.value;
      if (day < 1 || day > DAYS_OF_MONTH[next.month - 1]!) return undefined;
      this.at += 2;
      return { day, month: next.month, year: this.readYear() };
    }
    return undefined;
  }

  private readYear(): number | undefined {
    const token = this.tokens[this.at];
    if (token?.kind !== 'year') return undefined;
    this.at++;
    return token.year;
  }

  /** `lundi, mardi et jeudi`, `lundi au vendredi`, `L Ma Me`, `1er et 3e mardi du mois`. */
  private readDays(mostParts = Number.POSITIVE_INFINITY): NamedDays | undefined {
    const days = new Set<number>();
    const ofMonth = new Map<number, readonly number[]>();
    let holidays = false;
    for (let part = 1; ; part++) {
      if (this.peek('holidays')) {
        holidays = true;
        this.at++;
      } else if (this.peek('ordinal')) {
        const named = this.readDayOfMonth();
        if (named === undefined) return undefined;
        ofMonth.set(named.day, [...(ofMonth.get(named.day) ?? []), ...named.which]);
      } else {
        const read = this.readDayRange();
        // `1er mardi et jeudi` may mean the first Thursday, or all of them.
        if (read === undefined || ofMonth.size > 0) return undefined;
        for (const day of read) days.add(day);
      }
      const isListed = this.peek('comma') || this.peek('and') || this.peek('slash');
      const ahead = isListed ? (this.peek('and', 1) ? 2 : 1) : 0;
      if (part >= mostParts || !this.isDayAt(ahead)) break;
      this.at += ahead;
    }
    return { days, holidays, ofMonth };
  }

  private isDayAt(ahead: number): boolean {
    if (this.peek('day', ahead) || this.peek('holidays', ahead)) return true;
    // `1er juillet` is a day of the year.
    return this.peek('ordinal', ahead) && !this.peek('month', ahead + 1);
  }

  private readDayRange(): readonly number[] | undefined {
    const token = this.tokens[this.at];
    if (token?.kind !== 'day') return undefined;
    this.at++;
    const last = this.tokens[this.at + 1];
    if (!(this.peek('dash') || this.peek('to')) || last?.kind !== 'day') return token.days;
    if (token.days.length !== 1 || last.days.length !== 1) return undefined;
    if (this.peek('dash') && this.peek('dash', 2) && this.peek('day', 3))
      return this.readDashedList(token.days[0]!);
    this.at += 2;
    const [from, to] = [token.days[0]!, last.days[0]!];
    const count = ((to - from + DAYS_PER_WEEK) % DAYS_PER_WEEK) + 1;
    return Array.from({ length: count }, (_, i) => (from + i) % DAYS_PER_WEEK);
  }

  /** `lu-ma-je-ve`: of three days or more the dashes make a list. */
  private readDashedList(first: number): number[] | undefined {
    const days = [first];
    while (this.peek('dash') && this.peek('day', 1)) {
      const token = this.tokens[this.at + 1];
      if (token?.kind !== 'day' || token.days.length !== 1) return undefined;
      days.push(token.days[0]!);
      this.at += 2;
    }
    return days;
  }

  private readDayOfMonth(): { day: number; which: number[] } | undefined {
    const which: number[] = [];
    for (;;) {
      const token = this.tokens[this.at];
      if (token?.kind !== 'ordinal') return undefined;
      which.push(token.value);
      this.at++;
      if (!(this.peek('comma') || this.peek('and') || this.peek('slash') || this.peek('dash'))) break;
      this.at++;
    }
    const token = this.tokens[this.at];
    if (token?.kind !== 'day' || token.days.length !== 1) return undefined;
    this.at++;
    if (this.peek('to') || this.peek('dash')) return undefined;
    if (this.peek('of-month')) this.at++;
    return { day: token.days[0]!, which };
  }

  /** `9h-12h et 14h-17h`, `9h à 12h`, `9-12h`, `9h/12h - 14h/17h`, `24h/24`. */
  private readTimes(): Range[] | undefined {
    if (this.peek('all-day')) {
      this.at++;
      return [{ from: 0, to: MINUTES_PER_DAY }];
    }
    const times: number[] = [];
    const signs: string[] = [];
    let isBetween = false;
    for (;;) {
      if (this.peek('between')) {
        isBetween = true;
        this.at++;
      }
      const minutes = this.readTime();
      if (minutes === undefined) return undefined;
      times.push(minutes);
      const sign = this.tokens[this.at]?.kind ?? '';
      const isSign = ['dash', 'to', 'and', 'comma', 'slash', 'break'].includes(sign);
      // `9h-12h, et 14h-17h`
      const ahead = isSign ? (sign === 'comma' && this.peek('and', 1) ? 2 : 1) : 0;
      const isNextBetween = this.peek('between', ahead);
      if (!this.isTimeAt(ahead + (isNextBetween ? 1 : 0))) break;
      signs.push(!isSign ? 'blank' : sign === 'and' && isBetween && times.length % 2 === 1 ? 'to' : sign);
      this.at += ahead;
    }
    return pairUp(times, signs);
  }

  /** A time, or a bare figure that is no day of the year. */
  private isTimeAt(ahead: number): boolean {
    if (this.peek('time', ahead)) return true;
    if (!this.peek('number', ahead) || this.peek('month', ahead + 1)) return false;
    const isDateRange = this.peek('number', ahead + 2) && this.peek('month', ahead + 3);
    return !isDateRange;
  }

  private readTime(): number | undefined {
    const token = this.tokens[this.at];
    if (token?.kind === 'time') {
      this.at++;
      return token.minutes;
    }
    if (token?.kind !== 'number' || token.value > 24) return undefined;
    this.at++;
    return token.value * 60;
  }
}

/** Times two by two; undefined where the signs between them do not tell which belong together. */
function pairUp(times: readonly number[], signs: readonly string[]): Range[] | undefined {
  if (times.length % 2 === 1) return undefined;
  const within = signs.filter((_, i) => i % 2 === 0);
  const beside = signs.filter((_, i) => i % 2 === 1);
  const ascends = times.every((time, i) => i === 0 || time > times[i - 1]!);
  const isPlain = within.every((sign) => sign === 'dash' || sign === 'to');
  const isSlashed = within.every((sign) => sign === 'slash') && beside.every((sign) => sign !== 'slash');
  const isTold = beside.every((sign) => ['and', 'comma', 'slash', 'blank', 'break'].includes(sign));
  if (!(isPlain && (isTold || ascends)) && !(isSlashed && ascends)) return undefined;
  const ranges: Range[] = [];
  for (let i = 0; i < times.length; i += 2) {
    const [from, to] = [times[i] === MINUTES_PER_DAY ? 0 : times[i]!, times[i + 1]!];
    if (to <= from) return undefined;
    ranges.push({ from, to });
  }
  return ranges;
}
