/**
 * Opening hours as people write them in French (`du lundi au vendredi 9h-12h / 14h-17h, fermé le mercredi
 * après-midi`) -> OSM's `opening_hours`. All of a text is understood, or nothing of it: a word that is not known,
 * a time without its other end, or two ways to read it leave it unread, so that no structure is open or closed by
 * half a sentence. Days without times, and `sur rendez-vous` alone, become `unknown`: open, at hours not said.
 * Syntax: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
 */
import { formatTime, type Range } from './day-ranges.ts';
import { hasUnclearTerm, takeBreaks, takeClosures } from './french-hours-closures.ts';
import { type Item, type NamedDays, readItems } from './french-hours-items.ts';
import { readTokens } from './french-hours-tokens.ts';
import { formatWeek, OSM_DAYS } from './opening-hours.ts';

export interface FrenchHours {
  /** OSM syntax; undefined where the text says only that one comes by appointment. */
  osm: string | undefined;
  /** What the text says of appointments. */
  avecRdv: boolean;
  sansRdv: boolean;
}

/** Undefined where any part of the text is not understood. */
export function readFrenchHours(text: string): FrenchHours | undefined {
  const tokens = readTokens(text);
  const said = tokens && readItems(tokens);
  const items = said && takeBreaks(said);
  if (items === undefined || items.length === 0) return undefined;
  const appointments = items.filter((item) => item.kind === 'appointment');
  const avecRdv = appointments.some(({ isWith }) => isWith);
  const sansRdv = appointments.some(({ isWithout }) => isWithout);
  if (appointments.length === items.length) return { osm: undefined, avecRdv, sansRdv };
  const osm = readRules(items);
  return osm === undefined ? undefined : { osm, avecRdv, sansRdv };
}

/** What holds in one part of the year; the selector is '' for all of it, or for the rest. */
interface Section {
  selector: string;
  items: Item[];
}

const ALL_DAYS = [0, 1, 2, 3, 4, 5, 6];
const NOON = 720;

function readRules(all: readonly Item[]): string | undefined {
  const closed = all.find((item) => item.kind === 'closed' && item.isForGood);
  if (closed !== undefined) return all.length === 1 ? 'off' : undefined;
  const { items, closures } = takeClosures(all);
  if (hasUnclearTerm(all)) return undefined;
  if (items.length === 0) return [`${formatWeek(ALL_DAYS.map(() => 'unknown'))}`, ...closures].join('; ');
  const sections = splitSections(items);
  if (sections === undefined) return undefined;
  const rules: string[] = [];
  const sorted = [...sections].sort((a, b) => Number(a.selector !== '') - Number(b.selector !== ''));
  if (new Set(sorted.map(({ selector }) => selector)).size < sorted.length) return undefined;
  let usualDays: ReadonlySet<number> | undefined;
  for (const [position, { selector, items: said }] of sorted.entries()) {
    const week = readSection(said, usualDays);
    if (week === undefined) return undefined;
    const own = week.rules;
    if (position === 0 && selector === '') usualDays = week.openDays;
    // What holds the rest of the year does not hold here, on the days that this part leaves out either.
    if (position > 0 && selector !== '' && sorted[0]!.selector === '') rules.push(`${selector} off`);
    rules.push(...own.map((rule) => (selector === '' ? rule : `${selector} ${rule}`)));
  }
  return [...rules, ...closures].join('; ');
}

/**
 * The parts of the year, each before what it holds for; one alone may stand after it. Undefined where a part may
 * belong to what stands before it or to what follows.
 */
function splitSections(items: readonly Item[]): Section[] | undefined {
  const scopes = items.filter((item) => item.kind === 'scope');
  if (scopes.length === 0) return [{ selector: '', items: [...items] }];
  const rest = items.filter((item) => item.kind !== 'scope');
  const groupCount = rest.filter(({ kind }) => kind === 'days').length;
  if (scopes.length === 1 && items[0]!.kind !== 'scope') {
    const isPrefix = scopes[0]!.isAfterBreak || scopes[0]!.isBeforeColon;
    const isLast = items.at(-1)!.kind === 'scope';
    if (groupCount <= 1 && (isLast || !isPrefix)) return [{ selector: scopes[0]!.selector, items: rest }];
    if (isLast) return undefined;
  }
  const sections: Section[] = items[0]!.kind === 'scope' ? [] : [{ selector: '', items: [] }];
  const startsWithScope = items[0]!.kind === 'scope';
  for (const item of items) {
    if (item.kind === 'scope') {
      if (!startsWithScope && !item.isAfterBreak && !item.isBeforeColon) return undefined;
      sections.push({ selector: item.selector, items: [] });
    } else sections.at(-1)!.items.push(item);
  }
  const isEmpty = sections.some(({ items: said }) => said.length === 0);
  return isEmpty && sections.length > 1 ? undefined : sections;
}

