/**
 * The variants that a study may ask for beside its headline. Each differs from it in one thing, so that what the
 * difference is worth can be read off.
 *
 * None is computed unless asked for: most change nothing where a list does not carry the column they read, and a
 * table full of the headline's own figure hides those that say something.
 */
export const VARIANTS = [
  /** Engaged structures only; all, engaged or not. */
  'engaged',
  'potential',
  'circle_1',
  'circle_2',
  'circles_1_2',
  /** With the stops of buses and itinerant services that have hours; without any. */
  'with_itinerant',
  'without_itinerant',
  /** Not closed on the day studied. */
  'open_that_day',
  /** Open after 17:30, between 12:00 and 14:00, or on Saturday. */
  'outside_working_hours',
  'with_appointment',
  'without_appointment',
  /** And the town halls of small communes where no structure counts. */
  'town_hall_relays',
  /** Within the threshold of at least 2, 3 structures. */
  'choice_2',
  'choice_3',
  /** The headline's rate of poor households, and of people by age. */
  'segments',
] as const;

export type Variant = (typeof VARIANTS)[number];

/** And the structures whose type nobody knows: never asked for, computed where a list holds any. */
export const WITH_UNKNOWN_TYPES = 'with_unknown_types';

/** Variants that choose other structures. */
export type SelectionVariant =
  | Exclude<Variant, 'choice_2' | 'choice_3' | 'segments'>
  | typeof WITH_UNKNOWN_TYPES;

/** The word that stands for all of them. */
export const ALL_VARIANTS = 'all';

/**
 * A commune of 1 500 inhabitants and more must have a CCAS (Code de l'action sociale et des familles, article
 * L. 123-4); the town hall of a smaller one may serve as a relay.
 */
export const RELAY_POPULATION_BELOW = 1500;

export interface StudyVariants {
  /** In the order in which the results list them. */
  variants: readonly Variant[];
  /** Town halls of communes with fewer inhabitants may be relays. */
  relayPopulationBelow: number;
}

/** What the study's file asks for, in the order of `VARIANTS`. */
export function resolveVariants(given: {
  variants: ReadonlyArray<Variant | typeof ALL_VARIANTS>;
  relay_population_below: number;
}): StudyVariants {
  const isAll = given.variants.includes(ALL_VARIANTS);
  return {
    variants: VARIANTS.filter((variant) => isAll || given.variants.includes(variant)),
    relayPopulationBelow: given.relay_population_below,
  };
}
