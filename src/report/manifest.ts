/**
 * `manifest.json`: what a result was made from. Inputs with SHA-256, every parameter, the version, notices by
 * code, licences. All of it is the same for the same inputs, parameters and version; what a run alone knows
 * (timings, threads, machine) stands apart under `timings`, the last key.
 */
import { describeLicence } from './licences.ts';
import { OUTPUT_SCHEMA_VERSION, type ReportInput } from './report-input.ts';

/** Read back before a result folder is replaced: only a folder with our manifest is. */
export const MANIFEST_GENERATOR = 'maillage';

export interface OutputFile {
  name: string;
  sha256: string;
  bytes: number;
}

/** Seconds by stage, and whatever else belongs to this one run. */
export type RunTimings = Readonly<Record<string, number | string>>;

export function writeManifest(
  input: ReportInput,
  outputs: readonly OutputFile[],
  timings: RunTimings | undefined,
): string {
  const severities = { error: 0, warning: 0, info: 0 };
  for (const notice of input.notices) severities[notice.severity]++;
  const manifest = {
    schema_version: OUTPUT_SCHEMA_VERSION,
    generator: { name: MANIFEST_GENERATOR, version: input.version },
    study: {
      name: input.study.name,
      date: input.study.date,
      departement: input.study.departement ?? null,
      fictional: input.study.isFictional,
    },
    parameters: input.parameters,
    inputs: input.inputs.map(({ path, role, sha256, bytes, source, licence, date }) => ({
      path,
      role,
      sha256,
      bytes,
      source: source ?? null,
      licence: licence ?? null,
      date: date ?? null,
    })),
    ...(input.transit === undefined
      ? {}
      : {
          transit: {
            date: input.transit.date,
            feeds: input.transit.feeds.map(({ name, first, last, activeTripCount }) => ({
              name,
              first_day: first,
              last_day: last,
              active_trips: activeTripCount,
            })),
          },
        }),
    outputs,
    licence: describeLicence(input.language),
    licences: [...new Set(input.inputs.flatMap(({ licence }) => licence ?? []))].sort(),
    notices: { by_severity: severities, by_code: Object.fromEntries(input.noticeCounts) },
    ...(timings === undefined ? {} : { timings }),
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
