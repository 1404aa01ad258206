/** The outline of a box as GeoJSON has it: closed, counter-clockwise, from its south-west corner. */
export function boxRing(west: number, south: number, east: number, north: number): number[][] {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}
