/** The inputs that a study names, one row a key: where its paths stand, and whether the study can do without. */
import type { CheckRole } from '../report/check-findings.ts';
import type { Study } from '../study/study.ts';

export interface InputKey {
  role: Exclude<CheckRole, 'study'>;
  /** True where the last file of the key cannot be left out. */
  isNeeded: boolean;
  paths: (study: Study) => readonly string[];
  /** The study with other paths. */
  replace: (study: Study, paths: readonly string[]) => Study;
}

type ListKey =
  | 'roads'
  | 'rivers'
  | 'timetables'
  | 'communes'
  | 'epci'
  | 'cantons'
  | 'territories'
  | 'cog'
  | 'structures';

function ofList(role: ListKey, isNeeded: boolean): InputKey {
  return {
    role,
    isNeeded,
    paths: (study) => study[role],
    replace: (study, paths) => ({ ...study, [role]: paths }),
  };
}

function ofTargets(role: 'results' | 'indicators'): InputKey {
  return {
    role,
    isNeeded: false,
    paths: (study) => study.targets[role],
    replace: (study, paths) => ({ ...study, targets: { ...study.targets, [role]: paths } }),
  };
}

/** In the order in which the report lists them. */
export const INPUT_KEYS: readonly InputKey[] = [
  ofList('roads', true),
  ofList('rivers', false),
  ofList('timetables', true),
  {
    role: 'population',
    isNeeded: true,
    paths: ({ population }) => (population === 'communes' ? [] : population),
    replace: (study, population) => ({ ...study, population }),
  },
  {
    role: 'calage',
    isNeeded: false,
    paths: ({ calage }) => (calage === undefined || calage === 'communes' ? [] : [calage]),
    replace: (study, [calage]) => ({ ...study, calage }),
  },
  ofList('communes', true),
  ofList('epci', false),
  ofList('cantons', false),
  ofList('territories', false),
  ofList('cog', false),
  ofList('structures', true),
  {
    role: 'itinerant_stops',
    isNeeded: false,
    paths: ({ itinerantStops }) => itinerantStops,
    replace: (study, itinerantStops) => ({ ...study, itinerantStops }),
  },
  ofTargets('results'),
  ofTargets('indicators'),
];

/** Every file that a study names. */
export function listInputPaths(study: Study): string[] {
  return INPUT_KEYS.flatMap(({ paths }) => paths(study));
}

/** The study without a file; undefined where no key names it, or where it is the only one of a key that needs one. */
export function withoutPath(study: Study, path: string): Study | undefined {
  let changed: Study | undefined;
  for (const { isNeeded, paths, replace } of INPUT_KEYS) {
    const named = paths(study);
    if (!named.includes(path)) continue;
    const left = named.filter((each) => each !== path);
    if (isNeeded && left.length === 0) return undefined;
    changed = replace(changed ?? study, left);
  }
  return changed;
}
