/**
 * One study from its file to its result: reads the inputs, searches each mode, computes the coverage, and puts
 * together what the writers take. Writing is `study-outputs.ts`.
 */
import { NoticeList } from '../common/notices.ts';
import { minutesToDeciseconds } from '../common/units.ts';
import { buildCommuneBorders } from '../coverage/commune-borders.ts';
import { combineTimes, computeCoverage } from '../coverage/coverage.ts';
import type { CoverageResult } from '../coverage/coverage-result.ts';
import { countReception } from '../read/reception.ts';
import type { CellOrigin } from '../read/records.ts';
import { LEFT_OUT_WORDS } from '../read/select-structures.ts';
import type { ModeIsochrones } from '../report/isochrones-geojson.ts';
import type { MapLayers, ReportCells, ReportInput } from '../report/report-input.ts';
import type { Cache } from '../runtime/cache.ts';
import { requireUnchanged } from '../runtime/input-stamps.ts';
import { StreetHelper } from '../runtime/street-helper.ts';
import type { Engine } from '../runtime/street-tasks.ts';
import type { Study } from '../study/study.ts';
import { findMainRoads } from './main-roads.ts';
import { type IsochroneChoice, type ModeResult, searchMode } from './search-mode.ts';
import type { TransitResult, TransitSearchOptions } from './search-transit.ts';
import { searchVariants, type TimesOfVariant } from './search-variants.ts';
import {
  buildStudyFollowUp,
  buildStudyTargets,
  findFollowUpTerritory,
  readTargetSources,
  type TargetSources,
} from './study-follow-up.ts';
import { fingerprintInputs, readStudyInputs, type StudyInputs, streetModesOf } from './study-inputs.ts';
import { coverUnknownTypes, coverVariants } from './study-variants.ts';

export interface RunOptions {
  cache: Cache;
  engine: Engine;
  threads: number;
  /** A second thread that was started ahead; the run ends it. Otherwise a run on several threads starts its own. */
  helper?: StreetHelper | undefined;
  isochrones: IsochroneChoice;
  version: string;
  /** Takes the notices, so that the caller has them where the run fails too. */
  notices?: NoticeList;
  onProgress?: (stage: string, share: number) => void;
}

export interface StudyRun {
  report: ReportInput;
  isochrones: ModeIsochrones[];
  /** Seconds by stage. */
  timings: Record<string, number>;
}

/** A mode's result once its variants are searched. */
type SearchedMode = Omit<ModeResult, 'linked'>;