/** OSM rules of one part of the year. */
function readSection(
  items: readonly Item[],
  usualDays: ReadonlySet<number> | undefined,
): { rules: string[]; openDays: ReadonlySet<number> | undefined } | undefined {
  if (items.every(({ kind }) => kind === 'appointment')) return { rules: ['unknown'], openDays: undefined };
  if (items.length === 1 && items[0]!.kind === 'closed') return { rules: ['off'], openDays: undefined };
  const builder = new WeekBuilder(usualDays);
  return builder.readAll(items) ? { rules: builder.format(), openDays: builder.openDays() } : undefined;
}

const TOLD = 'unknown';

/** One week, filled clause by clause. */
class WeekBuilder {
  private readonly rangesOfDay = new Map<number, Range[] | 'off' | typeof TOLD>();
  private holidays: Range[] | 'off' | undefined;
  /** Rules of such days as `Tu[1,3]`. */
  private readonly ofMonth: string[] = [];
  private readonly weekdaysOfMonth = new Set<number>();
  private hasTimes = false;
  private hasDaysOnly = false;
  private namesDays = false;

  /** @param usualDays those of the rest of the year, for times that name no day */
  constructor(private readonly usualDays: ReadonlySet<number> | undefined) {}

  /** Undefined where no day is named. */
  openDays(): ReadonlySet<number> | undefined {
    if (!this.namesDays) return undefined;
    return new Set([...this.rangesOfDay].filter(([, ranges]) => ranges !== 'off').map(([day]) => day));
  }

  /** False where the clauses do not tell one meaning. */
  readAll(items: readonly Item[]): boolean {
    const said = joinTimes(items.filter((_, at) => !saysNothingMore(items, at)));
    const firstDays = said.findIndex(({ kind }) => kind === 'days');
    const firstTimes = said.findIndex(({ kind }) => kind === 'times');
    const isExcepted = firstDays > 0 && ['closed', 'except'].includes(said[firstDays - 1]!.kind);
    const isReversed = firstTimes >= 0 && firstDays > firstTimes && !isExcepted;
    const isRead = isReversed ? this.readTimesFirst(said) : this.readDaysFirst(said);
    return isRead && !(this.hasTimes && this.hasDaysOnly);
  }

  /** `lundi 9h-12h, mardi fermé, du jeudi au samedi sauf vendredi 9h-12h`. */
  private readDaysFirst(said: readonly Item[]): boolean {
    let pending: NamedDays | undefined;
    const settle = (): boolean => {
      const days = pending;
      pending = undefined;
      return days === undefined || this.addUnknown(days);
    };
    for (let at = 0; at < said.length; at++) {
      const [item, next, after] = [said[at]!, said[at + 1], said[at + 2]];
      switch (item.kind) {
        case 'days':
          if (pending !== undefined && !settle()) return false;
          pending = item.named;
          break;
        case 'times':
          if (pending === undefined && (this.namesDays || this.rangesOfDay.size > 0)) return false;
          if (!this.addTimes(pending, item.ranges, false)) return false;
          pending = undefined;
          break;
        case 'closed':
        case 'except': {
          const isOfBefore =
            item.kind === 'closed' &&
            pending !== undefined &&
            !(next?.kind === 'days' && after?.kind !== 'times' && after?.kind !== 'closed');
          if (isOfBefore) {
            if (!this.close(pending!)) return false;
            pending = undefined;
            break;
          }
          if (next?.kind !== 'days') return false;
          at++;
          if (after?.kind === 'part-of-day') {
            at++;
            if (!settle() || !this.closePart(next.named, after.isAfternoon)) return false;
            break;
          }
          if (after?.kind === 'times' && item.kind === 'except' && pending === undefined) {
            at++;
            if (!this.addTimes(next.named, after.ranges, true)) return false;
            break;
          }
          if (pending !== undefined && item.kind === 'except') {
            if (next.named.holidays) this.holidays = 'off';
            pending = without(pending, next.named);
            if (pending === undefined) return false;
          } else if (!settle() || !this.close(next.named)) return false;
          // `sauf mercredi (fermé)` says it twice.
          if (item.kind === 'except' && said[at + 1]?.kind === 'closed') at++;
          break;
        }
        case 'appointment':
          if (pending !== undefined && next?.kind !== 'times') {
            if (!this.addByAppointment(pending)) return false;
            pending = undefined;
          }
          break;
        default:
          return false;
      }
    }
    return settle();
  }

