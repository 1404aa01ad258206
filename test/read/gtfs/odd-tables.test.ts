/**
 * Tables as programs and spreadsheets write them that say the same in other letters: whole numbers as decimals,
 * marks and widths of Unicode, optional tables without a row. Each must give the feed that the plain tables give.
 */
import { describe, expect, it } from 'vitest';
import { onDemandOnlyError, UsageError } from '../../../src/common/errors.ts';
import type { GtfsFeed } from '../../../src/read/gtfs/gtfs-feed.ts';
import { readWritten, SOUND_TABLES } from './written-feed.ts';

type Tables = Record<string, string | Buffer | undefined>;

/** Every id is a number, every optional whole number is there: two platforms in a station, a line there and back. */
const NUMBERED: Record<string, string> = {
  'agency.txt': SOUND_TABLES['agency.txt']!,
  'stops.txt':
    'stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\n' +
    '9,Gare,46.80,4.40,1,\n11,Quai 1,46.80,4.40,0,9\n12,Quai 2,46.80,4.401,0,9\n13,Mairie,46.83,4.40,0,\n',
  'routes.txt': 'route_id,route_short_name,route_long_name,route_type\n7,7,Ligne 7,3\n',
  'calendar.txt':
    'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n' +
    '5,1,1,1,0,1,0,0,20260101,20261231\n',
  'calendar_dates.txt': 'service_id,date,exception_type\n5,20260714,2\n5,20260718,1\n',
  'trips.txt':
    'route_id,service_id,trip_id,direction_id,block_id\n7,5,101,0,3\n7,5,102,1,3\n7,5,103,0,\n7,5,104,0,\n',
  'stop_times.txt':
    'trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type,timepoint,shape_dist_traveled\n' +
    // Out of order: the sequence alone tells which comes first.
    '101,08:10:00,08:10:00,13,10,1,0,1,2\n101,08:00:00,08:00:00,11,2,0,1,1,0\n' +
    '102,08:20:00,08:20:00,13,1,0,1,1,0\n102,08:30:00,08:30:00,12,2,1,0,1,2\n' +
    '103,00:00:00,00:00:00,11,1,0,0,1,0\n103,00:10:00,00:10:00,13,2,0,0,1,2\n' +
    '104,00:00:00,00:00:00,11,1,3,0,1,0\n104,00:10:00,00:10:00,13,2,0,0,1,2\n',
  'frequencies.txt':
    'trip_id,start_time,end_time,headway_secs,exact_times\n103,09:00:00,10:00:00,600,1\n104,09:00:00,10:00:00,600,0\n',
  'transfers.txt':
    'from_stop_id,to_stop_id,transfer_type,min_transfer_time,from_trip_id,to_trip_id\n' +
    '11,12,2,180,,\n12,13,3,,,\n13,13,4,,101,102\n',
};

/** A column as a program writes it that holds it as decimals. */
function asDecimals(table: string, column: string, ending: string): Tables {
  const [header, ...rows] = NUMBERED[table]!.trim()
    .split('\n')
    .map((row) => row.split(','));
  const at = header!.indexOf(column);
  if (at < 0) throw new Error(`${table} has no ${column}`);
  const written = rows.map((row) =>
    row.map((value, field) => (field === at && value !== '' ? value + ending : value)),
  );
  return { [table]: `${[header!, ...written].map((row) => row.join(',')).join('\n')}\n` };
}

const withoutIds = ({ name, stops, routes, services, trips, ...rest }: GtfsFeed) => ({
  ...rest,
  stops: { ...stops, id: [] },
  routes: { ...routes, id: [] },
  services: { ...services, id: [] },
  trips: { ...trips, id: [] },
});
const read = async (tables: Tables) => readWritten({ ...NUMBERED, ...tables });
const withoutName = ({ name, ...rest }: GtfsFeed) => rest;