/** Computes a study. Writes nothing but the cache. @throws UsageError where an input is unusable */
export async function runStudy(given: Study, options: RunOptions): Promise<StudyRun> {
  const clock = new StageClock(options.onProgress ?? (() => {}));
  const notices = options.notices ?? new NoticeList();
  // Before anything is read: what is read is then what was hashed, or refused.
  const files = fingerprintInputs(given);
  const targetSources = await readTargetSources(given, notices);
  const streetModes = streetModesOf(given);
  // Loads its code while this thread reads; helps to read and to build the networks, and serves the first mode.
  const helper = options.helper ?? (options.threads > 1 ? new StreetHelper().start() : undefined);
  const inputs = await readStudyInputs(given, options.cache, notices, clock.update, helper, files);
  const { study } = inputs;
  const results: SearchedMode[] = [];
  const variantTimes = new Map<string, TimesOfVariant>();
  for (const mode of streetModes) {
    const network = inputs.networks.get(mode)!;
    const { selected } = inputs.structures;
    const { linked, ...found } = await searchMode(
      study,
      mode,
      network,
      selected,
      inputs.beyondBorder,
      inputs.cells,
      notices,
      { ...options, onProgress: clock.update },
      helper?.release(),
    );
    results.push(found);
    if (inputs.variants === undefined) continue;
    clock.update(`variants ${mode}`, 0);
    variantTimes.set(
      mode,
      await searchVariants(
        study,
        network,
        { linked, times: found.times, structureCount: selected.length },
        inputs.variants,
        inputs.cells,
      ),
    );
    clock.update(`variants ${mode}`, 1);
  }
  helper?.end();
  const transit = await searchStudyTransit(study, inputs, notices, variantTimes, {
    ...options,
    onProgress: clock.update,
  });
  if (transit !== undefined) results.push(transit);
  clock.update('coverage', 0);
  const result = computeCoverage({
    shares: inputs.shares,
    structureCount: inputs.structures.selected.length,
    thresholdDeciseconds: minutesToDeciseconds(study.thresholdMinutes),
    inclusive: study.inclusive,
    uncoveredBelow: study.uncoveredBelow,
    bandEdgesMinutes: study.bandsMinutes,
    modes: results.map(({ times }) => times),
    combinations: study.combinations.map(({ name, modes }) => ({ mode: name, combines: modes })),
    modeOrder: [...study.modes, ...study.combinations.map(({ name }) => name)],
    communeBorders: buildCommuneBorders(geometriesOf(inputs)),
  });
  const searches = inputs.variants && {
    selected: inputs.variants,
    cells: inputs.cells,
    shares: inputs.shares,
    headline: results.map(({ times }) => times),
    timesOfMode: variantTimes,
    result,
  };
  const variants = searches === undefined ? [] : coverVariants(study, searches, notices);
  const unknownTypes = searches && coverUnknownTypes(searches);
  clock.update('coverage', 1);
  const followUp = await followStudy(study, inputs, targetSources, result, notices);
  // The communes that the follow-up counts may have been read again.
  requireUnchanged([...study.communes, ...study.epci, ...study.cantons, ...study.territories, ...study.cog]);
  return {
    report: {
      ...assembleReport(study, options, inputs, results, result, notices),
      ...followUp,
      ...(transit === undefined ? {} : { transit: transit.transit }),
      variants,
      ...(unknownTypes === undefined ? {} : { unknownTypes }),
    },
    isochrones: results.map(({ times, mergedBands, structureBands }) => ({
      mode: times.mode,
      merged: mergedBands,
      perStructure: structureBands,
    })),
    timings: clock.seconds,
  };
}

/** The mode transit, and its variants into the map given. */
async function searchStudyTransit(
  study: Study,
  inputs: StudyInputs,
  notices: NoticeList,
  variantTimes: Map<string, TimesOfVariant>,
  options: TransitSearchOptions,
): Promise<Omit<TransitResult, 'linked'> | undefined> {
  const { day, networks, structures, variants } = inputs;
  if (day === undefined) return undefined;
  const { searchTransitMode } = await import('./search-transit.ts');
  const transitInputs = { ...inputs, day, network: networks.get('walk')!, structures: structures.selected };
  const { linked, ...found } = await searchTransitMode(study, transitInputs, notices, options);
  if (variants !== undefined) {
    options.onProgress('variants transit', 0);
    const { searchTransitVariants } = await import('./search-variants-transit.ts');
    const headline = { linked, times: found.times, structureCount: structures.selected.length };
    const times = await searchTransitVariants(study, transitInputs, headline, variants, notices, options);
    variantTimes.set('transit', times);
    options.onProgress('variants transit', 1);
  }
  return found;
}

/** The follow-up table, from all structures read, and what was reached of the targets. */
async function followStudy(
  study: Study,
  { communeSet, communeIndex, structures }: StudyInputs,
  sources: TargetSources,
  { modes }: CoverageResult,
  notices: NoticeList,
): Promise<Pick<ReportInput, 'followUp' | 'targets'>> {
  const all = [...structures.selected, ...structures.leftOut.map(({ structure }) => structure)];
  const territory = await findFollowUpTerritory(study, communeSet, communeIndex, notices);
  const figures = buildStudyFollowUp(study, territory, all, study.date, notices);
  const rates = modes.map(({ mode, whole }) => ({ mode, rate: whole.rate }));
  const targets = buildStudyTargets(study, sources, territory, all, study.date, rates, notices);
  return {
    followUp: { ...figures, declared: study.followUp },
    ...(targets === undefined ? {} : { targets }),
  };
}

/** Polygons in the order of the shares' communes. */
function geometriesOf({ shares, communeSet }: StudyInputs) {
  const geometryOf = new Map(communeSet.communes.map(({ code, geometry }) => [code, geometry]));
  return shares.communes.map(({ code }) => geometryOf.get(code));
}

