/** The shape of `variants` and `reception` in `indicateurs.json`, as zod. */
import * as z from 'zod';

const count = z.int().min(0);

const tallySchema = z.strictObject({
  population: z.number().min(0).nullable().describe('People or households by the unit, unrounded'),
  population_covered: z.number().min(0).nullable(),
  population_uncovered: z.number().min(0).nullable(),
  population_not_connected: z.number().min(0).nullable(),
  rate: z.number().min(0).max(1).nullable(),
  difference: z.number().min(-1).max(1).nullable().describe('Rate less the headline’s, same mode and place'),
  secret: z.boolean().describe('true: fewer than 11 households, so no value'),
});

const areaSchema = z.strictObject({ code: z.string(), name: z.string(), ...tallySchema.shape });

export const variantsSchema = z
  .array(
    z.strictObject({
      variant: z.string().describe('As the study names it; a segment by its own name'),
      unit: z.enum(['people', 'households']).describe('What its populations count'),
      structures: count
        .nullable()
        .describe('Structures counted; null for segments and where nothing is told'),
      structures_not_said: count
        .nullable()
        .describe('Structures whose list does not say what the variant asks; null where it asks nothing'),
      told: z.boolean().describe('false: the lists say nothing of what it asks, so there are no figures'),
      modes: z.array(
        z.strictObject({
          mode: z.string(),
          whole: tallySchema,
          epcis: z.array(areaSchema),
          territories: z.array(areaSchema),
        }),
      ),
    }),
  )
  .describe('The variants that the study asks for, in its order');

export const unknownTypesSchema = z.strictObject({
  structures: count,
  types: z.array(
    z.strictObject({
      type: z.string().describe('As the lists write it; "" where they do not'),
      structures: count,
    }),
  ),
  modes: z
    .array(
      z.strictObject({
        mode: z.string(),
        population_covered: z.number().min(0).describe('Of the headline, without these structures'),
        rate: z.number().min(0).max(1).nullable(),
        population_covered_with: z.number().min(0),
        rate_with: z.number().min(0).max(1).nullable(),
      }),
    )
    .describe('The people covered without and with these structures'),
});

const answersSchema = z.strictObject({ yes: count, no: count, unknown: count });

export const receptionSchema = z
  .strictObject({
    structures: count,
    with_appointment: answersSchema,
    without_appointment: answersSchema,
    telephone: answersSchema,
    digital: answersSchema,
    outside_working_hours: z
      .strictObject({
        any: answersSchema,
        evening: answersSchema,
        lunch: answersSchema,
        saturday: answersSchema,
      })
      .nullable()
      .describe('null where no variant asks for it'),
  })
  .describe('How the structures counted receive people, by what the lists say; only places cover anybody');
