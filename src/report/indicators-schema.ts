/**
 * The shape of `indicateurs.json`, as zod; `scripts/make-schema.ts` writes it as JSON Schema (draft 2020-12) to
 * `data/indicateurs.schema.json`, which is published with the package, and a test keeps the two equal. Keys are
 * English snake_case, whatever the language of the report; a figure that does not exist is null.
 */
import * as z from 'zod';
import { followUpSchema, targetsSchema } from './follow-up-json.ts';
import { OUTPUT_SCHEMA_VERSION } from './report-input.ts';
import { receptionSchema, unknownTypesSchema, variantsSchema } from './variants-schema.ts';

const people = z.number().min(0).describe('People, unrounded');
const share = z.number().min(0).max(1).nullable().describe('Between 0 and 1; null where there are no people');
const minutes = z.number().min(0).nullable().describe('Minutes; null where nobody is reached');

const headlineSchema = z.strictObject({
  mode: z.string(),
  threshold_minutes: z.number().positive(),
  operator: z.enum(['<', '<=']),
  population: people,
  population_covered: people,
  population_uncovered: people.describe('Reached, but not within the threshold; excludes the not connected'),
  population_not_connected: people,
  rate: share,
  rate_median: share.optional().describe('Transit: leaving at any minute, by the median time'),
  mean_availability: share.optional().describe('Transit: share of leaving times within the threshold'),
});

const bandSchema = z.strictObject({
  from_minutes: z.number().nullable(),
  to_minutes: z.number().nullable().describe('null: no upper bound'),
  connected: z.boolean().describe('false: the people not connected, who have no time'),
  population: people,
});

const tallySchema = z.strictObject({
  population: people,
  population_covered: people,
  population_uncovered: people,
  population_not_connected: people,
  rate: share,
  mean_minutes: minutes,
  median_minutes: minutes,
  share_reached: share.describe('Share of the people whom mean and median cover'),
  bands: z.array(bandSchema),
  departures: z
    .strictObject({ population_covered_median: people, rate_median: share, mean_availability: share })
    .optional()
    .describe('Transit: over all leaving times of the window, waiting at the stop'),
});

const areaSchema = z.strictObject({
  code: z.string().describe('Empty: the people of no commune, EPCI, canton or territory'),
  name: z.string(),
  ...tallySchema.shape,
});

const nearestStructure = z.strictObject({
  id: z.string(),
  population: people,
  mean_minutes: z.number().min(0),
  mean_meters: z.number().min(0).nullable(),
});

const communeSchema = z.strictObject({
  ...areaSchema.shape,
  epci: z.string().nullable(),
  canton: z.string().nullable().describe('Null where several cantons share the commune, or none is known'),
  territory: z.string().nullable(),
  state: z.enum(['couverte', 'partielle', 'non couverte', 'sans population']),
  borderline: z.boolean().describe('The state changes if all times change by two minutes'),
  nearest_structure: nearestStructure.nullable(),
  too_late: z
    .strictObject({ median_minutes: z.number().min(0), nearest_structure: nearestStructure })
    .nullable()
    .describe('Of the people reached beyond the threshold alone; null where there are none'),
  minutes_over_car: z
    .number()
    .nullable()
    .optional()
    .describe(
      'Transit, where the study has a car: minutes longer than by car, mean over people who have both',
    ),
});

const snapSchema = z.strictObject({
  count: z.int().min(0),
  not_linked: z.int().min(0),
  median_meters: z.number().min(0).nullable(),
  p95_meters: z.number().min(0).nullable(),
  max_meters: z.number().min(0).nullable(),
});

const modeSchema = z.strictObject({
  mode: z.string(),
  combines: z.array(z.string()).nullable(),
  whole: tallySchema,
  population_not_linked: people.describe('Of the not connected: cells that no street of the mode is near'),
  communes_by_state: z.strictObject({
    couverte: z.int().min(0),
    partielle: z.int().min(0),
    non_couverte: z.int().min(0),
    sans_population: z.int().min(0),
  }),
  border: z
    .strictObject({ population_covered_without: people, population_gained: people })
    .nullable()
    .describe('What structures beyond the border bring'),
  population_by_ferry_only: people
    .nullable()
    .describe('People covered only because a ferry runs; null where the network of the mode has none'),
  snaps: z.strictObject({ cells: snapSchema, structures: snapSchema }).nullable(),
  pockets: z.array(
    z.strictObject({
      number: z.int().min(1),
      communes: z.array(z.string()),
      population: people,
      population_left_out: people,
    }),
  ),
  communes: z.array(communeSchema),
  epcis: z.array(areaSchema),
  cantons: z.array(areaSchema),
  territories: z.array(areaSchema),
  structures: z.array(
    z.strictObject({
      id: z.string(),
      population_nearest: people,
      population_within: people.nullable(),
      population_alone: people.nullable(),
    }),
  ),
});

