/**
 * The pairs (leaving home, arrival) of one cell: those of all stops in reach, less the walks to them, of which
 * only those are kept that no later one beats. A cell in a city reaches a hundred stops, whose pairs are mostly
 * useless: coarse buckets of leaving times sort them out before the exact sort.
 */
import { UNREACHED } from '../common/units.ts';
import type { ParetoLists } from './pareto-lists.ts';
import type { StopProfiles } from './transit-profiles.ts';

/** Buckets of leaving times; a pair that a later bucket beats is dropped before sorting. */
const BUCKETS = 256;
/** A sort key is leaving time * PLACES + place: whole and below 2^53. */
const PLACES = 2 ** 22;

export class CellPairs {
  /** Pairs by ascending leaving time, each also later there than the one before; deciseconds of the day. */
  count = 0;
  leaving = new Int32Array(256);
  arrival = new Int32Array(256);
  /** pair -> access link, entry of the stop's boardings. */
  link = new Uint32Array(256);
  entry = new Uint32Array(256);
  /** Greatest number of rides of a kept pair. */
  mostRides = 0;

  /** Of the cell at hand: leaving times [from, until), longest time, deciseconds per bucket. */
  private from = 0;
  private until = 0;
  private longest = 0;
  private width = 1;
  /** Of the profiles at hand: stop -> least time from standing there, UNREACHED where it has no pair. */
  private profiles: StopProfiles | undefined;
  private leastTimeOfStop = new Int32Array(0);
  private gathered = 0;
  private leavingOfPlace = new Int32Array(256);
  private arrivalOfPlace = new Int32Array(256);
  private linkOfPlace = new Uint32Array(256);
  private entryOfPlace = new Uint32Array(256);
  private keys = new Float64Array(256);
  /** bucket -> least arrival of its pairs, then of all later buckets. */
  private readonly leastArrival = new Int32Array(BUCKETS + 1);

  /** Takes the pairs that leave home in [from, until), and the first one after; none that takes more than `longest`. */
  gather(
    profiles: StopProfiles,
    access: { first: Uint32Array; stop: Uint32Array; deciseconds: Int32Array },
    cell: number,
    from: number,
    until: number,
    longest: number,
  ): void {
    if (profiles !== this.profiles) this.takeProfiles(profiles);
    this.from = from;
    this.until = until;
    this.longest = longest;
    this.width = Math.ceil((until - from + 1) / (BUCKETS - 1));
    this.leastArrival.fill(UNREACHED);
    this.gathered = 0;
    this.addStops(profiles, access, access.first[cell]!, access.first[cell + 1]!);
    this.keepPareto(this.listUnbeaten());
    this.countRides(profiles);
  }

  /** Adds the pairs of the stops at access links [from, to). */
  private addStops(
    { boardings, layerCount }: StopProfiles,
    { stop, deciseconds }: { stop: Uint32Array; deciseconds: Int32Array },
    from: number,
    to: number,
  ): void {
    const { leastTimeOfStop, longest } = this;
    for (let link = from; link < to; link++) {
      const walk = deciseconds[link]!;
      // Half of a city's stops: who lives near a structure walks there sooner.
      if (leastTimeOfStop[stop[link]!]! > longest - walk) continue;
      this.addStop(boardings, stop[link]! * layerCount + layerCount - 1, walk, link);
    }
  }

  private countRides({ boardings, ridesOfBoarding }: StopProfiles): void {
    this.mostRides = 0;
    for (let pair = 0; pair < this.count; pair++) {
      const rides = ridesOfBoarding[boardings.boarding[this.entry[pair]!]!]!;
      if (rides > this.mostRides) this.mostRides = rides;
    }
  }

  private takeProfiles(profiles: StopProfiles): void {
    const { timetable, boardings, layerCount } = profiles;
    this.profiles = profiles;
    this.leastTimeOfStop = new Int32Array(timetable.stopCount);
    for (let stop = 0; stop < timetable.stopCount; stop++) {
      this.leastTimeOfStop[stop] = boardings.leastTime(stop * layerCount + layerCount - 1);
    }
  }