  /** `9h-12h du lundi au jeudi, 9h-11h le vendredi, fermé le samedi`. */
  private readTimesFirst(said: readonly Item[]): boolean {
    let pending: Range[] | undefined;
    for (let at = 0; at < said.length; at++) {
      const [item, next] = [said[at]!, said[at + 1]];
      if (item.kind === 'times') {
        if (pending !== undefined) return false;
        pending = item.ranges;
      } else if (item.kind === 'days') {
        if (pending === undefined || !this.addTimes(item.named, pending, false)) return false;
        pending = undefined;
      } else if ((item.kind === 'closed' || item.kind === 'except') && next?.kind === 'days') {
        if (pending !== undefined) return false;
        at++;
        const after = said[at + 1];
        if (after?.kind === 'part-of-day') {
          at++;
          if (!this.closePart(next.named, after.isAfternoon)) return false;
        } else if (after?.kind === 'times' || !this.close(next.named)) return false;
      } else if (item.kind !== 'appointment') return false;
    }
    return pending === undefined;
  }

  /** @param named undefined: on all days */
  private addTimes(named: NamedDays | undefined, ranges: readonly Range[], isInPlace: boolean): boolean {
    this.hasTimes = true;
    if (named !== undefined || this.usualDays !== undefined) this.namesDays = true;
    const { days, holidays, ofMonth } = named ?? {
      days: this.usualDays ?? ALL_DAYS,
      holidays: false,
      ofMonth: [],
    };
    for (const day of days) {
      const before = isInPlace ? undefined : this.rangesOfDay.get(day);
      if (before === 'off' || before === TOLD || this.weekdaysOfMonth.has(day)) return false;
      const joined = joinRanges(before ?? [], ranges);
      if (joined === undefined) return false;
      this.rangesOfDay.set(day, joined);
    }
    if (holidays) {
      if (this.holidays !== undefined) return false;
      this.holidays = [...ranges];
    }
    const own = joinRanges([], ranges);
    if (own === undefined) return false;
    return this.addOfMonth(ofMonth, showRanges(own));
  }

  private addOfMonth(ofMonth: Iterable<readonly [number, readonly number[]]>, hours: string): boolean {
    const days = [...ofMonth];
    for (const [day] of days) {
      if (hours !== 'off' && (this.rangesOfDay.has(day) || this.weekdaysOfMonth.has(day))) return false;
      this.weekdaysOfMonth.add(day);
    }
    const names = days.map(([day, which]) => `${OSM_DAYS[day]}[${which.join(',')}]`);
    if (names.length > 0) this.ofMonth.push(`${names.join(',')} ${hours}`);
    return true;
  }

  private addUnknown(named: NamedDays): boolean {
    this.hasDaysOnly = true;
    return this.tell(named);
  }

  private addByAppointment(named: NamedDays): boolean {
    return this.tell(named);
  }

  private tell({ days, holidays, ofMonth }: NamedDays): boolean {
    this.namesDays = true;
    if (holidays) return false;
    for (const day of days) {
      if (this.rangesOfDay.has(day)) return false;
      this.rangesOfDay.set(day, TOLD);
    }
    return this.addOfMonth(ofMonth, TOLD);
  }

  private close({ days, holidays, ofMonth }: NamedDays): boolean {
    this.namesDays = true;
    for (const day of days) this.rangesOfDay.set(day, 'off');
    if (holidays) this.holidays = 'off';
    return this.addOfMonth(ofMonth, 'off');
  }

