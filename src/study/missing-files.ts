/**
 * Whether the files that a study names are there: asked before any work, so that a typing mistake is told at
 * once and with its line.
 */
import type { Stats } from 'node:fs';
import { UsageError } from '../common/errors.ts';
import { statFile } from '../common/file-faults.ts';
import { findMissingTargets } from './follow-up-schema.ts';
import { suggestPath } from './meant.ts';
import { COMMUNE_POPULATIONS } from './schema.ts';

/** A fault at a key path: what is wrong, and what is allowed. */
export interface Fault {
  path: ReadonlyArray<string | number>;
  message: string;
  remedy: string;
}

export const FILE_KEYS = [
  'roads',
  'rivers',
  'timetables',
  'population',
  'communes',
  'epci',
  'cantons',
  'territories',
  'cog',
  'structures',
  'itinerant_stops',
  'calage',
] as const;

/** Absolute paths by key, as a study has them; the word `communes` stands for the package's populations. */
type NamedFiles = Readonly<
  Record<Exclude<(typeof FILE_KEYS)[number], 'itinerant_stops'>, string | readonly string[] | undefined>
> & { itinerantStops: readonly string[] } & Parameters<typeof findMissingTargets>[0];

/** Faults of the files that a study names: missing, empty, or none. */
export function findMissingFiles(
  study: NamedFiles & { parameters: Readonly<Record<string, unknown>> },
): Fault[] {
  const faults: Fault[] = [];
  for (const key of FILE_KEYS) {
    const named: string | readonly string[] | undefined =
      key === 'itinerant_stops' ? study.itinerantStops : study[key];
    if (named === COMMUNE_POPULATIONS || named === undefined) continue;
    const paths: readonly string[] = typeof named === 'string' ? [named] : named;
    paths.forEach((path, position) => {
      const at = typeof named === 'string' ? [key] : [key, position];
      let stat: Stats | undefined;
      try {
        stat = statFile(path);
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        faults.push({ path: at, message: error.message, remedy: error.fields.remedy });
        return;
      }
      if (stat?.isFile() === true && stat.size > 0) return;
      // An unpacked feed is a folder of tables.
      if (stat?.isDirectory() === true && key === 'timetables') return;
      const what =
        stat === undefined ? 'no such file' : stat.isFile() ? 'the file is empty' : 'this is no file';
      faults.push({
        path: at,
        message: what,
        remedy: wordRemedy(path, findWritten(study.parameters[key], position)),
      });
    });
  }
  return [...faults, ...findMissingTargets(study)];
}

/** The path as the study writes it. */
function findWritten(value: unknown, position: number): string {
  return String(Array.isArray(value) ? value[position] : value);
}

function wordRemedy(path: string, written: string): string {
  const looked = `Looked for at ${path}; paths are relative to the study file.`;
  const meant = suggestPath(written);
  return meant === undefined ? looked : `${meant} ${looked}`;
}
