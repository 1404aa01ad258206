/**
 * Projected metres -> lon, lat in degrees (WGS84), by proj4 with our own definitions: the systems of the
 * official French files, the conic zones and UTM. French systems on RGF93 and its overseas sisters differ
 * from WGS84 by less than a metre, hence the null datum shift. proj4 is loaded on first use only (30 ms).
 * Definitions: https://epsg.io
 */
import { UsageError } from '../common/errors.ts';

/** Takes x, y in the system's own unit; gives [lon, lat] in degrees. */
export type Unproject = (x: number, y: number) => readonly [number, number];

const GRS80 = '+ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m +no_defs';

const DEFINITION_OF_EPSG: Readonly<Record<number, string>> = {
  2154: `+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 ${GRS80}`,
  2972: `+proj=utm +zone=22 ${GRS80}`,
  2975: `+proj=utm +zone=40 +south ${GRS80}`,
  3035: `+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 ${GRS80}`,
  3857: '+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +no_defs',
  4471: `+proj=utm +zone=38 +south ${GRS80}`,
  5490: `+proj=utm +zone=20 ${GRS80}`,
};

/** EPSG codes whose coordinates are lon, lat degrees already (RGF93, WGS84, ETRS89 and the overseas ones). */
const GEOGRAPHIC_EPSG: ReadonlySet<number> = new Set([4326, 4171, 4258, 4979, 5489, 4627, 4624, 4470]);

/** `EPSG:2154`, `2154`, `urn:ogc:def:crs:EPSG::2154`, `CRS84` -> EPSG code; undefined if it is none of these. */
export function findEpsg(crs: string): number | undefined {
  if (/CRS:?84$/i.test(crs.trim())) return 4326;
  const match = /^(?:.*EPSG:{1,2}(?:[\d.]*:)?)?(\d{4,5})$/i.exec(crs.trim());
  return match === null ? undefined : Number(match[1]);
}

/** True where `projectionOf` knows the code. */
export function isKnownEpsg(epsg: number): boolean {
  return GEOGRAPHIC_EPSG.has(epsg) || definitionOf(epsg) !== undefined;
}

/** Throws a UsageError for a system it does not know. */
export async function buildUnprojection(epsg: number, file: string): Promise<Unproject> {
  if (GEOGRAPHIC_EPSG.has(epsg)) return (x, y) => [x, y];
  const converter = await buildConverter(epsg, file);
  const point: [number, number] = [0, 0];
  return (x, y) => {
    point[0] = x;
    point[1] = y;
    return converter.forward(point) as [number, number];
  };
}

/** The other way: lon, lat -> x, y of any known system. Throws a UsageError for a system it does not know. */
export async function buildProjection(epsg: number, file: string): Promise<Unproject> {
  if (GEOGRAPHIC_EPSG.has(epsg)) return (lon, lat) => [lon, lat];
  const converter = await buildConverter(epsg, file);
  return (lon, lat) => converter.inverse([lon, lat]) as [number, number];
}

/** True where coordinates of the system are degrees. */
export function isGeographic(epsg: number): boolean {
  return GEOGRAPHIC_EPSG.has(epsg);
}

async function buildConverter(epsg: number, file: string) {
  const definition = definitionOf(epsg);
  if (definition === undefined) {
    throw new UsageError('the coordinate system is not known', {
      file,
      value: `EPSG:${epsg}`,
      remedy: `Known are EPSG:${[4326, ...Object.keys(DEFINITION_OF_EPSG)].join(', ')}, 3942 to 3950 and UTM on WGS84 (32601 to 32760): export the file in one of these.`,
    });
  }
  const { default: proj4 } = await import('proj4');
  return proj4(definition, '+proj=longlat +ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +no_defs');
}

function definitionOf(epsg: number): string | undefined {
  const own = DEFINITION_OF_EPSG[epsg];
  if (own !== undefined) return own;
  if (epsg >= 3942 && epsg <= 3950) return conicZone(epsg - 3900);
  if (epsg >= 32601 && epsg <= 32660) return `+proj=utm +zone=${epsg - 32600} +datum=WGS84 +units=m +no_defs`;
  if (epsg >= 32701 && epsg <= 32760)
    return `+proj=utm +zone=${epsg - 32700} +south +datum=WGS84 +units=m +no_defs`;
  return undefined;
}

/** RGF93 "conique conforme" of the zone centred on a parallel, EPSG 3942 (CC42) to 3950 (CC50). */
function conicZone(parallel: number): string {
  const northing = (parallel - 41) * 1_000_000 + 200_000;
  return `+proj=lcc +lat_0=${parallel} +lon_0=3 +lat_1=${parallel - 0.75} +lat_2=${parallel + 0.75} +x_0=1700000 +y_0=${northing} ${GRS80}`;
}