  /** Adds the pairs of one stop that are not beaten already. */
  private addStop({ pairs, start, length }: ParetoLists, list: number, walk: number, link: number): void {
    const { leastArrival, from, until, longest, width } = this;
    const first = start[list]!;
    for (let entry = first + length[list]! - 1; entry >= first; entry--) {
      const leaving = pairs[2 * entry]! - walk;
      if (leaving < from) continue;
      const arrival = pairs[2 * entry + 1]!;
      if (arrival - leaving <= longest) {
        const bucket = bucketOf(leaving, from, until, width);
        // Later buckets may be filled later: this drops only what is already beaten.
        if (arrival < leastArrival[bucket + 1]!) {
          if (arrival < leastArrival[bucket]!) leastArrival[bucket] = arrival;
          this.add(leaving, arrival, link, entry);
        }
      }
      if (leaving >= until) break;
    }
  }

  /** Keys of the pairs that no later bucket beats; returns how many. */
  private listUnbeaten(): number {
    const { leastArrival, from, until, width, leavingOfPlace, arrivalOfPlace, keys, gathered } = this;
    for (let bucket = BUCKETS - 2; bucket >= 0; bucket--) {
      if (leastArrival[bucket + 1]! < leastArrival[bucket]!) leastArrival[bucket] = leastArrival[bucket + 1]!;
    }
    let kept = 0;
    for (let place = 0; place < gathered; place++) {
      const leaving = leavingOfPlace[place]!;
      if (arrivalOfPlace[place]! < leastArrival[bucketOf(leaving, from, until, width) + 1]!)
        keys[kept++] = (leaving - from) * PLACES + place;
    }
    return kept;
  }

  private add(leaving: number, arrival: number, link: number, entry: number): void {
    if (this.gathered === this.keys.length) this.grow();
    const place = this.gathered++;
    this.leavingOfPlace[place] = leaving;
    this.arrivalOfPlace[place] = arrival;
    this.linkOfPlace[place] = link;
    this.entryOfPlace[place] = entry;
  }

  /** From the latest leaving to the earliest, keeps what arrives before all later ones; then reverses. */
  private keepPareto(candidates: number): void {
    const keys = this.keys.subarray(0, candidates).sort();
    let count = 0;
    let earliest = UNREACHED;
    for (let i = candidates - 1; i >= 0; i--) {
      const place = keys[i]! % PLACES;
      const arrival = this.arrivalOfPlace[place]!;
      if (arrival >= earliest) continue;
      const leaving = this.leavingOfPlace[place]!;
      // Of one leaving time the earliest arrival stays.
      if (count > 0 && this.leaving[count - 1] === leaving) count--;
      earliest = arrival;
      this.leaving[count] = leaving;
      this.arrival[count] = arrival;
      this.link[count] = this.linkOfPlace[place]!;
      this.entry[count] = this.entryOfPlace[place]!;
      count++;
    }
    this.count = count;
    this.leaving.subarray(0, count).reverse();
    this.arrival.subarray(0, count).reverse();
    this.link.subarray(0, count).reverse();
    this.entry.subarray(0, count).reverse();
  }

  private grow(): void {
    const capacity = 2 * this.keys.length;
    const wider = <T extends Int32Array | Uint32Array | Float64Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.keys = new Float64Array(capacity);
    this.leavingOfPlace = wider(this.leavingOfPlace, new Int32Array(capacity));
    this.arrivalOfPlace = wider(this.arrivalOfPlace, new Int32Array(capacity));
    this.linkOfPlace = wider(this.linkOfPlace, new Uint32Array(capacity));
    this.entryOfPlace = wider(this.entryOfPlace, new Uint32Array(capacity));
    this.leaving = new Int32Array(capacity);
    this.arrival = new Int32Array(capacity);
    this.link = new Uint32Array(capacity);
    this.entry = new Uint32Array(capacity);
  }
}

/** Who leaves when the windows are over is in the last bucket. */
function bucketOf(leaving: number, from: number, until: number, width: number): number {
  return leaving >= until ? BUCKETS - 1 : Math.floor((leaving - from) / width);
}
