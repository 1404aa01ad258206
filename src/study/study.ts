/**
 * A study: one territory on one day, read from its YAML file. In goes the path; out comes every parameter with
 * its default, paths resolved against the study's folder, and a hash of what the result depends on. All faults
 * of the file are told at once, each with key, value, line and what is allowed.
 */
import { createHash } from 'node:crypto';
import { dirname, parse, relative, resolve, sep } from 'node:path';
import type * as z from 'zod';
import { UsageError } from '../common/errors.ts';
import { whileReadingNow } from '../common/file-faults.ts';
import type { Language } from '../common/language.ts';
import { shortened } from '../common/visible-text.ts';
import { canonicalJson } from './canonical-json.ts';
import { resolveFollowUp, type StudyFollowUp } from './follow-up-schema.ts';
import { suggestMeant, suggestNumber } from './meant.ts';
import { type Fault, findMissingFiles } from './missing-files.ts';
import {
  COMMUNE_POPULATIONS,
  type Mode,
  STUDY_KEYS,
  type StudyParameters,
  SUBKEYS,
  studySchema,
  toSeconds,
} from './schema.ts';
import { type StudyOverrides, withOverrides } from './study-overrides.ts';
import { readStudyText } from './study-text.ts';
import { parseStudyYaml, type StudyYaml } from './study-yaml.ts';
import { findNearest } from './suggest.ts';
import { resolveVariants, type StudyVariants } from './variant-keys.ts';

export type { Mode } from './schema.ts';

/** A declared combination: the least of its modes' times. */
export interface Combination {
  name: string;
  modes: Mode[];
}

export interface StudySelection {
  engagedOnly: boolean;
  cercles: ReadonlyArray<1 | 2>;
  formats: readonly string[];
  /** Empty = all types. */
  types: readonly string[];
  openInWeekOnly: boolean;
  /** True in the one variant that counts structures whose type nobody knows. */
  countsUnknownTypes?: boolean;
}

/** Numbers that a study lays over `data/speeds.json`, under its names. */
export type StudySpeeds = Record<string, number | Record<string, number>>;

export interface Study extends StudyFollowUp, StudyVariants {
  /** The study file, absolute, and its folder. */
  path: string;
  folder: string;
  name: string;
  /** YYYY-MM-DD, or `auto` until the data are read (`batch/study-day.ts`). */
  date: string;
  isFictional: boolean;
  thresholdMinutes: number;
  /** True: `<=`; false: `<`. */
  inclusive: boolean;
  uncoveredBelow: number;
  bandsMinutes: readonly number[];
  isochronesMinutes: readonly number[];
  modes: readonly Mode[];
  combinations: readonly Combination[];
  departement: string | undefined;
  communeCodes: readonly string[] | undefined;
  /** Absolute paths. */
  roads: readonly string[];
  /** Drawn on the map only: OpenStreetMap files or GeoJSON lines. */
  rivers: readonly string[];
  timetables: readonly string[];
  /** Absolute paths of grids, or the package's commune populations. */
  population: readonly string[] | typeof COMMUNE_POPULATIONS;
  populationCrs: string | undefined;
  cellSizeMeters: number | undefined;
  /** Absolute path of official populations, or the package's; undefined: as read. */
  calage: string | typeof COMMUNE_POPULATIONS | undefined;
  communes: readonly string[];
  epci: readonly string[];
  cantons: readonly string[];
  territories: readonly string[];
  /** INSEE's tables of the movements of communes. */
  cog: readonly string[];
  structures: readonly string[];
  /** CSVs of the stops of itinerant structures and buses. */
  itinerantStops: readonly string[];
  /** Structures that several lists hold become one (`structures_selection.merge_duplicates`). */
  mergesDuplicates: boolean;
  selection: StudySelection;
  /** A list's own word for a type -> the type meant, as the file writes both. */
  typeMapping: Readonly<Record<string, string>>;
  crossBorder: boolean;
  /** Seconds since the start of the service day. */
  window: { fromSeconds: number; toSeconds: number; anchor: 'arrival' | 'departure' };
  walk: { speedKph: number; accessMinutes: number; egressMinutes: number; transferMinutes: number };
  bike: { speedKph: number };
  ruralLimitKph: number;
  ferryWaitMinutes: number;
  /** Everything the study lays over the table of speeds, its own `speeds` section last. */
  speeds: StudySpeeds;
  minIsland: number;
  snapRadiusMeters: number;
  structureRadiusMeters: number;
  lang: Language;
  csv: 'excel' | 'standard';
  /** Result folder, absolute. */
  out: string;
  /** Every parameter with its default as the file names it, in the schema's order, without `out`. */
  parameters: Readonly<Record<string, unknown>>;
  /** SHA-256 of `parameters` in a canonical form. */
  hash: string;
  /** Key of the file -> its 1-based line, for errors that show only once the data are read. */
  lineOfKey: ReadonlyMap<string, number>;
}

export interface ReadStudyOptions {
  overrides?: StudyOverrides;
  /** False: files that the study names need not exist (default true). */
  checkFiles?: boolean;
  /** The language of a study that names none. */
  defaultLang?: Language;
}

