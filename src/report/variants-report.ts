/** What the writers take of a study's variants. Types only. */
import type { Segment, SegmentTally } from '../coverage/segments.ts';
import type { VariantCoverage } from '../coverage/variants.ts';
import type { Variant } from '../study/variant-keys.ts';

export type VariantKey = Exclude<Variant, 'segments'> | Segment;

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
