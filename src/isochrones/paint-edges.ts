/**
 * Paints what a search has reached onto the grid: every vertex, and points along the edges between them. The
 * hot part of a surface: most edges are shorter than the spacing of the points and need nothing of their own,
 * so that their geometry is never read.
 */
import { DECISECONDS_PER_SECOND, UNREACHED } from '../common/units.ts';
import type { SearchDirection } from '../search/street-search.ts';
import type { StreetNetwork } from '../streets/street-network.ts';
import { GREATEST_STEP, type GridPainter, SPACING_CELLS } from './grid.ts';
import { isWholeWithin } from './reached-edges.ts';
import type { IsochroneScratch } from './scratch.ts';

/** Paints the vertices within the cutoff (deciseconds). */
export function paintVertices(
  network: StreetNetwork,
  timeOfVertex: Int32Array,
  reached: ArrayLike<number>,
  cutoff: number,
  painter: GridPainter,
): void {
  const { lonOfVertex, latOfVertex } = network;
  for (let i = 0; i < reached.length; i++) {
    const vertex = reached[i]!;
    const time = timeOfVertex[vertex]!;
    if (time > cutoff) continue;
    painter.paint(
      painter.column(lonOfVertex[vertex]!),
      painter.row(latOfVertex[vertex]!),
      time / DECISECONDS_PER_SECOND,
    );
  }
}

/** Paints the first `edgeCount` edges of the scratch; ends within the cutoff are left to `paintVertices`. */
export function paintEdges(
  network: StreetNetwork,
  direction: SearchDirection,
  cutoff: number,
  scratch: IsochroneScratch,
  edgeCount: number,
  cellMeters: number,
  painter: GridPainter,
): void {
  const { lonOfPoint, latOfPoint, firstPointOfEdge, lengthOfEdge, drivingTimeOfEdgeDir } = network;
  const { edges, headTimes, tailTimes } = scratch;
  const { cellsPerLonUnit, cellsPerLatUnit, columnAtZero, rowAtZero } = painter;
  /** Direction of the driving time that is spent from the head inwards; the other one from the tail. */
  const headDirection = direction === 'towards' ? 0 : 1;
  const piecesPerDecimeter = 1 / (10 * cellMeters * SPACING_CELLS);
  const ceiling = cutoff / GREATEST_STEP;
  for (let i = 0; i < edgeCount; i++) {
    const edge = edges[i]!;
    const headTime = headTimes[i]!;
    const tailTime = tailTimes[i]!;
    const fromHead = headTime === UNREACHED ? 0 : drivingTimeOfEdgeDir[2 * edge + headDirection]!;
    const fromTail = tailTime === UNREACHED ? 0 : drivingTimeOfEdgeDir[2 * edge + 1 - headDirection]!;
    const isWhole = isWholeWithin(headTime, tailTime);
    const pieces = Math.max(1, Math.ceil(lengthOfEdge[edge]! * piecesPerDecimeter));
    if (isWhole && pieces === 1) continue;
    const lastPiece = isWhole ? pieces - 1 : pieces;
    const step = lengthOfEdge[edge]! / (10 * cellMeters) / pieces;
    const last = firstPointOfEdge[edge + 1]! - 1;
    let piece = isWhole ? 1 : 0;
    let point = firstPointOfEdge[edge]!;
    let x = lonOfPoint[point]! * cellsPerLonUnit + columnAtZero;
    let y = latOfPoint[point]! * cellsPerLatUnit + rowAtZero;
    /** Cells along the edge to the point before, and to the next one to paint. */
    let before = 0;
    let target = piece * step;
    while (point < last && piece <= lastPiece) {
      point++;
      const dx = lonOfPoint[point]! * cellsPerLonUnit + columnAtZero - x;
      const dy = latOfPoint[point]! * cellsPerLatUnit + rowAtZero - y;
      const length = Math.sqrt(dx * dx + dy * dy);
      // Lengths were measured point by point, the grid is flat: the last point takes what is left over.
      while (piece <= lastPiece && (target <= before + length || point === last)) {
        const share = length === 0 ? 0 : Math.min(1, (target - before) / length);
        const fraction = piece / pieces;
        const time = Math.min(headTime + (1 - fraction) * fromHead, tailTime + fraction * fromTail);
        if (time < ceiling) painter.paint(x + share * dx, y + share * dy, time / DECISECONDS_PER_SECOND);
        piece++;
        target = piece * step;
      }
      before += length;
      x += dx;
      y += dy;
    }
  }
}
