import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/common/errors.ts';
import { DROP_OFF, PICKUP } from '../../../src/read/gtfs/gtfs-feed.ts';
import { readWritten, SOUND_TABLES } from './written-feed.ts';

const HEADER = 'trip_id,arrival_time,departure_time,stop_id,stop_sequence';
const clock = (text: string): number => {
  const [hours, minutes, seconds] = text.split(':').map(Number);
  return hours! * 3600 + minutes! * 60 + (seconds ?? 0);
};
const stopTimes = (...rows: string[]): string => `${[HEADER, ...rows].join('\n')}\n`;

async function refusal(tables: Record<string, string | Buffer | undefined>): Promise<UsageError> {
  const error: unknown = await readWritten(tables).catch((caught: unknown) => caught);
  if (error instanceof UsageError) return error;
  throw new Error(`expected a UsageError, not ${String(error)}`);
}

describe('a sound feed', () => {
  it('is read without a notice', async () => {
    const { feed, codes } = await readWritten({});
    expect(codes).toEqual([]);
    expect(feed.stops.id).toEqual(['A', 'B', 'C']);
    expect(feed.stops.name[2]).toBe('École');
    expect([...feed.calls.arrival]).toEqual([clock('8:00'), clock('8:10'), clock('8:30')]);
    expect([...feed.calls.departure]).toEqual([clock('8:00'), clock('8:11'), clock('8:30')]);
    expect([...feed.calls.rules]).toEqual([PICKUP | DROP_OFF, PICKUP | DROP_OFF, PICKUP | DROP_OFF]);
    expect(feed.timeZone).toBe('Europe/Paris');
    expect(feed.agencyNames).toEqual(['Mobigo']);
    expect(feed.publisherName).toBeUndefined();
  });

  it.each<[string, string[], string[]]>([
    ['two agencies', ['1,Trains,http://x,Europe/Paris', '2,Cars,http://x,Europe/Paris'], ['Trains', 'Cars']],
    ['one agency twice', ['1,TER,http://x,Europe/Paris', '2,TER,http://x,Europe/Paris'], ['TER']],
    ['one without a name', ['1,,http://x,Europe/Paris', '2,Bus,http://x,Europe/Paris'], ['Bus']],
    ['one without a name alone', ['1,,http://x,Europe/Paris'], []],
  ])('names all its agencies, each once: %s', async (_, rows, expected) => {
    const { feed } = await readWritten({
      'agency.txt': `agency_id,agency_name,agency_url,agency_timezone\n${rows.join('\n')}\n`,
    });
    expect(feed.agencyNames).toEqual(expected);
  });

  it('names its publisher', async () => {
    const { feed } = await readWritten({
      'feed_info.txt': 'feed_publisher_name,feed_publisher_url,feed_lang\nRégion,http://x,fr\n',
    });
    expect(feed.publisherName).toBe('Région');
  });

  const plain = SOUND_TABLES['stop_times.txt']!;
  it.each<[string, string | Buffer]>([
    ['a byte order mark', `\ufeff${plain}`],
    ['CRLF', plain.replaceAll('\n', '\r\n')],
    ['carriage returns alone', plain.replaceAll('\n', '\r')],
    ['quoted fields', plain.replaceAll(/[^,\n]+/g, '"$&"')],
    ['blanks round values', plain.replaceAll(',', ' ,  ')],
    ['blank lines', plain.replaceAll('\n', '\n\n')],
    [
      'columns in another order',
      plain
        .split('\n')
        .map((row) => row.split(',').reverse().join(','))
        .join('\n'),
    ],
    ['rows out of order', `${HEADER}\n${plain.trim().split('\n').slice(1).reverse().join('\n')}\n`],
    ['capitals in the header', plain.replace(HEADER, HEADER.toUpperCase())],
    ['UTF-16', Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(plain, 'utf16le')])],
    [
      'an unknown column with line breaks and commas in quotes',
      plain.replace(HEADER, `${HEADER},note`).replaceAll(/,(\d)\n/g, ',$1,"one, ""two""\nthree"\n'),
    ],
    ['hours of one digit', plain.replaceAll('08:', '8:')],
  ])('reads the same with %s', async (_, table) => {
    const { feed, codes } = await readWritten({ 'stop_times.txt': table });
    const { feed: sound } = await readWritten({});
    expect(feed.calls).toEqual(sound.calls);
    expect(codes).toEqual([]);
  });

  it('reads the same with no line feed at the end, and says that it may be cut short', async () => {
    const { feed, codes } = await readWritten({ 'stop_times.txt': plain.trimEnd() });
    const { feed: sound } = await readWritten({});
    expect(feed.calls).toEqual(sound.calls);
    expect(codes).toEqual(['table-last-line-open']);
  });

  it('reads Latin-1 with a notice', async () => {
    const stops = Buffer.from(SOUND_TABLES['stops.txt']!, 'latin1');
    const { feed, codes } = await readWritten({ 'stops.txt': stops });
    expect(feed.stops.name[2]).toBe('École');
    expect(codes).toEqual(['table-not-utf8']);
  });

  it('resolves ids across tables of different encodings', async () => {
    const stops = Buffer.from(SOUND_TABLES['stops.txt']!.replace('C,', 'É,'), 'latin1');
    const { feed } = await readWritten({
      'stops.txt': stops,
      'stop_times.txt': SOUND_TABLES['stop_times.txt']!.replace(',C,', ',É,'),
    });
    expect([...feed.calls.stop]).toEqual([0, 1, 2]);
  });

  it('is found in a nested folder beside __MACOSX', async () => {
    const { feed } = await readWritten(
      { '__MACOSX/export/stop_times.txt': 'junk', '__MACOSX/export/._stops.txt': 'junk' },
      'export',
    );
    expect(feed.calls.count).toBe(3);
  });

  it('gives the line of a defect, quoted line breaks counted', async () => {
    const table = `${HEADER},note\nT,08:00:00,08:00:00,A,1,"two\nlines"\nT,08:10:00,08:11:00,Z,2,\nT,08:30:00,08:30:00,C,3,\n`;
    const { notices } = await readWritten({ 'stop_times.txt': table });
    expect(notices.notices).toMatchObject([
      { code: 'stop-time-at-unknown-stop', row: 4, id: 'Z', action: 'row left out' },
    ]);
  });
});

