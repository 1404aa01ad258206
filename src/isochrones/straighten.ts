/**
 * Straightens a ring that crosses grid lines: of all lines that cross the same grid lines in the same order,
 * each within the bounds of its crossing, one with few corners. Greedy: from a corner on, the cone of directions
 * that pass every crossing so far narrows until one cannot be passed; the next corner is the last place in sight.
 *
 * Whatever the corners, the ring stays topologically the same. Within a cell it is a straight piece between two
 * sides, and bounds of crossings never overlap: so no two pieces of a cell cross, neither of one ring nor of the
 * rings of several thresholds. Corners are whole parts of a degree on grid lines that are whole parts themselves,
 * so nothing is rounded afterwards, and the products below are exact (under 2^53).
 */
import type { RingCrossings } from './scratch.ts';

/** Receives corners in whole parts, relative to node (0, 0). */
export type TakeCorner = (x: number, y: number) => void;

/** Walks the first `count` crossings of a ring, whose inside lies on the left, and gives its corners once each. */
export function straightenRing(crossings: RingCrossings, count: number, take: TakeCorner): void {
  const { isAlongLon, line, insideEnd, outsideEnd, best } = crossings;
  const firstX = isAlongLon[0] === 1 ? best[0]! : line[0]!;
  const firstY = isAlongLon[0] === 1 ? line[0]! : best[0]!;
  let x = firstX;
  let y = firstY;
  let corner = 0;
  for (;;) {
    take(x, y);
    /** Directions to the left and right ends of what is in sight, and the last place in sight with whole parts. */
    let leftX = 0;
    let leftY = 0;
    let rightX = 0;
    let rightY = 0;
    let seen = corner;
    let seenAt = 0;
    for (let next = corner + 1; ; next++) {
      const isClosing = next === count;
      const i = isClosing ? 0 : next;
      const alongLon = isAlongLon[i] === 1;
      const inside = isClosing ? best[0]! : insideEnd[i]!;
      const outside = isClosing ? best[0]! : outsideEnd[i]!;
      const insideX = (alongLon ? inside : line[i]!) - x;
      const insideY = (alongLon ? line[i]! : inside) - y;
      const outsideX = (alongLon ? outside : line[i]!) - x;
      const outsideY = (alongLon ? line[i]! : outside) - y;
      let at = isClosing ? inside : best[i]!;
      if (next === corner + 1) {
        if (isClosing) return;
        leftX = insideX;
        leftY = insideY;
        rightX = outsideX;
        rightY = outsideY;
      } else {
        // Positive: on the left of the direction.
        const insideOfLeft = leftX * insideY - leftY * insideX;
        const outsideOfLeft = leftX * outsideY - leftY * outsideX;
        const insideOfRight = rightX * insideY - rightY * insideX;
        const outsideOfRight = rightX * outsideY - rightY * outsideX;
        if (outsideOfLeft > 0 || insideOfRight < 0) break;
        if (isClosing) return;
        // The end of the sight along the crossing, where the cone cuts it.
        let from = inside;
        let to = outside;
        if (insideOfLeft > 0) {
          const share = insideOfLeft / (insideOfLeft - outsideOfLeft);
          from = roundTowards(inside + share * (outside - inside), outside);
        } else {
          leftX = insideX;
          leftY = insideY;
        }
        if (outsideOfRight < 0) {
          const share = outsideOfRight / (outsideOfRight - insideOfRight);
          to = roundTowards(outside + share * (inside - outside), inside);
        } else {
          rightX = outsideX;
          rightY = outsideY;
        }
        if (inside < outside ? from > to : from < to) continue;
        at = inside < outside ? clamp(at, from, to) : clamp(at, to, from);
        const atX = (alongLon ? at : line[i]!) - x;
        const atY = (alongLon ? line[i]! : at) - y;
        if (leftX * atY > leftY * atX || rightX * atY < rightY * atX) continue;
      }
      seen = next;
      seenAt = at;
    }
    corner = seen;
    x = isAlongLon[corner] === 1 ? seenAt : line[corner]!;
    y = isAlongLon[corner] === 1 ? line[corner]! : seenAt;
  }
}

function roundTowards(value: number, goal: number): number {
  return goal > value ? Math.ceil(value) : Math.floor(value);
}

function clamp(value: number, least: number, greatest: number): number {
  return Math.max(least, Math.min(value, greatest));
}
