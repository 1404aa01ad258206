import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/common/errors.ts';
import { NoticeList } from '../../../src/common/notices.ts';
import { readGtfs } from '../../../src/read/gtfs/read-gtfs.ts';
import { buildTimetable } from '../../../src/transit/build-timetable.ts';
import { chooseDate } from '../../../src/transit/choose-date.ts';
import { NO_REAL_DATA, realData } from '../../real-data.ts';

const FOLDER = realData('gtfs-hard');

describe.skipIf(FOLDER === undefined)(
  `defective feeds as they were published (${FOLDER ?? NO_REAL_DATA})`,
  () => {
    it.each<[file: string, codes: string[]]>([
      ['fake-agency-interpolated-stop-times.zip', []],
      ['fake-agency-mixture-of-calendar-definitions.zip', []],
      ['fake-agency-only-calendar-dates.zip', []],
      ['fake-agency-overlapping-trips.zip', ['table-last-line-open', 'frequencies-overlap', 'block-overlap']],
      ['fake-agency-service-without-days.zip', ['service-without-days']],
      ['fake-ferry-blank-pickups.zip', []],
      ['lons-le-saunier-2024-bom-crlf.zip', ['times-decrease', 'on-demand-service']],
      [
        'royan-2017-latin1-no-agency.zip',
        ['agency-missing', 'table-not-utf8', 'trip-of-unknown-route', 'table-last-line-open'],
      ],
      ['ter-2019-nested-folder-swapped-lonlat.zip', ['stop-lon-lat-swapped']],
    ])('%s runs on its usual day, with notices %j', async (file, codes) => {
      const notices = new NoticeList();
      const feed = await readGtfs(realData(`gtfs-hard/${file}`)!, 0, notices);
      const { date, validity } = chooseDate([feed], 'auto');
      const timetable = buildTimetable([feed], date, {}, notices);
      expect(timetable.connectionCount + timetable.headways.count).toBeGreaterThan(0);
      expect(validity[0]!.activeTripCount).toBeGreaterThan(0);
      expect([...notices.counts().keys()]).toEqual(codes);
      for (const notice of notices.notices) {
        expect(notice.file).toContain(file);
        expect(notice.action).toBeTruthy();
      }
    });

    it.each([
      ['empty.zip', /is empty/],
      ['fake-agency-bad-calendar-date.zip', /no trip that ever runs: 3 trips/],
    ])('%s is refused', async (file, message) => {
      const error: unknown = await readGtfs(realData(`gtfs-hard/${file}`)!, 0, new NoticeList()).catch(
        (e: unknown) => e,
      );
      expect(error).toBeInstanceOf(UsageError);
      expect((error as UsageError).describe()).toMatch(message);
    });

    it('puts the two swapped stops of the TER feed back into Lorraine', async () => {
      const feed = await readGtfs(
        realData('gtfs-hard/ter-2019-nested-folder-swapped-lonlat.zip')!,
        0,
        new NoticeList(),
      );
      const stop = feed.stops.id.indexOf('StopArea:OCE87686378');
      expect(feed.stops.name[stop]).toBe('Audun-le-Roman-JJ.');
      expect([feed.stops.lon[stop], feed.stops.lat[stop]]).toEqual([5.90106176, 49.36898604]);
    });

    it('spreads the ferry-sized gaps of the interpolated feed by distance', async () => {
      const feed = await readGtfs(
        realData('gtfs-hard/fake-agency-interpolated-stop-times.zip')!,
        0,
        new NoticeList(),
      );
      // 07:02 -> (blank) -> 07:06 between the same two stops there and back: the middle.
      expect([...feed.calls.arrival]).toEqual([25200, 25320, 25440, 25560, 25680]);
    });
  },
);
