/**
 * The parts `follow_up` and `targets` of `indicateurs.json`: their shape as zod, and their writing.
 */
import * as z from 'zod';
import type { Answers, FollowUpTally } from '../planning/follow-up.ts';
import type { TargetReport } from '../planning/targets.ts';
import type { FollowUpReport } from './report-input.ts';

const count = z.int().min(0);
const answersSchema = z.strictObject({
  yes: count,
  no: count,
  unstated: count.describe('The list does not say'),
});

const tallySchema = z.strictObject({
  engaged: count,
  undated: count.describe('Of those engaged, without a day of engagement or of signature'),
  charter_signed: count,
  charter_unstated: count.describe('Of those engaged, without a day of signature'),
  itinerant: count,
  polyvalent: answersSchema,
  satisfaction_measured: answersSchema,
  audited: answersSchema,
});

export const followUpSchema = z.strictObject({
  date: z.string().nullable(),
  circles: z.array(z.int()),
  areas: z
    .array(
      z.strictObject({
        level: z.enum(['whole', 'territoire', 'epci']),
        code: z.string().describe('Empty: the whole, or the structures of no area of the level'),
        name: z.string(),
        days: z
          .array(z.strictObject({ date: z.string().nullable(), ...tallySchema.shape }))
          .describe('31 December of past years, dated structures only; last, the day of the study'),
        natures: z
          .array(z.strictObject({ type: z.string(), ...tallySchema.shape }))
          .describe('On the day of the study'),
      }),
    )
    .describe('The whole first'),
  not_engaged: count,
  engaged_later: count,
  engaged_of_other_circles: count,
  not_engaged_of_other_circles: count,
  outside_territory: count,
  without_commune: count,
  declared: z
    .strictObject({
      sdaasap_completion: z.number().min(0).max(1).nullable(),
      network_tools: z.array(z.string()),
    })
    .describe('As the study declares them'),
});

const share = z.number().min(0).max(1).nullable();

export const targetsSchema = z.strictObject({
  path: z
    .array(
      z.strictObject({
        mode: z.string(),
        year: z.int(),
        achieved: share.describe('null: no result of that year'),
        target: share,
        gap: z.number().nullable().describe('Achieved minus target; negative: behind'),
        date: z.string().nullable().describe('Day of the rate achieved'),
        result: z.string().nullable().describe('Name of the past study; null: this one'),
      }),
    )
    .describe('Shares of the people within the threshold'),
  path_faults: z.array(z.enum(['below-100', 'too-long'])),
  indicators: z
    .array(
      z.strictObject({
        indicator: z.string(),
        unit: z.string(),
        year: z.int(),
        achieved: z.number().nullable(),
        target: z.number().nullable(),
        gap: z.number().nullable(),
        origin: z.enum(['declared', 'computed']).nullable(),
        calculation: z.string().nullable(),
      }),
    )
    .describe('Of the action sheets, in their own units (30 is 30 %)'),
  small_commune_population: z.int().min(1),
});

export function writeFollowUp(followUp: FollowUpReport): z.infer<typeof followUpSchema> {
  const { declared } = followUp;
  return {
    date: followUp.date ?? null,
    circles: [...followUp.cercles],
    areas: followUp.areas.map(({ level, code, nom, days, types }) => ({
      level,
      code,
      name: nom,
      days: days.map((day) => ({ date: day.date ?? null, ...writeTally(day) })),
      natures: types.map((tally) => ({ type: tally.type, ...writeTally(tally) })),
    })),
    not_engaged: followUp.notEngagedCount,
    engaged_later: followUp.engagedLaterCount,
    engaged_of_other_circles: followUp.otherCircleCount,
    not_engaged_of_other_circles: followUp.otherCircleNotEngagedCount,
    outside_territory: followUp.outsideCount,
    without_commune: followUp.unplacedCount,
    declared: {
      sdaasap_completion: declared.sdaasapCompletion ?? null,
      network_tools: [...declared.networkTools],
    },
  };
}

function writeTally(tally: FollowUpTally): z.infer<typeof tallySchema> {
  const answers = ({ yes, no, unstated }: Answers) => ({ yes, no, unstated });
  return {
    engaged: tally.engaged,
    undated: tally.undated,
    charter_signed: tally.charterSigned,
    charter_unstated: tally.charterUnstated,
    itinerant: tally.itinerant,
    polyvalent: answers(tally.polyvalent),
    satisfaction_measured: answers(tally.satisfaction),
    audited: answers(tally.audit),
  };
}

export function writeTargets(targets: TargetReport): z.infer<typeof targetsSchema> {
  return {
    path: targets.path.map(({ mode, year, achieved, target, gap, date, result }) => ({
      mode,
      year,
      achieved: achieved ?? null,
      target: target ?? null,
      gap: gap ?? null,
      date: date ?? null,
      result: result ?? null,
    })),
    path_faults: [...targets.pathFaults],
    indicators: targets.indicators.map(
      ({ indicator, unit, year, achieved, target, gap, origin, calculation }) => ({
        indicator,
        unit,
        year,
        achieved: achieved ?? null,
        target: target ?? null,
        gap: gap ?? null,
        origin: origin ?? null,
        calculation: calculation ?? null,
      }),
    ),
    small_commune_population: targets.smallCommunePopulation,
  };
}
