/** The page's coded coordinates and topology as GeoJSON for the map. */
import type { Feature, FeatureCollection, LineString, MultiPolygon, Point, Polygon, Position } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection } from 'topojson-specification';
import { isWithin } from '../../common/units.ts';
import { SHARE_CLASSES, shareClassOfRate } from '../map-symbols.ts';
import { type DeltaLine, PAGE_UNITS_PER_DEGREE, type PageCells, type PageData } from '../page-data.ts';

const METERS_PER_DEGREE = 111_195;

export type CommuneFeatures = FeatureCollection<Polygon | MultiPolygon>;
type Box = [number, number, number, number];

/**
 * Polygons whose properties are, per mode m: `k<m>` position of the share's class, `h<m>` uncovered, `b<m>`
 * borderline.
 */
export function buildCommunes(data: PageData): CommuneFeatures {
  if (data.topology === null) return { type: 'FeatureCollection', features: [] };
  const collection = feature(data.topology, data.topology.objects.communes as GeometryCollection);
  const features = (collection.features as Array<Feature<Polygon | MultiPolygon>>).filter(
    ({ geometry }) => geometry?.coordinates.length > 0,
  );
  for (const commune of features) {
    const index = Number(commune.id);
    const properties: Record<string, number> = {};
    data.modes.forEach((mode, at) => {
      properties[`k${at}`] = SHARE_CLASSES.indexOf(shareClassOfRate(mode.rate[index] ?? undefined));
      properties[`h${at}`] = mode.state[index] === 'non couverte' ? 1 : 0;
      properties[`b${at}`] = mode.borderline[index] ? 1 : 0;
    });
    commune.properties = properties;
  }
  return { type: 'FeatureCollection', features };
}

/** Share of the map's width at either side in which names are written towards its middle. */
const SIDE_SHARE = 0.16;

/**
 * One point per commune, in the middle of its largest ring, for its name. `side` tells those near the map's left or
 * right edge; `picture` is the image of a name that the map's own letters cannot write.
 */
export function buildNames(data: PageData, communes: CommuneFeatures): FeatureCollection<Point> {
  const [west, , east] = data.bounds;
  const sideOf = (lon: number): string => {
    const share = (lon - west) / (east - west);
    return share < SIDE_SHARE ? 'left' : share > 1 - SIDE_SHARE ? 'right' : 'none';
  };
  return {
    type: 'FeatureCollection',
    features: communes.features.map(({ id, geometry }) => {
      const coordinates = findMiddle(geometry);
      const name = data.communes.name[Number(id)];
      return {
        type: 'Feature',
        properties: {
          name,
          population: data.communes.population[Number(id)],
          side: sideOf(coordinates[0]),
          ...(isRightToLeft(name) ? { picture: namePicture(Number(id)) } : {}),
        },
        geometry: { type: 'Point', coordinates },
      };
    }),
  };
}

/** Letters that are written from right to left, and joined: MapLibre alone would set them one by one from the left. */
export function isRightToLeft(name: string): boolean {
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(name);
}

export function namePicture(communeIndex: number): string {
  return `name-${communeIndex}`;
}

function findMiddle(geometry: Polygon | MultiPolygon): Position {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  let best: Position = polygons[0][0][0];
  let greatest = -1;
  for (const [ring] of polygons) {
    const [originX, originY] = ring[0];
    let [doubled, x, y] = [0, 0, 0];
    for (let at = 0; at + 1 < ring.length; at++) {
      const [ax, ay] = [ring[at][0] - originX, ring[at][1] - originY];
      const [bx, by] = [ring[at + 1][0] - originX, ring[at + 1][1] - originY];
      const cross = ax * by - bx * ay;
      doubled += cross;
      x += (ax + bx) * cross;
      y += (ay + by) * cross;
    }
    if (Math.abs(doubled) <= greatest) continue;
    greatest = Math.abs(doubled);
    best = doubled === 0 ? ring[0] : [originX + x / (3 * doubled), originY + y / (3 * doubled)];
  }
  return best;
}

export function boxOf(geometry: Polygon | MultiPolygon): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  for (const [ring] of polygons) {
    for (const [lon, lat] of ring) {
      box[0] = Math.min(box[0], lon);
      box[1] = Math.min(box[1], lat);
      box[2] = Math.max(box[2], lon);
      box[3] = Math.max(box[3], lat);
    }
  }
  return box;
}

export function decodeLine(line: DeltaLine): Position[] {
  const positions: Position[] = [];
  let [x, y] = [0, 0];
  for (let at = 0; at < line.length; at += 2) {
    x += line[at];
    y += line[at + 1];
    positions.push([x / PAGE_UNITS_PER_DEGREE, y / PAGE_UNITS_PER_DEGREE]);
  }
  return positions;
}

export function buildLines(lines: readonly DeltaLine[]): FeatureCollection<LineString> {
  return {
    type: 'FeatureCollection',
    features: lines.map((line) => ({
      type: 'Feature',
      properties: {},
      geometry: { type: 'LineString', coordinates: decodeLine(line) },
    })),
  };
}

/** The nested bands of a mode, the widest first. */
export function buildBands(data: PageData, mode: number): FeatureCollection<MultiPolygon> {
  return {
    type: 'FeatureCollection',
    features: data.modes[mode].bands.map(({ minutes, polygons }) => ({
      type: 'Feature',
      properties: { minutes },
      geometry: { type: 'MultiPolygon', coordinates: polygons.map((rings) => rings.map(decodeLine)) },
    })),
  };
}

export function buildStructures({ structures }: PageData): FeatureCollection<Point> {
  return {
    type: 'FeatureCollection',
    features: structures.map(({ group, isBeyondBorder, lon, lat }, id) => ({
      type: 'Feature',
      id,
      properties: { icon: `${group}${isBeyondBorder ? '-beyond' : ''}` },
      geometry: { type: 'Point', coordinates: [lon, lat] },
    })),
  };
}

/** Squares as the grid stands, or points where there is none; `t<m>` is the band of mode m. */
export function buildCells(data: PageData, cells: PageCells): FeatureCollection<Polygon | Point> {
  const positions = decodeLine(cells.positions);
  const { turn } = cells;
  const bands = cells.time.map((times) => times.map((time) => findBand(data, time)));
  return {
    type: 'FeatureCollection',
    features: positions.map((position, id) => {
      const properties: Record<string, number> = {};
      for (let mode = 0; mode < bands.length; mode++) properties[`t${mode}`] = bands[mode][id];
      return {
        type: 'Feature',
        id,
        properties,
        geometry:
          turn === null
            ? { type: 'Point', coordinates: position }
            : { type: 'Polygon', coordinates: [drawSquare(position, cells.side[id] ?? cells.side[0], turn)] },
      };
    }),
  };
}

/** The band of a time in deciseconds, by the same comparison as the threshold; the last for the not connected. */
export function findBand({ bandEdgesMinutes, inclusive }: PageData, time: number): number {
  if (time < 0) return bandEdgesMinutes.length + 1;
  const band = bandEdgesMinutes.findIndex((edge) => isWithin(time, edge * 600, inclusive));
  return band < 0 ? bandEdgesMinutes.length : band;
}

function drawSquare([lon, lat]: Position, side: number, turn: number): Position[] {
  const perLon = METERS_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
  const [along, across] = [(Math.cos(turn) * side) / 2, (Math.sin(turn) * side) / 2];
  const corner = (right: number, up: number): Position => [
    lon + (right * along - up * across) / perLon,
    lat + (right * across + up * along) / METERS_PER_DEGREE,
  ];
  return [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1), corner(-1, -1)];
}
