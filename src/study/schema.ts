/**
 * The keys of a study file, their defaults and what each allows (zod). The text given with a check is what an
 * error says is allowed, so it stands once. Numbers carry their unit in the key.
 */
import * as z from 'zod';
import { buildTargetsSchema, FOLLOW_UP_SUBKEYS, followUpSchema } from './follow-up-schema.ts';
import { ALL_VARIANTS, RELAY_POPULATION_BELOW, VARIANTS } from './variant-keys.ts';

export const MODES = ['car', 'walk', 'bike', 'transit'] as const;
export type Mode = (typeof MODES)[number];

export const FORMATS = ['fixe', 'multisite', 'antenne', 'bus', 'itinerant'] as const;

/** The word in `population` that stands for the package's commune populations. */
export const COMMUNE_POPULATIONS = 'communes';

function number(allowed: string, isAllowed: (value: number) => boolean) {
  return z.number({ error: allowed }).refine(isAllowed, { error: allowed });
}

function flag() {
  return z.boolean({ error: 'true or false' });
}

function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, { error: `one of ${values.join(', ')}` });
}

/** A list without repeats; a single value stands for a list of one. */
function list<Item extends z.ZodType>(item: Item, allowed: string, fewest = 0) {
  return z.preprocess(
    (value) => (typeof value === 'string' || typeof value === 'number' ? [value] : value),
    z
      .array(item, { error: allowed })
      .min(fewest, { error: allowed })
      .refine((values) => new Set(values).size === values.length, { error: `${allowed}, each once` }),
  );
}

function text(allowed: string) {
  return z.string({ error: allowed }).trim().min(1, { error: allowed });
}

function paths(what: string, fewest = 0) {
  const allowed = `a list of ${what}${fewest > 0 ? ', at least one' : ''}`;
  return list(text('a path relative to the study file'), allowed, fewest);
}

function ascending(what: string) {
  const allowed = `a list of ${what}, ascending, from ${LEAST_MINUTES} to 240`;
  return z
    .array(z.number({ error: allowed }), { error: allowed })
    .min(1, { error: allowed })
    .refine(
      (values) =>
        values.every((value, i) => value >= LEAST_MINUTES && value <= 240 && !(value <= values[i - 1])),
      {
        error: allowed,
      },
    );
}

/** Next to nothing is no band: times are whole tenths of a second. */
const LEAST_MINUTES = 0.1;

const minutes = (greatest: number) =>
  number(`a number of minutes from 0 to ${greatest}`, (value) => value >= 0 && value <= greatest);
const kph = (least: number, greatest: number) =>
  number(`a speed from ${least} to ${greatest} km/h`, (value) => value >= least && value <= greatest);
const meters = (greatest: number) =>
  number(`a number of metres from 1 to ${greatest}`, (value) => value >= 1 && value <= greatest);

const TIME_ALLOWED = 'a time of day such as "09:00" (hours may pass 24)';
const timeOfDay = () =>
  z.string({ error: TIME_ALLOWED }).regex(/^([0-3]?\d|4[0-7]):[0-5]\d$/, { error: TIME_ALLOWED });

const DATE_ALLOWED = 'a day such as 2026-10-06, or auto';
const date = z
  .string({ error: DATE_ALLOWED })
  .refine((value) => value === 'auto' || isDay(value), { error: DATE_ALLOWED });

const WINDOW_ALLOWED = 'a table with from, to (later than from) and anchor';
const window = z
  .strictObject(
    {
      from: timeOfDay().default('09:00'),
      to: timeOfDay().default('12:00'),
      anchor: oneOf(['arrival', 'departure']).default('arrival'),
    },
    { error: WINDOW_ALLOWED },
  )
  .refine(({ from, to }) => toSeconds(from) < toSeconds(to), { error: WINDOW_ALLOWED });

