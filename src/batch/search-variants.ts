/**
 * The times of the cells in each variant of a study that counts other structures: one further search towards
 * its structures on the network that the headline was searched on. All structures that any variant needs are
 * linked once, and variants that count the same structures are searched once.
 */
import { UNREACHED } from '../common/units.ts';
import type { VariantTimes } from '../coverage/variants.ts';
import type { IndexedNetwork } from '../network/street-network-file.ts';
import type { PopulationCells } from '../read/records.ts';
import type { SelectedVariants, VariantSelection } from '../read/select-variants.ts';
import { createSearch } from '../runtime/street-tasks.ts';
import type { Study } from '../study/study.ts';
import { type LinkedMode, linkedPoints, linkToNetwork, searchFrom } from './search-mode.ts';

/** Variant -> times of one mode. */
export type TimesOfVariant = Map<VariantSelection['key'], VariantTimes>;

/** The headline of a mode: how it was linked, and its answer. */
export interface SearchedHeadline<Linked> {
  linked: Linked;
  times: VariantTimes;
  structureCount: number;
}

export async function searchVariants(
  study: Study,
  network: IndexedNetwork,
  headline: SearchedHeadline<LinkedMode>,
  { structures, selections }: SelectedVariants,
  cells: PopulationCells,
): Promise<TimesOfVariant> {
  const { engine } = headline.linked.setup;
  const link = (linked: SelectedVariants['structures']) =>
    linkToNetwork(study, network, linked, cells, engine, headline.linked);
  const all = structures.length === headline.structureCount ? headline.linked : link(structures);
  const search = await createSearch(all.setup);
  return searchEachSubset(selections, headline, (positions) => {
    // Structures on an island let homes join its roads: each variant then has links of its own.
    const linked = all.opensIslands ? link(positions.map((at) => structures[at]!)) : all;
    const sources = all.opensIslands ? positions.map((_, i) => i) : positions;
    const { times } = searchFrom(linked.setup, search, sources);
    return { mode: network.network.mode, timeOfCell: times, linkedCell: linkedPoints(linked.points) };
  });
}

/** Times by variant; a subset of the structures is searched once, the headline's own not again. */
export async function searchEachSubset(
  selections: readonly VariantSelection[],
  { times: headline, structureCount }: SearchedHeadline<unknown>,
  search: (positions: readonly number[]) => VariantTimes | Promise<VariantTimes>,
): Promise<TimesOfVariant> {
  const timesOfSubset = new Map<string, VariantTimes>();
  // The headline's structures come first.
  timesOfSubset.set(Array.from({ length: structureCount }, (_, i) => i).join(), headline);
  timesOfSubset.set('', withoutStructures(headline));
  const times: TimesOfVariant = new Map();
  for (const { key, structures, isTold } of selections) {
    if (!isTold) continue;
    const subset = structures.join();
    const found = timesOfSubset.get(subset) ?? (await search(structures));
    timesOfSubset.set(subset, found);
    times.set(key, found);
  }
  return times;
}

/** Without a structure nobody arrives. */
function withoutStructures({ timeOfCell, ...times }: VariantTimes): VariantTimes {
  return { ...times, timeOfCell: new Int32Array(timeOfCell.length).fill(UNREACHED) };
}