describe('blank times', () => {
  const blank = (middle: string): string =>
    stopTimes('T,08:00:00,08:02:00,A,1', middle, 'T,08:32:00,08:33:00,C,3');

  it('are spread by the great circle from the departure before to the arrival after, floored', async () => {
    // A to B is one third of A to C.
    const { feed } = await readWritten({ 'stop_times.txt': blank('T,,,B,2') });
    expect(feed.calls.arrival[1]).toBe(
      Math.floor(clock('8:02') + (clock('8:32') - clock('8:02')) / 3 + 1e-6),
    );
    expect(feed.calls.departure[1]).toBe(feed.calls.arrival[1]);
  });

  it.each([['T,"","",B,2'], ['T," ","",B,2'], ['"T","","","B","2"']])(
    'are as blank in quotes: %s',
    async (middle) => {
      const { feed, codes } = await readWritten({ 'stop_times.txt': blank(middle) });
      const plain = await readWritten({ 'stop_times.txt': blank('T,,,B,2') });
      expect([feed.calls, codes]).toEqual([plain.feed.calls, plain.codes]);
    },
  );

  it('are spread by shape_dist_traveled where it is complete, else by the great circle', async () => {
    const table = (distances: string[]): string =>
      blank('T,,,B,2')
        .trim()
        .split('\n')
        .map((row, i) => `${row},${i === 0 ? 'shape_dist_traveled' : distances[i - 1]!}`)
        .join('\n');
    const complete = await readWritten({ 'stop_times.txt': table(['0', '2.5', '10']) });
    expect(complete.feed.calls.arrival[1]).toBe(clock('8:02') + 1800 / 4);
    const partial = await readWritten({ 'stop_times.txt': table(['0', '', '10']) });
    expect(partial.feed.calls.arrival[1]).toBeCloseTo(clock('8:02') + 600, -1);
  });

  it('with only one of arrival and departure take the other', async () => {
    const { feed } = await readWritten({ 'stop_times.txt': blank('T,08:20:00,,B,2') });
    expect(feed.calls.departure[1]).toBe(clock('8:20'));
  });

  it('at the ends of a trip leave those calls out, with a notice', async () => {
    const { feed, codes } = await readWritten({
      'stop_times.txt': stopTimes('T,,,A,1', 'T,08:10:00,08:11:00,B,2', 'T,08:30:00,08:30:00,C,3'),
    });
    expect(feed.calls.count).toBe(2);
    expect(codes).toEqual(['trip-ends-without-times']);
  });
});