const count = z.int().min(0);

const transitSchema = z.strictObject({
  date: z.string(),
  feeds: z.array(
    z.strictObject({
      name: z.string(),
      agency: z.string().nullable(),
      first_day: z.string(),
      last_day: z.string(),
      active_trips: count,
      stops: count,
      on_demand_trips: count.describe('Never counted as scheduled service'),
      on_demand_zones: count,
    }),
  ),
  leaving_from_seconds: z.number().describe('Seconds of the day'),
  leaving_until_seconds: z.number(),
  sparse_window: z
    .strictObject({
      from_seconds: z.number(),
      until_seconds: z.number(),
      feeds: z.array(z.string()),
      trips: count,
      trips_on_day: count,
      busiest_from_seconds: z.number(),
      busiest_until_seconds: z.number(),
      busiest_trips: count,
    })
    .nullable()
    .describe('Set where hardly anything runs in the window, with the busiest window of its length'),
  population_by_rides: z.array(people).describe('Walked, 1 ride, 2, 3 or more, of the people reached'),
  mean_transfer_wait_minutes: minutes,
  cells: count.describe('Inhabited cells'),
  cells_changed: count.describe('Of them, those that transit takes there sooner than a walk'),
  population_changed: people,
  population_gained: people.describe('Within the threshold by transit, and not by walking'),
  limit_minutes: z.number().describe('The longest trip that is looked for'),
  population_over_limit: people.describe('Connected, by a way that takes longer: counted as uncovered'),
  stops_served: count,
  stops_not_linked: count.describe('No street leads there'),
  structures_with_hours: count.describe('Of known hours: they count whenever they are open in the week'),
  structures_closed: count.describe('Closed all that day: their hours of the days after count'),
  structures_outside_window: count.describe('Open that day, not in the window: their own hours count'),
  school_only_lines: z.array(z.string()),
  without_school_only: z.strictObject({ population_covered: people, rate: share }).nullable(),
});

export const indicatorsSchema = z
  .strictObject({
    schema_version: z.literal(OUTPUT_SCHEMA_VERSION),
    generator: z.strictObject({ name: z.literal('maillage'), version: z.string() }),
    licence: z.string(),
    study: z.strictObject({
      name: z.string(),
      date: z.string(),
      departement: z.string().nullable(),
      fictional: z.boolean(),
    }),
    headline: z.array(headlineSchema).describe('One object per mode, in the order of the study'),
    uncovered_below: z.number().min(0).max(1),
    cells: z.strictObject({
      count: z.int().min(0),
      count_outside: z.int().min(0),
      count_split: z.int().min(0),
      population_read: people,
      population_inside: people,
      population_outside: people,
      population_by_rule: z.strictObject({
        grid: people,
        split: people,
        centre: people,
        nearest: people,
        none: people,
      }),
      population_by_origin: z.record(z.string(), people),
      share_imputed: share,
    }),
    calage: z
      .strictObject({
        population_before: people,
        population_after: people,
        population_official: people,
        communes_scaled: z.int().min(0),
      })
      .nullable()
      .describe('Scaling of each commune to its official population; null where the study asks for none'),
    structures_assumed: z
      .strictObject({
        engaged: z.int().min(0),
        circle: z.int().min(0),
        hours: z.int().min(0),
        hours_not_understood: z.int().min(0),
      })
      .describe(
        'Structures counted whose list does not say: taken as engaged, circle from the type, open; and those whose hours are not understood, taken as open',
      ),
    modes: z.array(modeSchema),
    reception: receptionSchema,
    unknown_types: unknownTypesSchema
      .nullable()
      .describe('Structures whose type is not known and that would else count; null where there are none'),
    variants: variantsSchema,
    transit: transitSchema.nullable().describe('null where transit is no mode of the study'),
    follow_up: followUpSchema.nullable().describe('Structures engaged by territory, nature and year'),
    targets: targetsSchema.nullable().describe('null where the study sets no target'),
    notices: z
      .record(z.string(), z.int().min(0))
      .describe('Number of things that the notices tell of, by code'),
  })
  .meta({
    title: 'Maillage: indicateurs.json',
    description: 'Share of the people who reach a reception point within the threshold, at every level.',
  });

export type Indicators = z.infer<typeof indicatorsSchema>;

/** The published JSON Schema, as text with a final newline. */
export function writeIndicatorsSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(indicatorsSchema, { target: 'draft-2020-12' }), undefined, 2)}\n`;
}
