/** The page's coded coordinates and topology as GeoJSON for the map. */
import type { Feature, FeatureCollection, LineString, MultiPolygon, Point, Polygon, Position } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection } from 'topojson-specification';
import { isWithin } from '../../common/units.ts';
import { SHARE_CLASSES, shareClassOfRate } from '../map-symbols.ts';
import { type DeltaLine, PAGE_UNITS_PER_DEGREE, type PageCells, type PageData } from '../page-data.ts';
import { listNameShapes, type NameShape, placeName } from '../place-names.ts';

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

/** Largest first: names of larger communes are written larger where they fit. */
const NAME_SIZES: readonly number[] = [15, 13, 12, 11];
const LARGE_POPULATION = 10_000;
/** Pixels from a structure's middle to the edge of its symbol. */
const SYMBOL_REACH = 9;
/** Of the pictures of names (`map-images.ts`). */
const PICTURE_SIZE = 12;
const PICTURE_HEIGHT = 20;
const PICTURE_MARGINS = 8;

/**
 * The names that fit into their communes at this zoom, and so at every nearer one: a point in the middle of each, its
 * lines and its size; `picture` is the image of a name that the map's own letters cannot write.
 */
export function buildNames(
  data: PageData,
  communes: CommuneFeatures,
  zoom: number,
): FeatureCollection<Point> {
  const side = 512 * 2 ** zoom;
  const project = ([lon, lat]: Position): readonly [number, number] => [
    ((lon + 180) / 360) * side,
    (0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI)) * side,
  ];
  const unproject = (x: number, y: number): Position => [
    (x / side) * 360 - 180,
    ((2 * Math.atan(Math.exp((0.5 - y / side) * 2 * Math.PI)) - Math.PI / 2) * 180) / Math.PI,
  ];
  const symbols = data.structures.map(({ lon, lat }) => {
    const [x, y] = project([lon, lat]);
    return {
      left: x - SYMBOL_REACH,
      right: x + SYMBOL_REACH,
      top: y - SYMBOL_REACH,
      bottom: y + SYMBOL_REACH,
    };
  });
  const features = communes.features.flatMap(({ id, geometry }): Array<Feature<Point>> => {
    const index = Number(id);
    const name = data.communes.name[index];
    const population = data.communes.population[index];
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    const isPicture = isRightToLeft(name);
    const shapes = isPicture ? [shapeOfPicture(name)] : shapesOfName(name, population);
    const placed = placeName(
      polygons.flat().map((ring) => ring.map(project)),
      shapes,
      symbols,
    );
    if (placed === undefined) return [];
    const { x, y, shape } = placed;
    return [
      {
        type: 'Feature',
        properties: {
          name: shape.lines.join('\n'),
          size: shape.fontSize,
          population,
          ...(isPicture ? { picture: namePicture(index) } : {}),
        },
        geometry: { type: 'Point', coordinates: unproject(x, y) },
      },
    ];
  });
  return { type: 'FeatureCollection', features };
}

function shapesOfName(name: string, population: number): NameShape[] {
  return listNameShapes(name, population >= LARGE_POPULATION ? NAME_SIZES : NAME_SIZES.slice(2));
}

function shapeOfPicture(name: string): NameShape {
  const [line] = listNameShapes(name, [PICTURE_SIZE]);
  return { ...line, width: line.width + PICTURE_MARGINS, height: PICTURE_HEIGHT };
}

/** Letters that are written from right to left, and joined: MapLibre alone would set them one by one from the left. */
export function isRightToLeft(name: string): boolean {
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(name);
}

export function namePicture(communeIndex: number): string {
  return `name-${communeIndex}`;
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
