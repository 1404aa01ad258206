/** Scans that share their memory against scans with memory of their own. */
import { describe, expect, it } from 'vitest';
import { prepareScan } from '../../src/search/scan-period.ts';
import { evaluateCells, type TransitTimes } from '../../src/search/transit-cells.ts';
import { pickEgress } from '../../src/search/transit-egress.ts';
import { ScanScratch } from '../../src/search/transit-scan-scratch.ts';
import { scanTransit } from '../../src/search/transit-search.ts';
import { drawTown, OPTIONS } from './drawn-town.ts';

const SEEDS = 400;
const { from, until } = OPTIONS.windows[0]!;

describe('the memory of many scans', () => {
  it('leaves nothing behind: towards other structures, with other cutoffs and limits of rides', () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { expanded, links, slackSeconds } = drawTown(seed, 8);
      const scratch = new ScanScratch(
        prepareScan(expanded, links.transfers, { from, until: until + OPTIONS.cutoff }),
      );
      const answer = (structure: number, cutoff: number, maxRides: number, shared?: ScanScratch) => {
        const options = { ...OPTIONS, cutoff, slackSeconds, maxRides };
        const isKept = Uint8Array.from([0, 1], (each) => (each === structure ? 1 : 0));
        const own = { ...links, egress: pickEgress(links.egress, isKept) };
        let times: TransitTimes | undefined;
        const evaluate = (profiles: Parameters<Parameters<typeof scanTransit>[3]>[0]) => {
          times = evaluateCells(profiles, links.access, links.direct, options);
          return times.mostRides;
        };
        scanTransit(expanded, own, options, evaluate, shared);
        const { best, p50, rides, departure } = times!;
        return [best, p50, rides, departure].map((array) => Array.from(array));
      };
      for (const [structure, cutoff, maxRides] of [
        [0, OPTIONS.cutoff, 8],
        [1, OPTIONS.cutoff / 2, 8],
        [0, OPTIONS.cutoff, 1],
        [1, OPTIONS.cutoff, 8],
      ] as const) {
        expect(answer(structure, cutoff, maxRides, scratch), `seed ${seed}`).toEqual(
          answer(structure, cutoff, maxRides),
        );
      }
    }
  });

  it('is refused for another timetable or a longer period', () => {
    const { expanded, links } = drawTown(1, 8);
    const short = new ScanScratch(prepareScan(expanded, links.transfers, { from, until }));
    expect(() => scanTransit(expanded, links, OPTIONS, () => 0, short)).toThrow(RangeError);
    const other = new ScanScratch(
      prepareScan(drawTown(2, 8).expanded, links.transfers, { from, until: until + OPTIONS.cutoff }),
    );
    expect(() => scanTransit(expanded, links, OPTIONS, () => 0, other)).toThrow(RangeError);
  });
});