/** Reads and checks a study file. Throws a UsageError that names every fault. */
export async function readStudy(path: string, options: ReadStudyOptions = {}): Promise<Study> {
  return parseStudy(path, readStudyText(path), options);
}

/** Checks the text of a study; `path` says where its relative paths begin. */
export function parseStudy(path: string, text: string, options: ReadStudyOptions = {}): Study {
  const yaml = whileReadingNow(path, () => parseStudyYaml(path, text));
  const value = withOverrides(yaml.value, options.overrides, options.defaultLang);
  const parsed = studySchema.safeParse(value);
  const faults = parsed.success
    ? findContradictions(parsed.data)
    : parsed.error.issues.flatMap((issue) => toFaults(issue, value));
  refuse(path, yaml, value, faults);
  const study = buildStudy(path, parsed.data as StudyParameters, yaml, options.overrides);
  if (options.checkFiles !== false) refuse(path, yaml, value, findMissingFiles(study));
  return study;
}

function toFaults(issue: z.core.$ZodIssue, value: unknown): Fault[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? step.toString() : step));
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key, at) => unknownKey([...path, key], at < MOST_FAULTS));
  const found = findValue(value, path);
  const remedy =
    suggestMeant(path.join('.'), found) ?? suggestNumber(issue.message, found) ?? WRITE_WHAT_IS_ALLOWED;
  return [{ path, message: `allowed is ${issue.message}`, remedy }];
}

/** @param isShown where it is only counted, no other key is looked for */
function unknownKey(path: ReadonlyArray<string | number>, isShown: boolean): Fault {
  const key = String(path.at(-1));
  const known = path.length === 1 ? STUDY_KEYS : (SUBKEYS.get(String(path[0])) ?? []);
  const nearest = isShown ? findNearest(key, known) : undefined;
  return {
    path,
    message: nearest === undefined ? 'unknown key' : `unknown key: did you mean ${nearest}?`,
    remedy: `Allowed here: ${known.join(', ')}.`,
  };
}

/** Faults told of one study; nobody reads more, and each is looked for in the file. */
const MOST_FAULTS = 20;
const WRITE_WHAT_IS_ALLOWED =
  'Write what is allowed, or leave the key out where it has a default; "maillage init" writes a study to start from.';

/** Faults that no key shows alone. */
function findContradictions(study: StudyParameters): Fault[] {
  const faults: Fault[] = [];
  if (study.departement !== undefined && study.commune_codes !== undefined) {
    faults.push({
      path: ['commune_codes'],
      message: 'allowed is either departement or commune_codes, not both',
      remedy: 'Leave one of the two out.',
    });
  }
  if (study.population.includes(COMMUNE_POPULATIONS)) {
    if (study.population.length > 1) {
      faults.push({
        path: ['population'],
        message: 'allowed is either [communes] or grids: together they count people twice',
        remedy: 'Leave one of the two out.',
      });
    }
    if (study.communes.length === 0) {
      faults.push({
        path: ['population'],
        message: 'allowed is [communes] only with polygon files under communes',
        remedy: 'Add a file of polygons under the key "communes", or name a grid.',
      });
    }
  }
  study.combinations.forEach((combination, position) => {
    const missing = combination.split('_or_').filter((mode) => !study.modes.includes(mode as Mode));
    if (missing.length === 0) return;
    faults.push({
      path: ['combinations', position],
      message: `allowed is a combination of the study's modes; ${missing.join(', ')} is not among them`,
      remedy: 'Add it to the modes, or leave the combination out.',
    });
  });
  return faults;
}

/** Throws the first fault with its place, the others listed below it. */
function refuse(file: string, yaml: StudyYaml, value: unknown, faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  const placed = faults
    .slice(0, MOST_FAULTS)
    .map((fault) => {
      const shown = yaml.writtenNumber(fault.path) ?? showValue(value, fault.path);
      const message = shown === undefined ? `the key is missing: ${fault.message}` : fault.message;
      return { ...fault, message, line: yaml.lineOf(fault.path), value: shown };
    })
    .sort((a, b) => a.line - b.line);
  const [first, ...others] = placed;
  const further = others.map((fault) => {
    const shown = fault.value === undefined ? '' : ` (value: ${JSON.stringify(shortened(fault.value))})`;
    const meant = fault.remedy.startsWith('Did you mean') ? `; ${fault.remedy}` : '';
    return `also line ${fault.line}: ${showPath(fault.path)}: ${fault.message}${shown}${meant}`;
  });
  if (faults.length > placed.length) further.push(`and ${faults.length - placed.length} more`);
  const remedy = [first!.remedy, ...further].join('\n  ');
  throw new UsageError(`${showPath(first.path)}: ${first.message}`, {
    file,
    line: first.line,
    ...(first.value === undefined ? {} : { value: first.value }),
    remedy,
  });
}

