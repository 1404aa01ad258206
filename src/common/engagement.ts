/**
 * When a structure counts as engaged: it is, unless its list says no, from the day of its engagement on, where
 * the list gives one. Days are `YYYY-MM-DD`, which sort as text.
 */

export type EngagementState = 'engaged' | 'not-engaged' | 'engaged-later';

/** State on a day; without a day, dates of engagement are not compared. */
export function findEngagementState(
  structure: { engagee: boolean; dateEngagement: string | undefined },
  date: string | undefined,
): EngagementState {
  if (!structure.engagee) return 'not-engaged';
  const since = structure.dateEngagement;
  return date !== undefined && since !== undefined && since > date ? 'engaged-later' : 'engaged';
}
