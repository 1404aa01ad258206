/** The commands that a mutant goes through, and how what they leave behind is read. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FuzzFormat } from './fuzz-format.ts';
import { studyFiles } from './fuzz-formats.ts';

export const COMMANDS = ['check', 'coverage', 'matrix'] as const;
export type FuzzCommand = (typeof COMMANDS)[number];

/** The commands that read a format. */
export function commandsOf({ matrix }: FuzzFormat): FuzzCommand[] {
  return COMMANDS.filter((command) => command !== 'matrix' || matrix !== undefined);
}

/** What `matrix` is given: the format's file, else the study's. */
export function matrixInputs({ matrix, file }: FuzzFormat) {
  const feed = file.includes('/') ? dirname(file) : file;
  return {
    osm: matrix === 'roads' ? file : 'roads.osm.pbf',
    points: matrix === 'points' ? file : 'points.csv',
    feed: matrix === 'feed' ? feed : undefined,
  };
}

/** Writes the study of a format with its file's bytes replaced; returns the study's path. */
export function writeStudy(folder: string, format: FuzzFormat, bytes: Buffer): string {
  for (const [name, content] of Object.entries({ ...studyFiles(format), [format.file]: bytes })) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return join(folder, 'etude.yaml');
}

/** The parts of `indicateurs.json` that are figures of the inputs. */
const FIGURES = ['headline', 'cells', 'modes', 'transit', 'targets', 'calage'];

/** Figures and notices of a result. */
export function readIndicators(json: string): { figures: string; told: Map<string, number> } {
  const result = JSON.parse(json) as Record<string, unknown> & { notices: Record<string, number> };
  const figures = JSON.stringify(FIGURES.map((key) => result[key]));
  return { figures, told: new Map(Object.entries(result.notices)) };
}

/** Notices by what is printed of them: `2 × code, first …`. */
export function readToldNotices(text: string): Map<string, number> {
  const told = new Map<string, number>();
  for (const [, count, code] of text.matchAll(/^ {2}(\d+) × ([a-z-]+)/gm)) told.set(code!, Number(count));
  for (const [, option, count] of text.matchAll(/^(--from|--to): (\d+) of/gm))
    told.set(option!, Number(count));
  return told;
}

export function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