/** `['walk', 'speed_kph']` -> `walk.speed_kph`, `['modes', 1]` -> `modes[1]`. */
export function showPath(path: ReadonlyArray<string | number>): string {
  return path
    .map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i === 0 ? '' : '.'}${shortened(step)}`))
    .join('');
}

/** The value at a path, or the last above it. */
function findValue(root: unknown, path: ReadonlyArray<string | number>): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) break;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

function showValue(root: unknown, path: ReadonlyArray<string | number>): string | undefined {
  const value = findValue(root, path);
  if (value === undefined) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function buildStudy(
  path: string,
  given: StudyParameters,
  yaml: StudyYaml,
  overrides: StudyOverrides = {},
): Study {
  const absolute = resolve(path);
  const folder = dirname(absolute);
  const resolveAll = (paths: readonly string[]) => paths.map((each) => resolve(folder, each));
  const parameters = toParameters(given);
  const isCommunes = given.population[0] === COMMUNE_POPULATIONS;
  const { structures_selection: selection, window, walk } = given;
  return {
    path: absolute,
    folder,
    name: given.name,
    date: given.date,
    isFictional: given.fictional,
    thresholdMinutes: given.threshold_minutes,
    inclusive: given.inclusive,
    uncoveredBelow: given.uncovered_below,
    bandsMinutes: given.bands_minutes,
    isochronesMinutes: given.isochrones_minutes,
    modes: given.modes,
    combinations: given.combinations.map((name) => ({ name, modes: name.split('_or_') as Mode[] })),
    departement: given.departement,
    communeCodes: given.commune_codes,
    roads: resolveAll(given.roads),
    rivers: resolveAll(given.rivers),
    timetables: resolveAll(given.timetables),
    population: isCommunes ? COMMUNE_POPULATIONS : resolveAll(given.population),
    populationCrs: given.population_crs,
    cellSizeMeters: given.cell_size_meters,
    calage:
      given.calage === COMMUNE_POPULATIONS ? given.calage : given.calage && resolve(folder, given.calage),
    communes: resolveAll(given.communes),
    epci: resolveAll(given.epci),
    cantons: resolveAll(given.cantons),
    territories: resolveAll(given.territories),
    cog: resolveAll(given.cog),
    structures: resolveAll(given.structures),
    itinerantStops: resolveAll(given.itinerant_stops),
    mergesDuplicates: selection.merge_duplicates,
    selection: {
      engagedOnly: selection.engaged_only,
      cercles: selection.cercles,
      formats: selection.formats,
      types: selection.types,
      openInWeekOnly: selection.open_in_week_only,
    },
    typeMapping: given.type_mapping,
    crossBorder: given.cross_border,
    ...resolveFollowUp(given, folder),
    ...resolveVariants(given),
    window: { fromSeconds: toSeconds(window.from), toSeconds: toSeconds(window.to), anchor: window.anchor },
    walk: {
      speedKph: walk.speed_kph,
      accessMinutes: walk.access_minutes,
      egressMinutes: walk.egress_minutes,
      transferMinutes: walk.transfer_minutes,
    },
    bike: { speedKph: given.bike.speed_kph },
    ruralLimitKph: given.rural_limit_kph,
    ferryWaitMinutes: given.ferry_wait_minutes,
    speeds: layerSpeeds(given),
    minIsland: given.min_island,
    snapRadiusMeters: given.snap_radius_meters,
    structureRadiusMeters: given.structure_radius_meters,
    lang: given.lang,
    csv: given.csv,
    out: overrides.out ?? resolve(folder, given.out ?? `resultats/${parse(absolute).name}`),
    parameters,
    hash: hashParameters(parameters),
    lineOfKey: new Map(Object.keys(yaml.value as object).map((key) => [key, yaml.lineOf([key])])),
  };
}

function hashParameters(parameters: Readonly<Record<string, unknown>>): string {
  return createHash('sha256').update(canonicalJson(parameters)).digest('hex');
}

/** The study on a day (YYYY-MM-DD), as if its file named it. */
export function withDate(study: Study, date: string): Study {
  const parameters = { ...study.parameters, date };
  return { ...study, date, parameters, hash: hashParameters(parameters) };
}

/** The study's keys for speeds, and over them its `speeds` section. */
function layerSpeeds(given: StudyParameters): StudySpeeds {
  const layered: StudySpeeds = {
    ruralLimitKph: given.rural_limit_kph,
    ferryWaitMinutes: given.ferry_wait_minutes,
    bike: { kph: given.bike.speed_kph },
    walk: { kph: given.walk.speed_kph },
  };
  for (const [key, value] of Object.entries(given.speeds)) {
    if (value === undefined) continue;
    const below = layered[key];
    layered[key] = typeof value === 'object' && typeof below === 'object' ? { ...below, ...value } : value;
  }
  return layered;
}

/** In the schema's order, without `out`; paths in the file's own words, with `/` on every system. */
function toParameters(given: StudyParameters): Record<string, unknown> {
  const parameters: Record<string, unknown> = {};
  for (const key of STUDY_KEYS) {
    const value = given[key as keyof StudyParameters];
    if (key === 'out' || value === undefined) continue;
    parameters[key] = value;
  }
  return parameters;
}

/** A path of the study as it names it: relative to its folder, with `/`. */
export function displayPath(study: Study, path: string): string {
  return relative(study.folder, path).split(sep).join('/');
}
