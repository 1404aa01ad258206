/** `variants` and `reception` of `indicateurs.json`. */
import type { CoverageArea } from '../coverage/coverage-result.ts';
import type { SegmentTally } from '../coverage/segments.ts';
import type { Indicators } from './indicators-schema.ts';
import type { ReportInput } from './report-input.ts';
import { isSecret } from './variants-csv.ts';

type VariantJson = Indicators['variants'][number];
type TallyJson = VariantJson['modes'][number]['whole'];

export function buildVariants({ variants, result }: ReportInput): VariantJson[] {
  const writeAreas = (areas: readonly CoverageArea[], tallies: readonly SegmentTally[]) =>
    tallies.map((tally, i) => ({ code: areas[i]!.code, name: areas[i]!.nom, ...writeTally(tally) }));
  return variants.map(({ key, unit, structureCount, unknownCount, isTold, modes }) => ({
    variant: key,
    unit,
    structures: structureCount ?? null,
    structures_not_said: unknownCount ?? null,
    told: isTold,
    modes: modes.map(({ mode, whole, epcis, territoires }) => ({
      mode,
      whole: writeTally(whole),
      epcis: writeAreas(result.epcis, epcis),
      territories: writeAreas(result.territoires, territoires),
    })),
  }));
}

function writeTally(tally: SegmentTally): TallyJson {
  const shown = isSecret(tally) ? undefined : tally;
  return {
    population: shown?.population ?? null,
    population_covered: shown?.populationCovered ?? null,
    population_uncovered: shown?.populationUncovered ?? null,
    population_not_connected: shown?.populationNotConnected ?? null,
    rate: shown?.rate ?? null,
    difference: shown?.difference ?? null,
    secret: shown === undefined,
  };
}

export function buildReception({ reception }: ReportInput): Indicators['reception'] {
  return {
    structures: reception.structureCount,
    with_appointment: reception.withAppointment,
    without_appointment: reception.withoutAppointment,
    telephone: reception.telephone,
    digital: reception.digital,
    outside_working_hours: reception.outsideHours ?? null,
  };
}

export function buildUnknownTypes({ unknownTypes }: ReportInput): Indicators['unknown_types'] {
  if (unknownTypes === undefined) return null;
  return {
    structures: unknownTypes.structureCount,
    types: unknownTypes.types.map(([type, structures]) => ({ type, structures })),
    modes: unknownTypes.modes.map((each) => ({
      mode: each.mode,
      population_covered: each.populationCovered,
      rate: each.rate ?? null,
      population_covered_with: each.populationCoveredWith,
      rate_with: each.rateWith ?? null,
    })),
  };
}
