/** Two versions each of the roads and of the homes of the small study, all of whose figures differ. */

import type { InputVersions } from '../../scripts/lib/rewritten-runs.ts';
import { encodePbf } from '../../scripts/lib/write-pbf.ts';
import { drawStreets, HOMES, PEOPLE_PER_HOME } from './small-study.ts';

export function rewrittenVersions(): InputVersions {
  const streets = drawStreets();
  const slower = streets.ways.map((way) => ({ ...way, tags: { highway: 'living_street' } }));
  const more = HOMES.map((line) =>
    line.replace(new RegExp(`,${PEOPLE_PER_HOME}$`), `,${PEOPLE_PER_HOME + 1}`),
  );
  return {
    'roads.osm.pbf': [encodePbf(streets), encodePbf({ ...streets, ways: slower })].map((bytes) =>
      Buffer.from(bytes),
    ),
    // Of the same size, so that this does not tell them apart.
    'homes.csv': [HOMES, more].map((lines) => Buffer.from(`${lines.join('\n')}\n`)),
  };
}