const NUMBERS: Array<[table: string, columns: string[]]> = [
  [
    'calendar.txt',
    ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday', 'start_date', 'end_date'],
  ],
  ['calendar_dates.txt', ['service_id', 'date', 'exception_type']],
  ['stops.txt', ['location_type', 'parent_station']],
  ['routes.txt', ['route_type']],
  ['trips.txt', ['route_id', 'service_id', 'direction_id', 'block_id']],
  [
    'stop_times.txt',
    [
      'trip_id',
      'stop_id',
      'stop_sequence',
      'pickup_type',
      'drop_off_type',
      'timepoint',
      'shape_dist_traveled',
    ],
  ],
  ['frequencies.txt', ['trip_id', 'headway_secs', 'exact_times']],
  [
    'transfers.txt',
    ['from_stop_id', 'to_stop_id', 'transfer_type', 'min_transfer_time', 'from_trip_id', 'to_trip_id'],
  ],
];
const EACH_NUMBER = NUMBERS.flatMap(([table, columns]) => columns.map((column) => [table, column] as const));

describe('whole numbers written as decimals', () => {
  it.each(EACH_NUMBER)('are the numbers they are in %s, %s', async (table, column) => {
    const plain = await read({});
    for (const ending of ['.0', '.', '.000']) {
      const { feed, codes } = await read(asDecimals(table, column, ending));
      expect(withoutName(feed)).toEqual(withoutName(plain.feed));
      expect(codes).toEqual(plain.codes);
    }
  });

  it.each([
    ['stops.txt', 'stop_id'],
    ['routes.txt', 'route_id'],
    ['calendar.txt', 'service_id'],
    ['trips.txt', 'trip_id'],
  ])('are found where the table that defines them has the decimals: %s, %s', async (table, column) => {
    const plain = await read({});
    const { feed, codes } = await read(asDecimals(table, column, '.0'));
    expect(withoutIds(feed)).toEqual(withoutIds(plain.feed));
    expect(codes).toEqual(plain.codes);
  });

  it('stay apart where a table has both spellings as ids', async () => {
    const { feed } = await read({
      'stops.txt': `${NUMBERED['stops.txt']!}13.0,Autre,46.85,4.40,0,\n`,
      'stop_times.txt': NUMBERED['stop_times.txt']!.replace('08:20:00,13,', '08:20:00,13.0,'),
    });
    const stopOf = (call: number) => feed.stops.name[feed.calls.stop[call]!];
    expect([stopOf(1), stopOf(2)]).toEqual(['Mairie', 'Autre']);
  });

  it.each(['1.5', '1.0.0', '.0', '1,5', '1e0', '-1.0'])('are no whole numbers as %s', async (value) => {
    const table = NUMBERED['calendar_dates.txt']!.replace(',2\n', `,"${value}"\n`);
    expect((await read({ 'calendar_dates.txt': table })).codes).toContain('invalid-exception-type');
  });

  it('may have a decimal comma in tables of semicolons', async () => {
    const table = NUMBERED['frequencies.txt']!.replaceAll(',', ';').replaceAll(/;600;(\d)/g, ';600,0;$1,0');
    const { feed } = await read({ 'frequencies.txt': table });
    expect(feed.frequencies).toEqual((await read({})).feed.frequencies);
  });
});

const utf16 = (text: string, isBigEndian = false): Buffer => {
  const bytes = Buffer.from(text, 'utf16le');
  return isBigEndian ? bytes.swap16() : bytes;
};
const utf32 = (text: string, isBigEndian = false): Buffer => {
  const bytes = Buffer.alloc(4 * [...text].length);
  [...text].forEach((character, i) => {
    bytes.writeUInt32LE(character.codePointAt(0)!, 4 * i);
  });
  return isBigEndian ? bytes.swap32() : bytes;
};
const MARK = '\ufeff';
const quoted = (text: string): string => text.replaceAll(/[^,\n]+/g, '"$&"');