describe('times that run backwards', () => {
  it.each([
    {
      rows: ['T,23:50:00,23:50:00,A,1', 'T,00:10:00,00:10:00,C,2'],
      arrival: clock('24:10'),
      code: 'times-wrap-at-midnight',
    },
    {
      rows: ['T,23:50:00,23:50:00,A,1', 'T,24:10:00,24:10:00,C,2'],
      arrival: clock('24:10'),
      code: undefined,
    },
    {
      rows: ['T,08:30:00,08:30:00,A,1', 'T,08:20:00,08:40:00,C,2'],
      arrival: clock('8:30'),
      code: 'times-decrease',
    },
    {
      rows: ['T,08:30:00,08:30:00,A,1', 'T,08:50:00,08:40:00,C,2'],
      arrival: clock('8:50'),
      code: 'departure-before-arrival',
    },
    {
      rows: ['T,08:30:00,08:30:00,A,1', 'T,8h40,8h40,B,2', 'T,08:50:00,08:50:00,C,3'],
      arrival: undefined,
      code: 'invalid-time',
    },
  ])('$rows give $code', async ({ rows, arrival, code }) => {
    const { feed, codes } = await readWritten({ 'stop_times.txt': stopTimes(...rows) });
    expect(codes).toEqual(code === undefined ? [] : [code]);
    if (arrival !== undefined) expect(feed.calls.arrival[1]).toBe(arrival);
    for (let call = 0; call < feed.calls.count; call++) {
      expect(feed.calls.departure[call]).toBeGreaterThanOrEqual(feed.calls.arrival[call]!);
      if (call > 0) expect(feed.calls.arrival[call]).toBeGreaterThanOrEqual(feed.calls.departure[call - 1]!);
    }
  });
});

