/** One mutant from a seed: which format, what is done to it, and where. The same seed and run give the same bytes. */
import { SeededRandom } from '../lib/random.ts';
import { BYTE_MUTATIONS, type Mutation } from './byte-mutations.ts';
import type { Build, FuzzFormat, Mutant } from './fuzz-format.ts';
import { JSON_MUTATIONS, LINE_MUTATIONS } from './json-mutations.ts';
import { PACKED_MUTATIONS } from './packed-mutations.ts';
import { TABLE_MUTATIONS } from './table-mutations.ts';

const OF_BUILD: Readonly<Record<Build, readonly Mutation[]>> = {
  csv: TABLE_MUTATIONS,
  json: JSON_MUTATIONS,
  yaml: LINE_MUTATIONS,
  xml: LINE_MUTATIONS,
  zip: PACKED_MUTATIONS,
  gzip: PACKED_MUTATIONS,
  text: [],
  pbf: [],
  sqlite: [],
};

/** Formats take turns; the mutation and its places are drawn. */
export function drawMutant(formats: readonly FuzzFormat[], seed: number, run: number): Mutant {
  const format = formats[run % formats.length]!;
  const random = new SeededRandom(Math.imul(seed, 0x9e3779b1) ^ run);
  const own = OF_BUILD[format.build];
  while (true) {
    const mutations = own.length > 0 && random.chance(0.6) ? own : BYTE_MUTATIONS;
    const done = random.pick(mutations)(format, random, formats);
    if (done === undefined || done.bytes.equals(format.bytes)) continue;
    return { format, run, ...done };
  }
}