const WALK_ALLOWED = 'a table with speed_kph, access_minutes, egress_minutes and transfer_minutes';
const walk = z.strictObject(
  {
    speed_kph: kph(1, 10).default(4),
    access_minutes: minutes(120).default(15),
    egress_minutes: minutes(120).default(15),
    transfer_minutes: minutes(120).default(10),
  },
  { error: WALK_ALLOWED },
);

const bike = z.strictObject({ speed_kph: kph(3, 50).default(15) }, { error: 'a table with speed_kph' });

const selection = z.strictObject(
  {
    engaged_only: flag().default(true),
    cercles: list(
      z.union([z.literal(1), z.literal(2)], { error: '1 or 2' }),
      'a list of circles: [1], [2] or [1, 2]',
      1,
    ).default([1]),
    formats: list(oneOf(FORMATS), `a list of ${FORMATS.join(', ')}`, 1).default([
      'fixe',
      'multisite',
      'antenne',
      'bus',
      'itinerant',
    ]),
    types: list(text('a type of structure'), 'a list of types; empty = all').default([]),
    open_in_week_only: flag().default(true),
    merge_duplicates: flag().default(false),
  },
  { error: 'a table with engaged_only, cercles, formats, types, open_in_week_only and merge_duplicates' },
);

/** The types are checked where their table is read. */
const TYPE_MAPPING_ALLOWED = 'a table from the words of the lists to types: { Relais social: ccas-cias }';
const typeMapping = z.record(z.string(), text('a type of structure'), { error: TYPE_MAPPING_ALLOWED });

const speedGroup = z.record(z.string(), z.number({ error: 'a number' }), { error: 'a table of numbers' });
const speedNumber = z.number({ error: 'a number' });

/** Same names as `data/speeds.json`; the streets stage checks the names inside and the ranges. */
const speeds = z.strictObject(
  {
    shareOfLimit: speedGroup.optional(),
    untaggedKph: speedGroup.optional(),
    delays: speedGroup.optional(),
    bike: speedGroup.optional(),
    bikeClassShare: speedGroup.optional(),
    bikeSurfaceShare: speedGroup.optional(),
    walk: speedGroup.optional(),
    carSurfaceKph: speedGroup.optional(),
    carSmoothnessKph: speedGroup.optional(),
    carTracktypeKph: speedGroup.optional(),
    ruralLimitKph: speedNumber.optional(),
    ferryKph: speedNumber.optional(),
    ferryWaitMinutes: speedNumber.optional(),
    narrowShare: speedNumber.optional(),
  },
  { error: 'a table with sections of data/speeds.json' },
);

const MODES_ALLOWED = `a list of ${MODES.join(', ')}, at least one`;
const COMBINATION_ALLOWED = 'modes of the study joined by _or_, such as car_or_transit';

const DEPARTEMENT_ALLOWED = 'a code in quotes: "01", "2A", "971", or 6AE, 20R, 69D, 69M';