const ENCODINGS: Array<[string, (text: string) => Buffer]> = [
  ['UTF-8 with a mark', (text) => Buffer.from(MARK + text)],
  ['UTF-8 with two marks', (text) => Buffer.from(MARK + MARK + text)],
  ['UTF-8 with a mark before the quotes of the header', (text) => Buffer.from(MARK + quoted(text))],
  [
    'UTF-8 with a mark inside the quotes of the header',
    (text) => Buffer.from(`"${MARK}${quoted(text).slice(1)}`),
  ],
  ['UTF-16 little-endian with a mark', (text) => utf16(MARK + text)],
  ['UTF-16 big-endian with a mark', (text) => utf16(MARK + text, true)],
  ['UTF-16 big-endian with a mark and quotes', (text) => utf16(MARK + quoted(text), true)],
  ['UTF-16 big-endian with CRLF', (text) => utf16(MARK + text.replaceAll('\n', '\r\n'), true)],
  ['UTF-16 little-endian without a mark', (text) => utf16(text)],
  ['UTF-16 big-endian without a mark', (text) => utf16(text, true)],
  ['UTF-16 cut within its last character', (text) => utf16(`${MARK}${text}\n`).subarray(0, -1)],
  ['UTF-32 little-endian with a mark', (text) => utf32(MARK + text)],
  ['UTF-32 big-endian with a mark', (text) => utf32(MARK + text, true)],
];

describe('marks and widths of Unicode', () => {
  it.each(ENCODINGS)('give the same feed in every table: %s', async (_, encode) => {
    const plain = await read({});
    for (const [table, text] of Object.entries(NUMBERED)) {
      const { feed, codes } = await read({ [table]: encode(text) });
      expect(withoutName(feed)).toEqual(withoutName(plain.feed));
      expect([table, codes]).toEqual([table, plain.codes]);
    }
    const all = await read(
      Object.fromEntries(Object.entries(NUMBERED).map(([table, text]) => [table, encode(text)])),
    );
    expect(withoutName(all.feed)).toEqual(withoutName(plain.feed));
  });

  it('do not hide the zones of service on demand', async () => {
    const zones = '{"type":"FeatureCollection","features":[{"id":"1"}]}';
    const { feed, codes } = await read({ 'locations.geojson': Buffer.from(MARK + zones) });
    expect(feed.onDemand.zoneCount).toBe(1);
    expect(codes).toContain('on-demand-service');
  });
});

const EMPTY: Array<[string, (header: string) => string | Buffer]> = [
  ['0 bytes', () => ''],
  ['a line feed', () => '\n'],
  ['blank lines', () => '\r\n  \r\n\t\r\n'],
  ['a mark alone', () => MARK],
  ['a mark of UTF-16 alone', () => Buffer.of(0xfe, 0xff)],
  ['its header', (header) => header],
  ['its header in UTF-16', (header) => utf16(`${MARK}${header}\n`, true)],
  ['its header and blank lines', (header) => `${header}\n\n  \n`],
  ['its header and rows of separators', (header) => `${header}\n,,,\n"","",\n`],
];
const OPTIONAL = ['agency.txt', 'routes.txt', 'calendar_dates.txt', 'frequencies.txt', 'transfers.txt'];

describe('an optional table without a row', () => {
  it.each(EMPTY)('is as if it were not there: %s', async (_, write) => {
    for (const table of OPTIONAL) {
      const header = NUMBERED[table]!.split('\n')[0]!;
      const absent = await read({ [table]: undefined });
      const { feed, codes } = await read({ [table]: write(header) });
      expect(withoutName(feed)).toEqual(withoutName(absent.feed));
      expect([table, codes]).toEqual([table, absent.codes]);
    }
  });

  it.each(EMPTY)('leaves a service to the other calendar: %s', async (_, write) => {
    const [calendar, dates] = ['calendar.txt', 'calendar_dates.txt'];
    const days = 'service_id,date,exception_type\nS,20261006,1\n';
    const header = SOUND_TABLES[calendar]!.split('\n')[0]!;
    const { feed, codes } = await readWritten({ [calendar]: write(header), [dates]: days });
    expect(codes).toEqual([]);
    expect(feed.services.addedDays).toEqual([[20_732]]);
  });

  it.each(EMPTY)('is no calendar where there is no other: %s', async (_, write) => {
    const header = SOUND_TABLES['calendar.txt']!.split('\n')[0]!;
    await expect(readWritten({ 'calendar.txt': write(header) })).rejects.toThrow(/neither calendar\.txt/);
  });

  it.each(['stops.txt', 'trips.txt', 'stop_times.txt'])(
    'is refused by name where it is required: %s',
    async (table) => {
      const error: unknown = await readWritten({ [table]: '\n' }).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(UsageError);
      const { message, fields } = error as UsageError;
      expect(message).toBe('the table holds no row');
      expect(fields.file).toMatch(new RegExp(`/${table}$`));
    },
  );
});

