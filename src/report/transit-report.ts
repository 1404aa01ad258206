/** What a report says of transit beyond the counts that every mode has. Types only. */
import type { TransitUse } from '../coverage/transit-summary.ts';
import type { UsualDay } from '../transit/choose-date.ts';
import type { SparseWindow } from '../transit/window-service.ts';

export interface TransitFeedReport {
  name: string;
  /** All of them, with commas between. */
  agency: string | undefined;
  /** Who publishes the feed, where it says so. */
  publisher: string | undefined;
  /** First and last day on which a trip runs, YYYY-MM-DD. */
  first: string;
  last: string;
  /** Trips on the day. */
  activeTripCount: number;
  stopCount: number;
  /** On-demand service: trips with a booked stop time, and zones. Never counted as scheduled. */
  onDemandTripCount: number;
  onDemandZoneCount: number;
}

export interface TransitReport {
  /** YYYY-MM-DD, also where the study says `auto`. */
  date: string;
  /** What `auto` found; undefined where the study sets the day. */
  usual: UsualDay | undefined;
  feeds: TransitFeedReport[];
  /** Leaving times of the search, seconds of the day: from, until (excluded). */
  leaving: { fromSeconds: number; untilSeconds: number };
  use: TransitUse;
  /** Where hardly anything runs in the study's window. */
  sparseWindow?: SparseWindow | undefined;
  /** The longest trip looked for; whoever needs longer is connected, and not covered. */
  limitMinutes: number;
  /** Stops served that day, and those of them from which no street leads. */
  stopCount: number;
  stopCountNotLinked: number;
  /** Structures with known hours; those closed all that day; those open that day, but not in the window. */
  hours: { knownCount: number; closedCount: number; outsideWindowCount?: number };
  /** Lines of the day that only serve schools. */
  schoolOnlyLines: readonly string[];
  /** People within the threshold without those lines; undefined where there is none. */
  populationCoveredWithoutSchoolOnly: number | undefined;
}
