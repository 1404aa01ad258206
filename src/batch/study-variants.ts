/** The variants of a study with their figures, from the searches of all its modes. */
import type { NoticeList } from '../common/notices.ts';
import type { CellShares, CoverageResult, ModeTimes } from '../coverage/coverage-result.ts';
import { coverSegments, unitOfSegment } from '../coverage/segments.ts';
import {
  bestStates,
  choiceStates,
  countWithinReach,
  findStates,
  tallyStates,
  type VariantCoverage,
} from '../coverage/variants.ts';
import type { PopulationCells } from '../read/records.ts';
import type { SelectedVariants, VariantSelection } from '../read/select-variants.ts';
import type { UnknownTypesReport, VariantReport } from '../report/variants-report.ts';
import type { Study } from '../study/study.ts';
import { type Variant, WITH_UNKNOWN_TYPES } from '../study/variant-keys.ts';
import type { TimesOfVariant } from './search-variants.ts';

export interface VariantSearches {
  selected: SelectedVariants;
  cells: PopulationCells;
  shares: CellShares;
  /** The headline's times and reach of the modes searched. */
  headline: readonly ModeTimes[];
  /** Mode -> its times by variant. */
  timesOfMode: ReadonlyMap<string, TimesOfVariant>;
  result: CoverageResult;
}

const FEWEST_OF_CHOICE: Partial<Record<Variant, number>> = { choice_2: 2, choice_3: 3 };

/** In the order of the study's list. */
export function coverVariants(study: Study, searches: VariantSearches, notices: NoticeList): VariantReport[] {
  const headlineStates = statesOfModes(searches, (mode) =>
    searches.headline.find((each) => each.mode === mode),
  );
  return study.variants.flatMap((variant): VariantReport[] => {
    if (variant === 'segments') return reportSegments(searches, headlineStates, notices);
    const selection = searches.selected.selections.find(({ key }) => key === variant);
    if (selection !== undefined && variant !== 'choice_2' && variant !== 'choice_3') {
      return [reportSelection(searches, selection, variant)];
    }
    const modes = coverChoice(searches, headlineStates, FEWEST_OF_CHOICE[variant]!);
    const structureCount = searches.result.modes[0]!.structures.length;
    return [{ key: variant, unit: 'people', structureCount, unknownCount: undefined, isTold: true, modes }];
  });
}

/** The people with the structures of unknown type beside those without; undefined where no list holds any. */
export function coverUnknownTypes(searches: VariantSearches): UnknownTypesReport | undefined {
  const { selected, result, shares, timesOfMode } = searches;
  const selection = selected.selections.find(({ key }) => key === WITH_UNKNOWN_TYPES);
  if (selection === undefined) return undefined;
  const further = selection.structures
    .map((at) => selected.structures[at]!)
    .filter((each) => each.isTypeUnknown);
  if (further.length === 0) return undefined;
  const countOfType = new Map<string, number>();
  for (const { type } of further) countOfType.set(type, (countOfType.get(type) ?? 0) + 1);
  const states = statesOfModes(searches, (mode) => timesOfMode.get(mode)?.get(WITH_UNKNOWN_TYPES));
  return {
    structureCount: further.length,
    types: [...countOfType].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)),
    modes: result.modes.map((mode) => {
      const { whole } = tallyStates(shares, states.get(mode.mode)!, result, mode);
      return {
        mode: mode.mode,
        populationCovered: mode.whole.populationCovered,
        rate: mode.whole.rate,
        populationCoveredWith: whole.populationCovered,
        rateWith: whole.rate,
      };
    }),
  };
}

/** Mode of the result -> states of the cells; a combination's from those of its parts. */
function statesOfModes(
  { result }: VariantSearches,
  timesOf: (mode: string) => Pick<ModeTimes, 'mode' | 'timeOfCell' | 'linkedCell'> | undefined,
): Map<string, Uint8Array> {
  const states = new Map<string, Uint8Array>();
  for (const { mode, combines } of result.modes) {
    if (combines === undefined) states.set(mode, findStates(timesOf(mode)!, result));
  }
  for (const { mode, combines } of result.modes) {
    if (combines !== undefined) states.set(mode, bestStates(combines.map((part) => states.get(part)!)));
  }
  return states;
}

function reportSelection(
  searches: VariantSearches,
  { structures, unknownCount, isTold }: VariantSelection,
  key: VariantReport['key'] & VariantSelection['key'],
): VariantReport {
  const { shares, result, timesOfMode } = searches;
  const told = { key, unit: 'people' as const, unknownCount, isTold };
  if (!isTold) return { ...told, structureCount: undefined, modes: [] };
  const states = statesOfModes(searches, (mode) => timesOfMode.get(mode)?.get(key));
  const modes = result.modes.map((mode) => tallyStates(shares, states.get(mode.mode)!, result, mode));
  return { ...told, structureCount: structures.length, modes };
}

function coverChoice(
  { shares, result, headline }: VariantSearches,
  headlineStates: ReadonlyMap<string, Uint8Array>,
  fewest: number,
): VariantCoverage[] {
  return result.modes.map((mode) => {
    const parts = mode.combines ?? [mode.mode];
    const reaches = parts.map((part) => headline.find((times) => times.mode === part)!.reach!);
    const counts = countWithinReach(reaches, shares.cellCount);
    const states = choiceStates(headlineStates.get(mode.mode)!, counts, fewest);
    return tallyStates(shares, states, result, mode);
  });
}

function reportSegments(
  { cells, shares, result }: VariantSearches,
  headlineStates: ReadonlyMap<string, Uint8Array>,
  notices: NoticeList,
): VariantReport[] {
  const segments = coverSegments(cells, shares, result, headlineStates);
  if (segments.length === 0) {
    notices.add({
      code: 'segments-not-told',
      severity: 'info',
      message: 'the population has no households, so that statistical secrecy cannot be kept',
      action: 'no figures of segments',
      value: 'segments',
    });
  }
  const untoldCount = cells.segments?.households?.filter(Number.isNaN).length ?? 0;
  if (untoldCount > 0) {
    notices.add({
      code: 'segments-partly-told',
      severity: 'info',
      message: `${untoldCount} cells stand in a grid without households and ages`,
      action: 'left out of the segments',
      value: String(untoldCount),
    });
  }
  return segments.map(({ segment, modes }) => ({
    key: segment,
    unit: unitOfSegment(segment),
    structureCount: undefined,
    unknownCount: undefined,
    isTold: true,
    modes,
  }));
}
