/** What the writers take of a study's variants. Types only. */
import type { Segment, SegmentTally } from '../coverage/segments.ts';
import type { VariantCoverage } from '../coverage/variants.ts';
import type { Variant } from '../study/variant-keys.ts';

export type VariantKey = Exclude<Variant, 'segments'> | Segment;

/** Structures that do not count because no one knows their type, and what they would bring. */
export interface UnknownTypesReport {
  structureCount: number;
  /** The lists' words, '' = none, and how many structures bear each; the most frequent first. */
  types: ReadonlyArray<readonly [type: string, count: number]>;
  /** In the result's order; rates are undefined where nobody lives. */
  modes: ReadonlyArray<{
    mode: string;
    populationCovered: number;
    rate: number | undefined;
    populationCoveredWith: number;
    rateWith: number | undefined;
  }>;
}

export interface VariantReport {
  key: VariantKey;
  /** What its populations count. */
  unit: 'people' | 'households';
  /** Structures that it counts; of a segment undefined: those of the headline. */
  structureCount: number | undefined;
  /** Structures whose list does not say what the variant asks; undefined where it asks nothing of lists. */
  unknownCount: number | undefined;
  /** False where the lists say nothing of what it asks: it has no modes. */
  isTold: boolean;
  /** In the result's order, combinations included; areas in the order of the result's. */
  modes: ReadonlyArray<VariantCoverage<SegmentTally>>;
}
