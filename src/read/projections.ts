/**
 * Projected metres -> lon, lat in degrees (WGS84), by proj4 with our own definitions: the systems of the
 * official French files, the conic zones and UTM. French systems on RGF93 and its overseas sisters differ
 * from WGS84 by less than a metre, hence the null datum shift. proj4 is loaded on first use only (30 ms).
 * Definitions: https://epsg.io
 */
import { Fault } from '../common/errors.ts';

/** Takes x, y in the system's own unit; gives [lon, lat] in degrees. */
export type Unproject = (x: number, y: number) => readonly [number, number];

const GRS80 = '+ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m +no_defs';

const LAMBERT_93 = `+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 ${GRS80}`;
/** NTF, counted from Paris; IGN's shift to WGS84, good to about 5 m. */
const NTF_PARIS = '+pm=paris +a=6378249.2 +b=6356515 +towgs84=-168,-60,320,0,0,0,0 +units=m +no_defs';

const DEFINITION_OF_EPSG: Readonly<Record<number, string>> = {
  2154: LAMBERT_93,
  9793: LAMBERT_93,
  9794: LAMBERT_93,
  27571: `+proj=lcc +lat_1=49.5 +lat_0=49.5 +lon_0=0 +k_0=0.999877341 +x_0=600000 +y_0=1200000 ${NTF_PARIS}`,
  27572: `+proj=lcc +lat_1=46.8 +lat_0=46.8 +lon_0=0 +k_0=0.99987742 +x_0=600000 +y_0=2200000 ${NTF_PARIS}`,
  27573: `+proj=lcc +lat_1=44.1 +lat_0=44.1 +lon_0=0 +k_0=0.999877499 +x_0=600000 +y_0=3200000 ${NTF_PARIS}`,
  27574: `+proj=lcc +lat_1=42.165 +lat_0=42.165 +lon_0=0 +k_0=0.99994471 +x_0=234.358 +y_0=4185861.369 ${NTF_PARIS}`,
  2972: `+proj=utm +zone=22 ${GRS80}`,
  2975: `+proj=utm +zone=40 +south ${GRS80}`,
  3035: `+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 ${GRS80}`,
  3857: '+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +no_defs',
  4467: `+proj=utm +zone=21 ${GRS80}`,
  4471: `+proj=utm +zone=38 +south ${GRS80}`,
  4559: `+proj=utm +zone=20 ${GRS80}`,
  5490: `+proj=utm +zone=20 ${GRS80}`,
};

/** EPSG codes whose coordinates are lon, lat degrees already (RGF93, WGS84, ETRS89 and the overseas ones). */
const GEOGRAPHIC_EPSG: ReadonlySet<number> = new Set([4326, 4171, 4258, 4979, 5489, 4627, 4624, 4470]);

/** Names that people and IGN give to systems, folded: without case, accents, spaces and punctuation. */
const EPSG_OF_NAME: ReadonlyArray<readonly [RegExp, number]> = [
  [/^(ignf)?(rgf93)?(v\d\w?)?(lambert|lamb|l)93$/, 2154],
  [/^(ignf)?(lambert(2|ii)(e|etendu|etendue)|l2e|lambe|ntfparislambertzoneii)$/, 27572],
  [/^(ignf)?(wgs84g?|gps|rgf93g?|latlon|lonlat)$/, 4326],
  [/^(webmercator|pseudomercator|wgs84pseudomercator|googlemercator)$/, 3857],
  [/^(etrs89)?(laea|laeaeurope|etrs89extendedlaeaeurope)$/, 3035],
];

/**
 * `EPSG:2154`, `2154`, `urn:ogc:def:crs:EPSG::2154`, `CRS84`, `Lambert 93`, `CC46` -> EPSG code; undefined if it is
 * none of these.
 */
export function findEpsg(crs: string): number | undefined {
  if (/CRS:?84$/i.test(crs.trim())) return 4326;
  const match = /^(?:.*EPSG:{1,2}(?:[\d.]*:)?)?(\d{4,5})$/i.exec(crs.trim());
  if (match !== null) return Number(match[1]);
  const name = crs
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
  const zone = /^(?:ignf)?(?:rgf93)?(?:v\d\w?)?(?:cc|coniqueconformezone|conique)(4[2-9]|50)$/.exec(name);
  if (zone !== null) return 3900 + Number(zone[1]);
  return EPSG_OF_NAME.find(([pattern]) => pattern.test(name))?.[1];
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
    throw new Fault(
      'system-unknown',
      { file, value: `EPSG:${epsg}` },
      { known: [4326, ...Object.keys(DEFINITION_OF_EPSG)].join(', ') },
    );
  }
  const { default: proj4 } = await import('proj4');
  return proj4(definition, '+proj=longlat +ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +no_defs');
}

function definitionOf(epsg: number): string | undefined {
  const own = DEFINITION_OF_EPSG[epsg];
  if (own !== undefined) return own;
  if (epsg >= 3942 && epsg <= 3950) return conicZone(epsg - 3900);
  // The same zones on later realisations of RGF93, which differ by centimetres.
  if (epsg >= 9822 && epsg <= 9830) return conicZone(epsg - 9780);
  if (epsg >= 9842 && epsg <= 9850) return conicZone(epsg - 9800);
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
