/**
 * The keys of a study about follow-up: what the département declares of itself (`follow_up`), and what it aims at
 * (`targets`): its path to 100 %, past results, the tables of its action sheets.
 */
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod';
import { statFile } from '../common/file-faults.ts';

/** A target of the whole population in at most this many years is what the national text asks for. */
export const MOST_PATH_YEARS = 3;

/**
 * A commune of fewer inhabitants need not have a CCAS (Code de l'action sociale et des familles, art. L123-4,
 * since the law of 7 August 2015).
 */
export const SMALL_COMMUNE_POPULATION = 1500;

const SHARE_ALLOWED = 'a share from 0 to 1';
const share = z
  .number({ error: SHARE_ALLOWED })
  .min(0, { error: SHARE_ALLOWED })
  .max(1, { error: SHARE_ALLOWED });

const texts = (allowed: string) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? [value] : value),
    z
      .array(z.string({ error: allowed }).trim().min(1, { error: allowed }), { error: allowed })
      .refine((values) => new Set(values).size === values.length, { error: `${allowed}, each once` }),
  );

export const followUpSchema = z.strictObject(
  {
    /** Share of the SDAASaP (schéma départemental d'amélioration de l'accessibilité des services au public) done. */
    sdaasap_completion: share.optional(),
    network_tools: texts('a list of tools').default([]),
  },
  { error: 'a table with sdaasap_completion and network_tools' },
);

const PATH_ALLOWED = 'a table of years and shares from 0 to 1, such as { 2026: 0.96, 2027: 0.98, 2028: 1 }';
const PATH_FALLS = 'a path that never falls from one year to the next';
const path = z
  .record(z.string().regex(/^(19|20)\d\d$/), share, { error: PATH_ALLOWED })
  .refine((shares) => toPath(shares).every(([, value], i, all) => i === 0 || value >= all[i - 1]![1]), {
    error: PATH_FALLS,
  });

const PEOPLE_ALLOWED = 'a whole number of inhabitants, above 0';

/** `isMode` says whether a word is a mode or a combination of modes. */
export function buildTargetsSchema(isMode: (word: string) => boolean) {
  const allowed = 'a list of modes or combinations, such as [car, car_or_transit]';
  return z.strictObject(
    {
      path: path.default({}),
      modes: texts(allowed)
        .refine((words) => words.every(isMode), { error: allowed })
        .default([]),
      results: texts('a list of result folders').default([]),
      indicators: texts('a list of CSV files').default([]),
      small_commune_population: z
        .int({ error: PEOPLE_ALLOWED })
        .min(1, { error: PEOPLE_ALLOWED })
        .default(SMALL_COMMUNE_POPULATION),
    },
    { error: 'a table with path, modes, results, indicators and small_commune_population' },
  );
}

export const FOLLOW_UP_SUBKEYS: ReadonlyArray<[string, readonly string[]]> = [
  ['follow_up', Object.keys(followUpSchema.shape)],
  ['targets', Object.keys(buildTargetsSchema(() => true).shape)],
];

/** What a study says of follow-up and targets, ready to use. */
export interface StudyFollowUp {
  followUp: {
    /** Between 0 and 1, as declared. */
    sdaasapCompletion: number | undefined;
    networkTools: readonly string[];
  };
  targets: {
    /** Year and share of the people, ascending; empty without a path. */
    path: ReadonlyArray<readonly [year: number, share: number]>;
    /** Modes and combinations that the path is for; empty = all of the study. */
    modes: readonly string[];
    /** `indicateurs.json` of past results, absolute. */
    results: readonly string[];
    /** CSV tables of action sheets, absolute. */
    indicators: readonly string[];
    smallCommunePopulation: number;
  };
}

export function resolveFollowUp(
  given: {
    follow_up: z.output<typeof followUpSchema>;
    targets: z.output<ReturnType<typeof buildTargetsSchema>>;
  },
  folder: string,
): StudyFollowUp {
  const { follow_up: followUp, targets } = given;
  return {
    followUp: { sdaasapCompletion: followUp.sdaasap_completion, networkTools: followUp.network_tools },
    targets: {
      path: toPath(targets.path),
      modes: targets.modes,
      results: targets.results.map((each) =>
        resolve(folder, /\.json$/i.test(each) ? each : join(each, 'indicateurs.json')),
      ),
      indicators: targets.indicators.map((each) => resolve(folder, each)),
      smallCommunePopulation: targets.small_commune_population,
    },
  };
}

export interface MissingFile {
  path: Array<string | number>;
  message: string;
  remedy: string;
}

/** Files of the targets that are not there, and results that this study would replace. */
export function findMissingTargets({ targets, out }: StudyFollowUp & { out: string }): MissingFile[] {
  const missing: MissingFile[] = [];
  for (const key of ['results', 'indicators'] as const) {
    targets[key].forEach((file, position) => {
      const place = { path: ['targets', key, position] };
      const stat = statFile(file);
      if (key === 'results' && dirname(file) === resolve(out)) {
        missing.push({
          ...place,
          message: 'this is the folder into which the study itself writes',
          remedy: 'Name results of other years, or write this one into another folder.',
        });
      } else if (stat?.isFile() !== true || stat.size === 0) {
        missing.push({
          ...place,
          message:
            stat === undefined ? 'no such file' : stat.isFile() ? 'the file is empty' : 'this is no file',
          remedy:
            key === 'results'
              ? `Looked for ${file}: name the result folder of a past year, relative to the study file.`
              : `Looked for at ${file}; paths are relative to the study file.`,
        });
      }
    });
  }
  return missing;
}

function toPath(shares: Readonly<Record<string, number>>): Array<readonly [number, number]> {
  return Object.entries(shares)
    .map(([year, value]) => [Number(year), value] as const)
    .sort((a, b) => a[0] - b[0]);
}
