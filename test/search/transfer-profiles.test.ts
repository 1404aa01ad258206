/** Which walks to a boarding are left out, and the answers per alighting, against plain lists of everything. */
import { describe, expect, it } from 'vitest';
import { NO_INDEX } from '../../src/common/units.ts';
import { prepareScan, type ScanPeriod } from '../../src/search/scan-period.ts';
import { listAlightings, TransferProfiles } from '../../src/search/transfer-profiles.ts';
import { groupEgress } from '../../src/search/transit-egress.ts';
import { scanProfiles } from '../../src/search/transit-profiles.ts';
import { ScanScratch } from '../../src/search/transit-scan-scratch.ts';
import { DROP_OFF } from '../../src/transit/timetable.ts';
import { drawTown, OPTIONS } from './drawn-town.ts';
import { SeededRandom } from './seeded-random.ts';

const TOWNS = 600;
const { from, until } = OPTIONS.windows[0]!;

/** The same period with all transfers into a stop at every boarding there. */
function withAllWalks(period: ScanPeriod): ScanPeriod {
  const { connections, transfersBetween } = period;
  const { first, stop, deciseconds } = transfersBetween.into;
  const firstLink = new Uint32Array(2 * first.length - 1);
  for (let s = 0; s + 1 < first.length; s++) {
    firstLink[2 * s] = first[s]!;
    firstLink[2 * s + 1] = first[s + 1]!;
  }
  firstLink[2 * first.length - 2] = first[first.length - 1]!;
  return {
    ...period,
    boardingTransfers: { placeOfConnection: connections.stop, firstLink, stop, deciseconds },
  };
}

describe('walks that another call of the trip makes useless', () => {
  it.each([undefined, 1, 2, 8])('change no pair and no tie where they are left out, layers: %s', (layers) => {
    let all = 0;
    let kept = 0;
    let always = 0;
    for (let seed = 1; seed <= TOWNS; seed++) {
      const { expanded, links, slackSeconds } = drawTown(seed, 8);
      const { cutoff } = OPTIONS;
      const period = prepareScan(expanded, links.transfers, { from, until: until + cutoff });
      const whole = withAllWalks(period);
      const pairsOf = (prepared: ScanPeriod) => {
        const { boardings, ridesOfBoarding, alightOfBoarding } = scanProfiles(
          expanded,
          links.transfers,
          groupEgress(links.egress, links.hours),
          {
            slackSeconds,
            cutoff,
            from,
            until,
            ...(layers === undefined ? {} : { layerCount: layers }),
          },
          new ScanScratch(prepared),
        );
        return Array.from(boardings.start, (start, list) =>
          Array.from({ length: boardings.length[list]! }, (_, i) => {
            const boarding = boardings.boarding[start + i]!;
            const pair = [boardings.readyOf(start + i), boardings.arrivalOf(start + i)];
            return [...pair, boarding, ridesOfBoarding[boarding], alightOfBoarding[boarding]];
          }),
        );
      };
      expect(pairsOf(period), `seed ${seed}`).toEqual(pairsOf(whole));
      kept += period.boardingTransfers.stop.length;
      for (const place of new Set(period.boardingTransfers.placeOfConnection)) {
        const { firstLink } = period.boardingTransfers;
        always += firstLink[2 * place + 1]! - firstLink[2 * place]!;
        const stop = period.connections.stop[period.boardingTransfers.placeOfConnection.indexOf(place)]!;
        all += links.transfers.into.first[stop + 1]! - links.transfers.into.first[stop]!;
      }
    }
    // Else this would show nothing.
    expect(kept).toBeLessThan(0.98 * all);
    expect(always).toBeLessThan(0.9 * kept);
  });
});

describe('the best way on from an alighting', () => {
  it('is that of a list of all pairs, ties included, whatever is asked in between', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = new SeededRandom(seed);
      const moments = Array.from({ length: 1 + random.below(12) }, () => random.below(100));
      const alightings = listAlightings(
        2,
        new Uint32Array(moments.length).fill(1),
        Int32Array.from(moments),
        new Uint8Array(moments.length).fill(DROP_OFF),
      );
      expect(Array.from(alightings.time)).toEqual(
        [...new Set(moments)].sort((a, b) => a - b).map((moment) => moment * 10),
      );
      const rides = Uint8Array.from({ length: 400 }, () => random.below(3));
      const profiles = new TransferProfiles(alightings, 1, rides);
      for (let round = 0; round < 2; round++) {
        profiles.clear();
        const offered: Array<{ ready: number; arrival: number; boarding: number }> = [];
        const bestAt = (time: number) =>
          offered
            .filter(({ ready }) => ready >= time)
            .sort(
              (a, b) =>
                a.arrival - b.arrival ||
                b.ready - a.ready ||
                rides[a.boarding]! - rides[b.boarding]! ||
                a.boarding - b.boarding,
            )[0];
        // As the scan does: nothing is offered for later than what has been asked.
        for (let now = 1000; now > 0; now -= 5) {
          const ready = now - random.below(100);
          const pair = { ready, arrival: 1000 + 10 * random.below(8), boarding: offered.length };
          offered.push(pair);
          profiles.offer(1, 0, pair.ready, pair.arrival, pair.boarding);
          const asked = alightings.time[random.below(alightings.time.length)]!;
          if (asked < now) continue;
          const entry = profiles.find(1, 0, asked);
          const best = bestAt(asked);
          expect(entry < 0, `seed ${seed}, ${asked}`).toBe(best === undefined);
          if (best === undefined) continue;
          expect([profiles.arrivalOf(entry), profiles.boardingOf(entry)], `seed ${seed}, ${asked}`).toEqual([
            best.arrival,
            best.boarding,
          ]);
        }
      }
      expect(profiles.find(0, 0, 500)).toBe(-1);
      expect(Array.from(alightings.ofConnection)).not.toContain(NO_INDEX);
    }
  });
});
