/**
 * Which OSM elements tell where people live: the tag rules of buildings, streets and town halls.
 * Values: https://wiki.openstreetmap.org/wiki/Key:building, https://taginfo.openstreetmap.org/keys/building
 */
import type { OsmTags } from './osm-data.ts';

export type PlaceKind = 'building' | 'street' | 'townhall';

/** Values of `building` in which people live. `yes` says nothing: other tags decide. */
const RESIDENTIAL_BUILDINGS: ReadonlySet<string> = new Set([
  'apartments',
  'bungalow',
  'cabin',
  'castle',
  'detached',
  'dormitory',
  'farm',
  'ger',
  'house',
  'houseboat',
  'manor',
  'residential',
  'semidetached_house',
  'static_caravan',
  'stilt_house',
  'terrace',
  'villa',
]);
/** Keys that give a plain `building=yes` another use. */
const OTHER_USES: readonly string[] = [
  'aeroway',
  'amenity',
  'craft',
  'disused:building',
  'healthcare',
  'historic',
  'industrial',
  'landuse',
  'leisure',
  'man_made',
  'military',
  'office',
  'power',
  'railway',
  'shop',
  'tourism',
];
const RESIDENTIAL_STREETS: ReadonlySet<string> = new Set([
  'residential',
  'living_street',
  'unclassified',
  'road',
]);
/** More storeys than any residential building of France has are a typing error. */
const MOST_LEVELS = 60;

/** What an element with these tags says about where people live; undefined if nothing. */
export function findPlaceKind(tags: OsmTags): PlaceKind | undefined {
  if (tags.amenity === 'townhall') return 'townhall';
  if (tags.building !== undefined && isResidential(tags)) return 'building';
  if (tags.highway !== undefined && RESIDENTIAL_STREETS.has(tags.highway) && tags.area !== 'yes')
    return 'street';
  return undefined;
}

function isResidential(tags: OsmTags): boolean {
  const building = tags.building!;
  if (RESIDENTIAL_BUILDINGS.has(building)) return true;
  // `wall=no` is the cadastre's mark of a light structure: a shelter, a veranda, a hangar.
  if (building !== 'yes' || tags.wall === 'no' || tags.abandoned === 'yes' || tags.ruins === 'yes')
    return false;
  return OTHER_USES.every((key) => tags[key] === undefined);
}

/** Storeys from `building:levels`; 1 where it is missing or no number. */
export function levelsOf(tags: OsmTags): number {
  const levels = Number.parseFloat((tags['building:levels'] ?? '').replace(',', '.'));
  return Number.isFinite(levels) && levels >= 1 ? Math.min(levels, MOST_LEVELS) : 1;
}
