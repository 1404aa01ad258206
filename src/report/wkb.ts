/**
 * Geometries of cells as well-known binary (OGC 06-103r4), little-endian, in lon, lat, with the box around them.
 */
import type { Unproject } from '../read/projections.ts';

/** West, south, east, north. */
export type Bounds = [number, number, number, number];

export interface CellGeometries {
  type: 'Point' | 'Polygon';
  wkb: Uint8Array[];
  /** Undefined where there is no cell. */
  bounds: Bounds | undefined;
}

/** A square of a projected grid, by its centre in the grid's metres and in degrees. */
export interface GridSquare {
  x: number;
  y: number;
  lon: number;
  lat: number;
  sideMeters: number;
  unproject: Unproject;
}

const POINT = 1;
const POLYGON = 3;
const POINT_BYTES = 21;
/** Byte order, type, ring count, point count, five points. */
const SQUARE_BYTES = 13 + 5 * 16;

export function writePoints(positions: ReadonlyArray<readonly [lon: number, lat: number]>): CellGeometries {
  const all = new Uint8Array(POINT_BYTES * positions.length);
  const view = new DataView(all.buffer);
  const box = new Box();
  const wkb = positions.map(([lon, lat], row) => {
    const at = row * POINT_BYTES;
    view.setUint8(at, 1);
    view.setUint32(at + 1, POINT, true);
    view.setFloat64(at + 5, lon, true);
    view.setFloat64(at + 13, lat, true);
    box.add(lon, lat);
    return all.subarray(at, at + POINT_BYTES);
  });
  return { type: 'Point', wkb, bounds: box.bounds };
}

/**
 * Corners counter-clockwise from the south-west. A metre of the grid is so many degrees, near enough, all over a
 * tile of 2 km: corners of neighbours agree within a decimetre, and a tile is projected once, not each corner.
 * @returns undefined where a centre in degrees is not where the grid's metres say
 */
export function writeSquares(squares: readonly GridSquare[]): CellGeometries | undefined {
  const all = new Uint8Array(SQUARE_BYTES * squares.length);
  const view = new DataView(all.buffer);
  const box = new Box();
  const tilesOf = new Map<Unproject, Map<number, Tile>>();
  const wkb: Uint8Array[] = [];
  for (let row = 0; row < squares.length; row++) {
    const { x, y, lon, lat, sideMeters, unproject } = squares[row]!;
    const tiles = tilesOf.get(unproject) ?? new Map<number, Tile>();
    tilesOf.set(unproject, tiles);
    const tile = findTile(x, y, unproject, tiles);
    if (isElsewhere(squares[row]!, tile)) return undefined;
    const half = sideMeters / 2;
    const start = row * SQUARE_BYTES;
    view.setUint8(start, 1);
    view.setUint32(start + 1, POLYGON, true);
    view.setUint32(start + 5, 1, true);
    view.setUint32(start + 9, 5, true);
    for (let corner = 0; corner < 5; corner++) {
      const dx = CORNER_X[corner]! * half;
      const dy = CORNER_Y[corner]! * half;
      const cornerLon = lon + dx * tile.lonPerX + dy * tile.lonPerY;
      const cornerLat = lat + dx * tile.latPerX + dy * tile.latPerY;
      view.setFloat64(start + 13 + corner * 16, cornerLon, true);
      view.setFloat64(start + 21 + corner * 16, cornerLat, true);
      box.add(cornerLon, cornerLat);
    }
    wkb.push(all.subarray(start, start + SQUARE_BYTES));
  }
  return { type: 'Polygon', wkb, bounds: box.bounds };
}

const CORNER_X = [-1, 1, 1, -1, -1];
const CORNER_Y = [-1, -1, 1, 1, -1];

const TILE_METERS = 2000;
/** Tiles in a row of keys: grids reach less than 10 000 km. */
const TILES_PER_ROW = 8192;

/** The middle of a tile, and degrees to a metre of the grid there. */
interface Tile {
  x: number;
  y: number;
  lon: number;
  lat: number;
  lonPerX: number;
  latPerX: number;
  lonPerY: number;
  latPerY: number;
}

function findTile(x: number, y: number, unproject: Unproject, tiles: Map<number, Tile>): Tile {
  const column = Math.floor(x / TILE_METERS);
  const row = Math.floor(y / TILE_METERS);
  const key = row * TILES_PER_ROW + column;
  const known = tiles.get(key);
  if (known !== undefined) return known;
  const middleX = (column + 0.5) * TILE_METERS;
  const middleY = (row + 0.5) * TILE_METERS;
  const step = TILE_METERS / 2;
  const [west, south] = unproject(middleX - step, middleY - step);
  const [east, alongX] = unproject(middleX + step, middleY - step);
  const [alongY, north] = unproject(middleX - step, middleY + step);
  const tile: Tile = {
    x: middleX,
    y: middleY,
    lon: (east + alongY) / 2,
    lat: (alongX + north) / 2,
    lonPerX: (east - west) / TILE_METERS,
    latPerX: (alongX - south) / TILE_METERS,
    lonPerY: (alongY - west) / TILE_METERS,
    latPerY: (north - south) / TILE_METERS,
  };
  tiles.set(key, tile);
  return tile;
}

function isElsewhere({ x, y, lon, lat, sideMeters }: GridSquare, tile: Tile): boolean {
  const dx = x - tile.x;
  const dy = y - tile.y;
  const expectedLon = tile.lon + dx * tile.lonPerX + dy * tile.lonPerY;
  const expectedLat = tile.lat + dx * tile.latPerX + dy * tile.latPerY;
  const degrees = (sideMeters / 2) * Math.hypot(tile.lonPerX, tile.latPerX);
  return Math.hypot(lon - expectedLon, lat - expectedLat) > degrees;
}

class Box {
  bounds: Bounds | undefined;

  add(lon: number, lat: number): void {
    if (this.bounds === undefined) this.bounds = [lon, lat, lon, lat];
    else {
      const { bounds } = this;
      if (lon < bounds[0]) bounds[0] = lon;
      if (lat < bounds[1]) bounds[1] = lat;
      if (lon > bounds[2]) bounds[2] = lon;
      if (lat > bounds[3]) bounds[3] = lat;
    }
  }
}