export const studySchema = z.strictObject(
  {
    name: text('a name'),
    date: date.default('auto'),
    fictional: flag().default(false),
    threshold_minutes: number(
      'a number of minutes from 1 to 240',
      (value) => value >= 1 && value <= 240,
    ).default(30),
    inclusive: flag().default(false),
    uncovered_below: number('a share above 0 and at most 1', (value) => value > 0 && value <= 1).default(0.5),
    bands_minutes: ascending('minutes between bands').default([10, 15, 20, 30, 45]),
    isochrones_minutes: ascending('minutes').default([10, 15, 20, 30]),
    modes: list(oneOf(MODES), MODES_ALLOWED, 1).default(['car', 'walk', 'bike']),
    combinations: list(
      z.string({ error: COMBINATION_ALLOWED }).refine(isCombination, { error: COMBINATION_ALLOWED }),
      `a list of ${COMBINATION_ALLOWED}`,
    ).default([]),
    departement: z
      .string({ error: DEPARTEMENT_ALLOWED })
      .regex(/^(\d{2,3}|2[AB]|6AE|20R|69D|69M)$/i, { error: DEPARTEMENT_ALLOWED })
      .transform((code) => code.toUpperCase())
      .optional(),
    commune_codes: list(
      text('a commune code in quotes, such as "71270"').transform((code) => code.toUpperCase()),
      'a list of commune codes in quotes, at least one',
      1,
    ).optional(),
    roads: paths('OpenStreetMap files'),
    rivers: paths('OpenStreetMap files, or GeoJSON lines').default([]),
    timetables: paths('GTFS files').default([]),
    population: paths(`grid files, or [${COMMUNE_POPULATIONS}]`, 1),
    population_crs: text('a coordinate system such as EPSG:2154').optional(),
    cell_size_meters: meters(10_000).optional(),
    calage: text(`a CSV of populations de référence, or ${COMMUNE_POPULATIONS}`).optional(),
    communes: paths('GeoJSON, GeoPackage or OpenStreetMap files').default([]),
    epci: paths('CSV files').default([]),
    cantons: paths('CSV files').default([]),
    territories: paths('CSV files').default([]),
    cog: paths('CSV files').default([]),
    structures: paths('CSV, JSON, GeoJSON or OpenStreetMap files', 1),
    itinerant_stops: paths('CSV files').default([]),
    structures_selection: selection.prefault({}),
    type_mapping: typeMapping.prefault({}),
    cross_border: flag().default(true),
    follow_up: followUpSchema.prefault({}),
    targets: buildTargetsSchema((word) => isMode(word) || isCombination(word)).prefault({}),
    variants: list(
      oneOf([...VARIANTS, ALL_VARIANTS]),
      `a list of ${VARIANTS.join(', ')}, or ${ALL_VARIANTS}`,
    ).default([]),
    relay_population_below: number(
      'a number of inhabitants from 0 to 100000',
      (value) => value >= 0 && value <= 100_000,
    ).default(RELAY_POPULATION_BELOW),
    window: window.prefault({}),
    walk: walk.prefault({}),
    bike: bike.prefault({}),
    rural_limit_kph: kph(50, 130).default(80),
    ferry_wait_minutes: minutes(240).default(0),
    speeds: speeds.prefault({}),
    min_island: number(
      'a whole number of junctions from 0 to 1000000',
      (value) => Number.isInteger(value) && value >= 0 && value <= 1_000_000,
    ).default(200),
    snap_radius_meters: meters(50_000).default(1000),
    structure_radius_meters: meters(50_000).default(300),
    lang: oneOf(['fr', 'en']).default('fr'),
    csv: oneOf(['excel', 'standard']).default('excel'),
    out: text('a folder relative to the study file').optional(),
  },
  { error: 'a table of keys' },
);

/** A study with its defaults, keys as in the file. */
export type StudyParameters = z.output<typeof studySchema>;

/** Keys of the file in the schema's order. */
export const STUDY_KEYS: readonly string[] = Object.keys(studySchema.shape);

/** Keys below a key that holds a table: `walk` -> its keys. */
export const SUBKEYS: ReadonlyMap<string, readonly string[]> = new Map([
  ['window', Object.keys(window.shape)],
  ['walk', Object.keys(walk.shape)],
  ['bike', Object.keys(bike.shape)],
  ['structures_selection', Object.keys(selection.shape)],
  ['speeds', Object.keys(speeds.shape)],
  ...FOLLOW_UP_SUBKEYS,
]);

/** `09:00` -> seconds since the start of the day; may exceed 86 400. */
export function toSeconds(time: string): number {
  const [hours, minutesPart] = time.split(':').map(Number);
  return hours * 3600 + minutesPart * 60;
}

function isDay(value: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (match === null) return false;
  const day = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === value;
}

function isMode(value: string): boolean {
  return (MODES as readonly string[]).includes(value);
}

function isCombination(value: string): boolean {
  const parts = value.split('_or_');
  const isKnown = parts.every(isMode);
  return parts.length >= 2 && isKnown && new Set(parts).size === parts.length;
}
