/** The times of the cells by transit in each variant of a study: the day's timetable searched once more for each. */
import { NoticeList } from '../common/notices.ts';
import type { Structure } from '../read/records.ts';
import type { SelectedVariants } from '../read/select-variants.ts';
import type { Study } from '../study/study.ts';
import { linkedPoints } from './search-mode.ts';
import {
  type LinkedTransit,
  linkTransit,
  searchTransitFrom,
  type TransitSearchOptions,
  type TransitStudyInputs,
} from './search-transit.ts';
import { type SearchedHeadline, searchEachSubset, type TimesOfVariant } from './search-variants.ts';

/** @param inputs those of the headline, with its structures */
export async function searchTransitVariants(
  study: Study,
  inputs: TransitStudyInputs,
  headline: SearchedHeadline<LinkedTransit>,
  { structures, selections }: SelectedVariants,
  notices: NoticeList,
  options: TransitSearchOptions,
): Promise<TimesOfVariant> {
  const link = (linked: readonly Structure[]) =>
    linkFurther(study, inputs, linked, headline.linked, notices, options);
  const all = structures.length === headline.structureCount ? headline.linked : await link(structures);
  const { opensIslands } = all.streets;
  return searchEachSubset(selections, headline, async (positions) => {
    const linked = opensIslands ? await link(positions.map((at) => structures[at]!)) : all;
    const sources = opensIslands ? positions.map((_, i) => i) : positions;
    const { best } = searchTransitFrom(linked, sources, { isUsualSought: false }).times;
    return { mode: 'transit', timeOfCell: best, linkedCell: linkedPoints(linked.points) };
  });
}

/** Links other structures; what their hours lack is told of those that the headline has not told of. */
async function linkFurther(
  study: Study,
  inputs: TransitStudyInputs,
  structures: readonly Structure[],
  headline: LinkedTransit,
  notices: NoticeList,
  options: TransitSearchOptions,
): Promise<LinkedTransit> {
  const found = new NoticeList();
  const further = { ...options, isochrones: 'none' as const, onProgress: () => {} };
  const linked = await linkTransit(study, { ...inputs, structures }, found, further, headline.streets);
  const isTold = new Set(inputs.structures.map(({ id }) => id));
  for (const notice of found.notices) if (!isTold.has(notice.id ?? '')) notices.add(notice);
  return linked;
}
