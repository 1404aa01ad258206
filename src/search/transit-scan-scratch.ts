/**
 * What a profile scan writes: memory that is cleared for the next scan of the same timetable rather than asked
 * for anew. A scan from one structure of a region touches a few stops of twenty thousand; without this it would
 * spend most of its time on cold memory.
 */
import { UNREACHED } from '../common/units.ts';
import { ParetoLists } from './pareto-lists.ts';
import type { ScanPeriod } from './scan-period.ts';
import { TransferProfiles } from './transfer-profiles.ts';

/** Memory of one scan; of `layerCount` layers. */
export interface ScanMemory {
  boardings: ParetoLists;
  transfers: TransferProfiles;
  alightOfBoarding: Uint32Array;
  ridesOfBoarding: Uint8Array;
  /** trip * layerCount + layer -> best arrival by staying seated (UNREACHED at first), where to alight, rides. */
  arrivalOfTrip: Int32Array;
  alightOfTrip: Uint32Array;
  ridesOfTrip: Uint8Array;
  /** trip * layerCount + layer -> arrival of the boarding at the call scanned last, UNREACHED where there is none. */
  boardedArrivalOfTrip: Int32Array;
}

export class ScanScratch {
  private readonly memories = new Map<number, ScanMemory>();

  constructor(readonly period: ScanPeriod) {}

  /** Memory for a scan, cleared; what the scan before has left in it is gone. */
  take(layerCount: number): ScanMemory {
    const known = this.memories.get(layerCount);
    if (known !== undefined) {
      known.boardings.clear();
      known.transfers.clear();
      known.arrivalOfTrip.fill(UNREACHED);
      known.boardedArrivalOfTrip.fill(UNREACHED);
      return known;
    }
    const { stopCount, tripCount, callCount } = this.period.timetable;
    const ridesOfBoarding = new Uint8Array(callCount * layerCount);
    const memory: ScanMemory = {
      boardings: new ParetoLists(stopCount * layerCount, ridesOfBoarding),
      transfers: new TransferProfiles(this.period.alightings, layerCount, ridesOfBoarding),
      alightOfBoarding: new Uint32Array(callCount * layerCount),
      ridesOfBoarding,
      arrivalOfTrip: new Int32Array(tripCount * layerCount).fill(UNREACHED),
      alightOfTrip: new Uint32Array(tripCount * layerCount),
      ridesOfTrip: new Uint8Array(tripCount * layerCount),
      boardedArrivalOfTrip: new Int32Array(tripCount * layerCount).fill(UNREACHED),
    };
    this.memories.set(layerCount, memory);
    return memory;
  }
}