const FLEX_HEADER =
  'trip_id,stop_sequence,location_id,start_pickup_drop_off_window,end_pickup_drop_off_window';
const FLEX_ROWS = 'T,1,zone,08:00:00,18:00:00\nT,2,zone,08:00:00,18:00:00\n';
const ZONES = '{"type":"FeatureCollection","features":[{"id":"zone"}]}';

describe('a feed of nothing but service on demand', () => {
  it.each<[string, Tables]>([
    ['zones, without a column for stops or times', { 'stop_times.txt': `${FLEX_HEADER}\n${FLEX_ROWS}` }],
    [
      'zones, without stops.txt',
      {
        'stops.txt': undefined,
        'stop_times.txt': `${FLEX_HEADER}\n${FLEX_ROWS}`,
        'locations.geojson': ZONES,
      },
    ],
    [
      'zones, stops.txt with its header alone',
      { 'stops.txt': 'stop_id,stop_name\n', 'stop_times.txt': `${FLEX_HEADER}\n${FLEX_ROWS}` },
    ],
    [
      'groups of stops, without stop_id',
      {
        'stop_times.txt':
          'trip_id,stop_sequence,location_group_id,start_pickup_drop_off_window,end_pickup_drop_off_window\n' +
          'T,1,g,08:00:00,18:00:00\nT,2,g,08:00:00,18:00:00\n',
        'location_groups.txt': 'location_group_id,location_group_name\ng,Bourgs\n',
      },
    ],
    [
      'windows at stops, without times',
      {
        'stop_times.txt':
          'trip_id,stop_id,stop_sequence,start_pickup_drop_off_window,end_pickup_drop_off_window\n' +
          'T,A,1,08:00:00,18:00:00\nT,B,2,08:00:00,18:00:00\n',
      },
    ],
    [
      'zones, without a sequence or a calendar',
      {
        'stop_times.txt': 'trip_id,location_id\nT,zone\n',
        'calendar.txt': undefined,
        'locations.geojson': ZONES,
      },
    ],
    [
      'booking rules, and no stop times at all',
      {
        'stop_times.txt': undefined,
        'booking_rules.txt': 'booking_rule_id,booking_type\n1,1\n',
        'locations.geojson': ZONES,
      },
    ],
  ])('is named as such: %s', async (_, tables) => {
    const expected = onDemandOnlyError('x');
    const error: unknown = await readWritten(tables).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as UsageError).message).toBe(expected.message);
    expect((error as UsageError).fields.remedy).toBe(expected.fields.remedy);
  });

  it('is kept with a notice where its trips have times, all of them booked', async () => {
    const booked = SOUND_TABLES['stop_times.txt']!.replace('sequence', 'sequence,pickup_type').replaceAll(
      /,(\d)\n/g,
      ',$1,2\n',
    );
    const { feed, codes } = await readWritten({ 'stop_times.txt': booked });
    expect(feed.onDemand.isOnly).toBe(true);
    expect(codes).toEqual(['feed-on-demand-only', 'on-demand-service']);
  });

  it.each<[string, Tables, RegExp]>([
    [
      'a scheduled feed without stop_id',
      { 'stop_times.txt': 'trip_id,arrival_time,departure_time,stop_sequence\nT,08:00:00,08:00:00,1\n' },
      /no column stop_id/,
    ],
    [
      'a feed with a scheduled trip beside the zones, and no calendar',
      {
        'calendar.txt': undefined,
        'locations.geojson': ZONES,
        'stop_times.txt': `${SOUND_TABLES['stop_times.txt']!.trim()
          .replace('sequence', 'sequence,location_id')
          .replaceAll(/,(\d)(\n|$)/g, ',$1,$2')}\n`,
      },
      /neither calendar\.txt/,
    ],
  ])('is not %s', async (_, tables, message) => {
    await expect(readWritten(tables)).rejects.toThrow(message);
  });
});
