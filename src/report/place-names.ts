/**
 * Where a commune's name stands on a map: wholly inside its own polygon and clear of the structures, broken into
 * lines and set smaller where that makes it fit, or nowhere. Pixels in and out, so the drawn sheet and the
 * interactive map, at whatever zoom, place by the same rule.
 *
 * The polygon is cut into rows; a box of w × h fits where x lies at least w/2 inside the polygon in each row that
 * the box touches, which is an intersection of intervals. Of all such places the nearest to the polygon's middle
 * counts. (A pole of inaccessibility, the usual choice, is the middle of the largest circle: names are wide.)
 */
import { measureText } from './text-width.ts';

export type PixelRing = ReadonlyArray<readonly [x: number, y: number]>;

/** What a name must not cover. */
export interface PixelBox {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface NameShape {
  lines: readonly string[];
  fontSize: number;
  width: number;
  height: number;
}

export interface PlacedName {
  /** The middle of the box. */
  x: number;
  y: number;
  shape: NameShape;
}

/** Of the font's size, from one line to the next. */
export const LINE_HEIGHT = 1.15;
const MOST_LINES = 4;
const MOST_ROWS = 100;
/** Between a name and its border. */
const CLEARANCE_PIXELS = 1;
const SAMPLES = 9;

/** Ways to write a name, the best to read first. */
export function listNameShapes(name: string, fontSizes: readonly number[]): NameShape[] {
  const breaks = listBreaks(name);
  return fontSizes.flatMap((fontSize) =>
    breaks.map((lines) => ({
      lines,
      fontSize,
      width: Math.max(...lines.map((line) => measureText(line, fontSize, true))),
      height: fontSize * (1 + (lines.length - 1) * LINE_HEIGHT),
    })),
  );
}

/** The name in one line, two lines …: of each number the one whose longest line is shortest. */
function listBreaks(name: string): string[][] {
  const parts = name.split(/(?<=-)|\s+/).filter((part) => part !== '');
  const found: string[][] = [[name]];
  for (let count = 2; count <= Math.min(MOST_LINES, parts.length); count++)
    found.push(breakInto(parts, count));
  return found;
}

function breakInto(parts: readonly string[], count: number): string[] {
  if (count === 1) return [join(parts)];
  let best: string[] = [];
  let least = Infinity;
  for (let end = 1; end <= parts.length - count + 1; end++) {
    const lines = [join(parts.slice(0, end)), ...breakInto(parts.slice(end), count - 1)];
    const longest = Math.max(...lines.map((line) => line.length));
    if (longest < least) [best, least] = [lines, longest];
  }
  return best;
}

function join(parts: readonly string[]): string {
  return parts.reduce(
    (text, part) => (text === '' || text.endsWith('-') ? text + part : `${text} ${part}`),
    '',
  );
}

/** Undefined where no shape fits. Rings of one commune: outlines and holes, of all its parts. */
export function placeName(
  rings: readonly PixelRing[],
  shapes: readonly NameShape[],
  obstacles: readonly PixelBox[],
): PlacedName | undefined {
  const box = boxOf(rings);
  const fitting = shapes.filter(
    ({ width, height }) => width <= box.right - box.left && height <= box.bottom - box.top,
  );
  if (fitting.length === 0) return undefined;
  const step = Math.max(1, (box.bottom - box.top) / MOST_ROWS);
  const rows = cutIntoRows(rings, box, step);
  const near = obstacles.filter((each) => isTouching(each, box));
  for (const shape of fitting) {
    const place = placeShape(rows, box, step, shape, near);
    if (place !== undefined) return { ...place, shape };
  }
  return undefined;
}

function placeShape(
  rows: readonly number[][],
  box: PixelBox,
  step: number,
  { width, height }: NameShape,
  obstacles: readonly PixelBox[],
): { x: number; y: number } | undefined {
  const [middleX, middleY] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const [halfX, halfY] = [width / 2 + CLEARANCE_PIXELS, height / 2 + CLEARANCE_PIXELS];
  // Rows that the box touches, and one more on either side: what lies between two rows is not seen.
  const reach = Math.ceil(halfY / step) + 1;
  let best: { x: number; y: number } | undefined;
  let least = Infinity;
  for (let row = reach; row < rows.length - reach; row++) {
    const y = box.top + (row + 0.5) * step;
    if (Math.abs(y - middleY) >= least) continue;
    for (const [from, to] of intersectRows(rows, row - reach, row + reach, halfX)) {
      for (const x of listPlaces(from, to, middleX)) {
        const distance = Math.hypot(x - middleX, y - middleY);
        if (distance >= least) continue;
        const own = { left: x - halfX, right: x + halfX, top: y - halfY, bottom: y + halfY };
        if (obstacles.some((each) => isTouching(each, own))) continue;
        [best, least] = [{ x, y }, distance];
      }
    }
  }
  return best;
}

/** Places of the middle, the nearest to the wanted one among them. */
function listPlaces(from: number, to: number, wanted: number): number[] {
  const even = Array.from({ length: SAMPLES }, (_, at) => from + ((to - from) * at) / (SAMPLES - 1));
  return [Math.min(Math.max(wanted, from), to), ...even];
}

/** Intervals of x that lie `half` inside the polygon in all of these rows. */
function intersectRows(
  rows: readonly number[][],
  first: number,
  last: number,
  half: number,
): Array<readonly [number, number]> {
  let common: Array<readonly [number, number]> = [[-Infinity, Infinity]];
  for (let row = first; row <= last && common.length > 0; row++) {
    const crossings = rows[row]!;
    const next: Array<readonly [number, number]> = [];
    for (let at = 0; at + 1 < crossings.length; at += 2) {
      const [from, to] = [crossings[at]! + half, crossings[at + 1]! - half];
      for (const [a, b] of common) {
        const [left, right] = [Math.max(a, from), Math.min(b, to)];
        if (left <= right) next.push([left, right]);
      }
    }
    common = next;
  }
  return common;
}

/** Row -> where the rings cross its middle, ascending: inside from each even one to the next. */
function cutIntoRows(rings: readonly PixelRing[], box: PixelBox, step: number): number[][] {
  const rows: number[][] = Array.from({ length: Math.ceil((box.bottom - box.top) / step) }, () => []);
  for (const ring of rings) {
    for (let at = 0; at < ring.length; at++) {
      const [ax, ay] = ring[at]!;
      const [bx, by] = ring[(at + 1) % ring.length]!;
      const first = Math.ceil((Math.min(ay, by) - box.top) / step - 0.5);
      for (let row = Math.max(0, first); row < rows.length; row++) {
        const y = box.top + (row + 0.5) * step;
        if (y >= Math.max(ay, by)) break;
        rows[row]!.push(ax + ((y - ay) / (by - ay)) * (bx - ax));
      }
    }
  }
  for (const row of rows) row.sort((a, b) => a - b);
  return rows;
}

function boxOf(rings: readonly PixelRing[]): PixelBox {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const ring of rings) {
    for (const [x, y] of ring) {
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
    }
  }
  return box;
}

function isTouching(a: PixelBox, b: PixelBox): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