describe('rows that refer to nothing', () => {
  it('are those without a trip or stop, whatever was read before them', async () => {
    const table = `${HEADER}\n,08:00:00,08:00:00,A,1\nT,08:00:00,08:00:00,A,1\n,08:05:00,08:05:00,A,2\nT,08:06:00,08:06:00,,2\nT,08:07:00,08:07:00,A0,3\nT,08:10:00,08:11:00,B,4\n`;
    const { feed, notices } = await readWritten({ 'stop_times.txt': table });
    expect([...feed.calls.stop]).toEqual([0, 1]);
    expect(notices.notices.map(({ code, row }) => [code, row])).toEqual([
      ['stop-time-of-unknown-trip', 2],
      ['stop-time-of-unknown-trip', 4],
      ['stop-time-at-unknown-stop', 5],
      ['stop-time-at-unknown-stop', 6],
    ]);
  });

  it.each<[code: string, table: string, content: string]>([
    [
      'stop-time-of-unknown-trip',
      'stop_times.txt',
      `${SOUND_TABLES['stop_times.txt']!}X,08:00:00,08:00:00,A,1\n`,
    ],
    ['trip-of-unknown-route', 'trips.txt', 'route_id,service_id,trip_id\nX,S,T\n'],
    ['trip-of-unknown-service', 'trips.txt', 'route_id,service_id,trip_id\nR,S,T\nR,X,U\n'],
    ['duplicate-trip', 'trips.txt', 'route_id,service_id,trip_id\nR,S,T\nR,S,T\n'],
    ['trip-without-stop-times', 'trips.txt', 'route_id,service_id,trip_id\nR,S,T\nR,S,U\n'],
    ['duplicate-stop', 'stops.txt', `${SOUND_TABLES['stops.txt']!}A,again,46.8,4.4\n`],
    ['invalid-time-zone', 'agency.txt', 'agency_name,agency_timezone\nX,Mars/Olympus\n'],
    [
      'frequency-of-unknown-trip',
      'frequencies.txt',
      'trip_id,start_time,end_time,headway_secs\nX,08:00:00,09:00:00,600\n',
    ],
    [
      'invalid-frequency',
      'frequencies.txt',
      'trip_id,start_time,end_time,headway_secs\nT,08:00:00,09:00:00,0\n',
    ],
    ['transfer-of-unknown-stop', 'transfers.txt', 'from_stop_id,to_stop_id,transfer_type\nA,X,0\n'],
    ['invalid-transfer-type', 'transfers.txt', 'from_stop_id,to_stop_id,transfer_type\nA,B,9\n'],
    ['transfer-without-time', 'transfers.txt', 'from_stop_id,to_stop_id,transfer_type\nA,B,2\n'],
    [
      'transfer-of-unknown-trip',
      'transfers.txt',
      'from_stop_id,to_stop_id,transfer_type,from_trip_id,to_trip_id\nA,B,4,T,X\n',
    ],
    [
      'transfer-of-single-routes',
      'transfers.txt',
      'from_stop_id,to_stop_id,transfer_type,from_route_id\nA,B,3,R\n',
    ],
    ['invalid-date', 'calendar_dates.txt', 'service_id,date,exception_type\nS,20260230,1\n'],
    ['invalid-exception-type', 'calendar_dates.txt', 'service_id,date,exception_type\nS,20260302,3\n'],
    [
      'contradictory-exceptions',
      'calendar_dates.txt',
      'service_id,date,exception_type\nS,20260302,1\nS,20260302,2\n',
    ],
    ['service-without-days', 'calendar_dates.txt', 'service_id,date,exception_type\nX,20260302,2\n'],
    ['gtfs-table-misspelt', 'calendar_date.txt', 'service_id,date,exception_type\nS,20260302,2\n'],
    [
      'invalid-pickup-type',
      'stop_times.txt',
      SOUND_TABLES['stop_times.txt']!.replace(HEADER, `${HEADER},pickup_type`).replaceAll(
        /,(\d)\n/g,
        ',$1,7\n',
      ),
    ],
  ])('%s is a notice with file and action, and the rest is kept', async (code, table, content) => {
    const { feed, notices } = await readWritten({ [table]: content });
    expect(notices.notices[0]!.code).toBe(code);
    expect(notices.notices[0]!.file).toMatch(
      new RegExp(`/${code === 'trip-without-stop-times' ? 'stop_times.txt' : table}$`),
    );
    expect(notices.notices[0]!.action).toBeTruthy();
    expect(feed.calls.count).toBe(3);
  });

  it('a trip with one stop time is left out with a notice', async () => {
    const { feed, codes } = await readWritten({
      'trips.txt': 'route_id,service_id,trip_id\nR,S,T\nR,S,U\n',
      'stop_times.txt': `${SOUND_TABLES['stop_times.txt']!}U,09:00:00,09:00:00,A,1\n`,
    });
    expect(codes).toEqual(['trip-with-one-stop-time']);
    expect([...feed.trips.firstCall]).toEqual([0, 3, 3]);
  });
});

describe('positions of stops', () => {
  const stops = (...rows: string[]): string =>
    ['stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station', ...rows, ''].join('\n');
  const around = ['A,a,46.80,4.40,0,', 'B,b,46.81,4.40,0,'];

  it.each([
    { stop: 'C,c,0,0,0,', code: 'stop-at-0-0', lon: Number.NaN },
    { stop: 'C,c,,,0,', code: 'stop-without-position', lon: Number.NaN },
    { stop: 'C,c,4.41,46.82,0,', code: 'stop-lon-lat-swapped', lon: 4.41 },
    { stop: 'C,c,45.5,-73.5,0,', code: 'stop-far-away', lon: -73.5 },
    { stop: 'C,c,146.8,204.4,0,', code: 'stop-position-invalid', lon: Number.NaN },
    { stop: 'C,c,46.82,4.41,0,X', code: 'unknown-parent-station', lon: 4.41 },
  ])('$code', async ({ stop, code, lon }) => {
    const { feed, notices } = await readWritten({ 'stops.txt': stops(...around, stop) });
    expect(notices.notices[0]).toMatchObject({ code, id: 'C', row: 4 });
    expect(feed.stops.lon[2]).toBe(lon);
  });

  it('come from the station where a platform has none', async () => {
    const { feed, codes } = await readWritten({
      'stops.txt': stops(...around, 'ST,gare,46.82,4.41,1,', 'C,voie 1,,,0,ST'),
    });
    expect(codes).toEqual(['stop-position-of-station']);
    expect(feed.stops.lon[3]).toBe(4.41);
    expect(feed.stops.station[3]).toBe(2);
  });

  it('are swapped back where a whole European feed lies in Somalia', async () => {
    const { feed, codes } = await readWritten({
      'stops.txt': stops('A,a,4.40,46.80,0,', 'B,b,4.40,46.81,0,', 'C,c,4.40,46.83,0,'),
    });
    expect(codes).toEqual(['feed-lon-lat-swapped']);
    expect([...feed.stops.lon]).toEqual([4.4, 4.4, 4.4]);
  });
});

