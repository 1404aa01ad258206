/** The nearest of some known words to a misspelt one, for "did you mean …". */

/** Undefined where none is near: more than a third of the letters would have to change. */
export function findNearest(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    // Each letter too many is a change at least; and a word may be a whole file.
    if (Math.abs(word.length - candidate.length) > Math.max(2, Math.max(word.length, candidate.length) / 3))
      continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance >= bestDistance) continue;
    best = candidate;
    bestDistance = distance;
  }
  const longest = Math.max(word.length, best?.length ?? 0);
  return bestDistance <= Math.max(2, longest / 3) ? best : undefined;
}

/** Levenshtein distance: letters added, dropped or changed. */
export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const changed = previous[column - 1] + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(changed, previous[column] + 1, current[column - 1] + 1));
    }
    previous = current;
  }
  return previous[b.length];
}
