/**
 * The movements of communes followed by date: what was one code on one day, and which codes its land bears on a
 * later one. Pure bookkeeping on `CodeMovement`; who is a commune today is `commune-codes.ts`.
 *
 * A chain moves forward in time only, so that codes that come back (27676 -> 27058 in 2021 -> 27676 in 2023) end.
 * Within one day a commune first changes its département or its code and then merges under the new one, as INSEE
 * writes it (49144 -> 44225 -> 44180, all on 2018-01-01). A code that is split leads to several, unless it joined
 * the whole before: then it leads to what it was.
 */
import type { CodeMovement } from './cog-movements.ts';

/** Kinds of event: https://www.insee.fr/fr/information/2560452, "Événements sur les communes". */
const CREATION = 20;
const RESTORATION = 21;
const MERGERS: ReadonlySet<number> = new Set([31, 32, 33, 34]);
/** Before the other events of a day: changes of name, of département, of code. */
const FIRST_OF_THE_DAY: ReadonlySet<number> = new Set([10, 41, 50]);

/** What happens to one code in one event. */
interface CodeEvent {
  key: string;
  date: string;
  mod: number;
  /** Codes after it other than itself. */
  others: string[];
  keepsCode: boolean;
}

export interface CommuneSplit {
  date: string;
  /** The commune that was split, and keeps its code. */
  whole: string;
  /** The communes that left it. */
  parts: readonly string[];
}

export class CommuneHistory {
  /** code -> its events, by date. */
  private readonly eventsOfCode = new Map<string, CodeEvent[]>();

  /** Movements after `until` are not followed. */
  constructor(movements: readonly CodeMovement[], until: string) {
    const events = new Map<string, CodeEvent>();
    for (const { mod, date, before, after } of movements) {
      if (date > until) continue;
      const key = `${date} ${mod} ${before}`;
      let event = events.get(key);
      if (event === undefined) {
        event = { key, date, mod, others: [], keepsCode: mod === CREATION || mod === RESTORATION };
        events.set(key, event);
        const list = this.eventsOfCode.get(before);
        if (list === undefined) this.eventsOfCode.set(before, [event]);
        else list.push(event);
      }
      if (after === before) event.keepsCode = true;
      else if (!event.others.includes(after)) event.others.push(after);
    }
    for (const list of this.eventsOfCode.values()) list.sort(compareEvents);
  }

  /** Every code that something has happened to, ascending. */
  codes(): string[] {
    return [...this.eventsOfCode.keys()].sort();
  }

  /**
   * The codes, ascending, that the land of `code` bears in the end. `on` is a day on which the code was in use:
   * without it, the last time that it was.
   */
  follow(code: string, on?: string): string[] {
    const events = this.eventsOfCode.get(code) ?? [];
    const lastLeft = events.findLast((event) => !event.keepsCode);
    const first = on === undefined ? lastLeft : events.find((event) => event.date > on);
    if (first === undefined) return [code];
    const found = new Set<string>();
    this.walk(code, first, [], new Set(), found);
    return [...found].sort();
  }

  /** Splits since a day, by date. */
  splitsSince(day: string): CommuneSplit[] {
    const splits: CommuneSplit[] = [];
    for (const [whole, events] of this.eventsOfCode) {
      for (const { date, mod, others } of events) {
        if (date < day || others.length === 0 || (mod !== CREATION && mod !== RESTORATION)) continue;
        splits.push({ date, whole, parts: [...others].sort() });
      }
    }
    return splits.sort((a, b) => (`${a.date} ${a.whole}` < `${b.date} ${b.whole}` ? -1 : 1));
  }

  /** `merged`: the codes under which the land has joined others, in time; what it may be restored to. */
  private walk(
    code: string,
    event: CodeEvent,
    merged: readonly string[],
    used: ReadonlySet<string>,
    found: Set<string>,
  ): void {
    const usedNow = new Set([...used, event.key]);
    const mergedNow = MERGERS.has(event.mod) && !merged.includes(code) ? [...merged, code] : merged;
    const after = event.keepsCode ? [code, ...event.others] : event.others;
    const isSplit = after.length > 1;
    const origin = isSplit ? merged.find((each) => after.includes(each)) : undefined;
    for (const next of origin === undefined ? after : [origin]) {
      const following = this.eventsOfCode
        .get(next)
        ?.find((each) => !usedNow.has(each.key) && canFollow(each, event, next === code));
      if (following === undefined) found.add(next);
      else this.walk(next, following, mergedNow, usedNow, found);
    }
  }
}

/**
 * On one day, events of the same code go in their order. Under a new code every event of that day may follow, but
 * one: what joins a commune on the day of its split was no part of what is split.
 */
function canFollow(candidate: CodeEvent, event: CodeEvent, isSameCode: boolean): boolean {
  if (candidate.date !== event.date) return candidate.date > event.date;
  if (isSameCode) return compareEvents(candidate, event) > 0;
  return candidate.mod !== CREATION && candidate.mod !== RESTORATION;
}

function compareEvents(a: CodeEvent, b: CodeEvent): number {
  if (a.date !== b.date) return a.date < b.date ? -1 : 1;
  return rankOf(a) - rankOf(b) || a.mod - b.mod;
}

/** What leaves the code as it is goes first, for after a change of code nothing would find it. */
function rankOf({ mod, keepsCode }: CodeEvent): number {
  if (keepsCode) return 0;
  return FIRST_OF_THE_DAY.has(mod) ? 1 : 2;
}