function assembleReport(
  study: Study,
  options: RunOptions,
  inputs: StudyInputs,
  results: readonly SearchedMode[],
  result: CoverageResult,
  notices: NoticeList,
): Omit<ReportInput, 'variants'> {
  const { communeSet, structures, cells, shares } = inputs;
  const roads = (inputs.networks.get('car') ?? inputs.networks.values().next().value!).network;
  const mainRoads = findMainRoads(roads);
  return {
    language: study.lang,
    csv: study.csv,
    version: options.version,
    study: {
      name: study.name,
      date: study.date,
      departement: study.departement,
      isFictional: study.isFictional,
    },
    result,
    structures: structures.selected.map((structure, i) => ({
      ...structure,
      isBeyondBorder: inputs.beyondBorder[i] === 1,
    })),
    leftOutStructures: structures.leftOut.map(({ structure, reason }) => ({
      structure,
      reason: LEFT_OUT_WORDS[reason][study.lang],
    })),
    assumed: structures.assumed,
    reception: countReception(structures.selected, inputs.variants?.outsideHours),
    geometryOfCommune: new Map(
      communeSet.communes.flatMap(({ code, geometry }) => (geometry === undefined ? [] : [[code, geometry]])),
    ),
    ...countOrigins(cells, shares),
    ...(inputs.calibration === undefined ? {} : { calage: inputs.calibration }),
    snaps: results.map(({ snaps }) => snaps),
    inputs: inputs.files,
    parameters: study.parameters,
    notices: notices.notices,
    noticeCounts: notices.thingCounts(),
    cells: { cells, shares, times: timesInOrder(study, results) },
    layersOfMode: new Map(
      results.map(({ times, mergedBands }) => [
        times.mode,
        { ...layersOf(mergedBands, mainRoads), rivers: inputs.rivers },
      ]),
    ),
  };
}

/** Times of every mode of the result, in its order; those of combinations are put together again. */
function timesInOrder(study: Study, results: readonly SearchedMode[]): ReportCells['times'] {
  const searched = results.map(({ times }) => times);
  const timesOfMode = new Map(searched.map((times) => [times.mode as string, times]));
  return [
    ...study.modes.map((mode) => timesOfMode.get(mode)!),
    ...study.combinations.map(({ name, modes }) => combineTimes({ mode: name, combines: modes }, searched)),
  ];
}

function layersOf(bands: ModeResult['mergedBands'], mainRoads: ReturnType<typeof findMainRoads>): MapLayers {
  return {
    isochrones: {
      type: 'FeatureCollection',
      features: bands
        .filter(({ geometry }) => geometry.coordinates.length > 0)
        .map(({ minutes, geometry }) => ({ type: 'Feature', properties: { minutes }, geometry })),
    },
    mainRoads,
  };
}

/** People of the study by where their cells come from, and the share whose cells the producer imputed. */
export function countOrigins(
  cells: StudyInputs['cells'],
  shares: StudyInputs['shares'],
): Pick<ReportInput, 'populationByOrigin' | 'imputedShare'> {
  const populationByOrigin: Partial<Record<CellOrigin, number>> = {};
  let imputed = 0;
  let total = 0;
  for (let cell = 0; cell < cells.count; cell++) {
    let people = 0;
    for (let entry = shares.firstEntryOfCell[cell]!; entry < shares.firstEntryOfCell[cell + 1]!; entry++) {
      people += shares.populationOfEntry[entry]!;
    }
    const origin = cells.origin[cell]!;
    populationByOrigin[origin] = (populationByOrigin[origin] ?? 0) + people;
    total += people;
    if (cells.imputed?.[cell] === 1) imputed += people;
  }
  return { populationByOrigin, imputedShare: cells.imputed === undefined ? undefined : imputed / total };
}

/** Measures stages from their first update to the one that says all is done. */
class StageClock {
  readonly seconds: Record<string, number> = {};
  private readonly startedAt = new Map<string, number>();

  constructor(private readonly onProgress: (stage: string, share: number) => void) {}

  readonly update = (stage: string, share: number): void => {
    if (!this.startedAt.has(stage)) this.startedAt.set(stage, performance.now());
    if (share >= 1) this.seconds[stage] = Math.round(performance.now() - this.startedAt.get(stage)!) / 1000;
    this.onProgress(stage, share);
  };
}