describe('on-demand service', () => {
  it.each([
    { type: 0, rules: PICKUP | DROP_OFF, rows: 0 },
    { type: 1, rules: DROP_OFF, rows: 0 },
    { type: 2, rules: DROP_OFF, rows: 3 },
    { type: 3, rules: DROP_OFF, rows: 3 },
  ])(
    'pickup type $type is scheduled only if 0, and counted apart if 2 or 3',
    async ({ type, rules, rows }) => {
      const table = SOUND_TABLES['stop_times.txt']!.replace(HEADER, `${HEADER},pickup_type`).replaceAll(
        /,(\d)\n/g,
        `,$1,${type}\n`,
      );
      const { feed } = await readWritten({ 'stop_times.txt': table });
      expect([...feed.calls.rules]).toEqual([rules, rules, rules]);
      expect(feed.onDemand.rowCount).toBe(rows);
    },
  );

  it('in zones and time windows (GTFS-Flex) is counted, never scheduled', async () => {
    const { feed, codes } = await readWritten({
      'trips.txt': 'route_id,service_id,trip_id\nR,S,T\nR,S,TAD\n',
      'stop_times.txt':
        `${HEADER},location_id,start_pickup_drop_off_window,end_pickup_drop_off_window\n` +
        'T,08:00:00,08:00:00,A,1,,,\nT,08:30:00,08:30:00,C,2,,,\n' +
        'TAD,,,,1,zone,08:00:00,18:00:00\nTAD,,,,2,zone,08:00:00,18:00:00\n',
      'booking_rules.txt': 'booking_rule_id,booking_type\n1,1\n',
      'locations.geojson': '{"type":"FeatureCollection","features":[{"id":"zone"}]}',
    });
    expect(codes).toEqual(['on-demand-service']);
    expect(feed.onDemand).toEqual({ tripCount: 1, rowCount: 2, bookingRuleCount: 1, zoneCount: 1 });
    expect(feed.calls.count).toBe(2);
  });
});

describe('what is no usable feed', () => {
  it.each<[message: RegExp, tables: Record<string, string | undefined>]>([
    [/stop_times\.txt missing/, { 'stop_times.txt': undefined }],
    [/neither calendar\.txt nor calendar_dates\.txt/, { 'calendar.txt': undefined }],
    [
      /has no column stop_id; its columns are: trip_id, /,
      { 'stop_times.txt': SOUND_TABLES['stop_times.txt']!.replace('stop_id', 'arret') },
    ],
    [
      /no trip that ever runs/,
      { 'calendar.txt': SOUND_TABLES['calendar.txt']!.replace('1,1,1,1,1', '0,0,0,0,0') },
    ],
    [
      /no trip that ever runs: 1 trips, of which 0 have stop times/,
      { 'stop_times.txt': `${HEADER}\nT,08:00:00,08:00:00,A,1\n` },
    ],
    [/NeTEx/, { 'stops.txt': undefined, 'stop_times.txt': undefined, 'offre.xml': '<PublicationDelivery/>' }],
    [/holds zips/, { 'stops.txt': undefined, 'stop_times.txt': undefined, 'a.zip': 'PK' }],
    [
      /holds 2 feeds/,
      {
        'stops.txt': undefined,
        'stop_times.txt': undefined,
        'a/stop_times.txt': HEADER,
        'b/stop_times.txt': HEADER,
      },
    ],
  ])('is refused with its remedy: %s', async (message, tables) => {
    const error = await refusal(tables);
    expect(error.message).toMatch(message);
    expect(error.fields.remedy).toBeTruthy();
    expect(error.fields.file).toBeTruthy();
  });

  it('a path that does not exist', async () => {
    const { readGtfs } = await import('../../../src/read/gtfs/read-gtfs.ts');
    const { NoticeList } = await import('../../../src/common/notices.ts');
    await expect(readGtfs('nowhere/ter.zip', 0, new NoticeList())).rejects.toThrow(UsageError);
  });
});