  /** Takes the mornings or the afternoons out of days whose hours are known and break at noon or later. */
  private closePart({ days, holidays, ofMonth }: NamedDays, isAfternoon: boolean): boolean {
    if (holidays || ofMonth.size > 0) return false;
    for (const day of days) {
      const ranges = this.rangesOfDay.get(day);
      if (!Array.isArray(ranges)) return false;
      const isAfter = ({ from }: Range) => from >= NOON;
      const isBefore = ({ from, to }: Range) => from < NOON && to <= NOON + 120;
      if (!ranges.every((range) => isAfter(range) || isBefore(range))) return false;
      const kept = ranges.filter((range) => isAfter(range) !== isAfternoon);
      this.rangesOfDay.set(day, kept.length === 0 ? 'off' : kept);
    }
    return true;
  }

  format(): string[] {
    const isOpenTold = [...this.rangesOfDay.values()].some((ranges) => ranges !== 'off');
    const saysOnlyClosed = !isOpenTold && !this.ofMonth.some((rule) => !rule.endsWith(' off'));
    const texts = ALL_DAYS.map((day) => {
      const ranges =
        this.rangesOfDay.get(day) ?? (saysOnlyClosed && this.rangesOfDay.size < 7 ? TOLD : 'off');
      return ranges === 'off' ? '' : ranges === TOLD ? TOLD : showRanges(ranges);
    });
    const isEveryDay = !this.namesDays && texts.every((text) => text === texts[0]);
    const week = isEveryDay ? texts[0]! : formatWeek(texts);
    const rules = week === 'off' && this.ofMonth.length > 0 ? [] : week.split('; ');
    const holidays =
      this.holidays === undefined
        ? []
        : [`PH ${this.holidays === 'off' ? 'off' : showRanges(this.holidays)}`];
    const all = [...rules, ...this.ofMonth, ...holidays];
    return all.map((rule) => (rule === '00:00-24:00' ? '24/7' : rule));
  }
}

/** `le matin de 9h à 12h`, `9h-12h sur rendez-vous`: the times say when; without them a part of the day is no time. */
function saysNothingMore(items: readonly Item[], at: number): boolean {
  const { kind } = items[at]!;
  if (kind !== 'part-of-day' && kind !== 'appointment') return false;
  const before = items[at - 1]?.kind;
  const shut = items[at - 2]?.kind;
  if (kind === 'part-of-day' && before === 'days' && (shut === 'closed' || shut === 'except')) return false;
  // `9h-12h, l'après-midi sur rendez-vous` opens the afternoon too.
  const isNextTimes = items[at + 1]?.kind === 'times';
  const isByAppointment = (item: Item | undefined, other: Item | undefined) =>
    item?.kind === 'appointment' && other?.kind !== 'times';
  if (kind === 'part-of-day' && !isNextTimes && isByAppointment(items[at + 1], items[at + 2])) return false;
  if (kind === 'part-of-day' && !meetsTimes(items, at)) return false;
  return before === 'times' || items[at + 1]?.kind === 'times';
}

/** `lundi matin 14h-17h` contradicts itself. */
function meetsTimes(items: readonly Item[], at: number): boolean {
  const part = items[at]!;
  const beside = [items[at - 1], items[at + 1]].flatMap((item) =>
    item?.kind === 'times' ? item.ranges : [],
  );
  return (
    part.kind === 'part-of-day' && beside.some(({ from, to }) => (part.isAfternoon ? to > NOON : from < NOON))
  );
}

function joinTimes(items: readonly Item[]): Item[] {
  const joined: Item[] = [];
  for (const item of items) {
    const last = joined.at(-1);
    if (item.kind === 'times' && last?.kind === 'times') {
      joined[joined.length - 1] = { kind: 'times', ranges: [...last.ranges, ...item.ranges] };
    } else joined.push(item);
  }
  return joined;
}

function without(named: NamedDays, taken: NamedDays): NamedDays | undefined {
  if (taken.ofMonth.size > 0 || named.ofMonth.size > 0) return undefined;
  if ([...taken.days].some((day) => !named.days.has(day))) return undefined;
  const days = new Set([...named.days].filter((day) => !taken.days.has(day)));
  return days.size === 0 ? undefined : { ...named, days };
}

/** In order; undefined where they overlap, for then they may mean something else. */
function joinRanges(a: readonly Range[], b: readonly Range[]): Range[] | undefined {
  const all = [...a, ...b].sort((x, y) => x.from - y.from);
  return all.some((range, i) => i > 0 && range.from < all[i - 1]!.to) ? undefined : all;
}

function showRanges(ranges: readonly Range[]): string {
  return ranges.map(({ from, to }) => `${formatTime(from)}-${formatTime(to)}`).join(',');
}
