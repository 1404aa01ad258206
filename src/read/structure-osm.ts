/**
 * OpenStreetMap -> rows of structures, for cross-checks rather than as the main list: OSM has no agreed tag for a
 * CCAS or a maison des solidarités. Taken are `amenity=townhall`, `office=government` with a social or a public
 * service, and `amenity=social_facility`; the name tells the type where the tags do not, and what neither tells
 * is left out and counted. In go Overpass JSON or any OSM file; osmtogeojson makes the geometries.
 * https://wiki.openstreetmap.org/wiki/Key:government, https://wiki.openstreetmap.org/wiki/Key:social_facility
 */
import { basename } from 'node:path';
import type { Feature } from 'geojson';
import { Fault } from '../common/errors.ts';
import { NoticeList } from '../common/notices.ts';
import { findPointInside } from '../common/point-inside.ts';
import { COORDINATE_UNITS_PER_DEGREE } from '../common/units.ts';
import { forEachOsmElement } from './osm/osm-elements.ts';
import type { OsmVisitor } from './osm/osm-visitor.ts';
import { fold, type PlacedRow, type StructureDraft } from './structure-rows.ts';
import { findStructureType, type StructureType } from './structure-types.ts';

type Tags = Readonly<Record<string, string>>;

const GOVERNMENT_SERVICES: ReadonlySet<string> = new Set([
  'public_service',
  'social_welfare',
  'social_services',
  'social_security',
]);
/** Values of `social_facility` that receive whoever comes; the others house or care for people. */
const OPEN_FACILITIES: ReadonlySet<string> = new Set([
  'outreach',
  'food_bank',
  'soup_kitchen',
  'clothing_bank',
  'day_centre',
]);
/** Words of a name (folded) -> the type; the first that fits. */
const TYPE_OF_NAME: ReadonlyArray<readonly [RegExp, string]> = [
  [/\bfrance services?\b|\bmaison france service/, 'france-service'],
  [/\bccas\b|\bcias\b|centre (inter)?communal d.action sociale/, 'ccas-cias'],
  [
    /\b(mds|cdas|edas|sdsei|mdsi|utas|cms)\b|maison (departementale )?(de la|des) solidarites?|centre medico.social/,
    'maisons-des-solidarites',
  ],
  [/\bmdph\b|personnes handicapees|maison de l.autonomie/, 'mdph'],
  [/\bpimms\b/, 'pimms-mediation'],
  [/\bcpam\b|assurance maladie/, 'cpam'],
  [/\bcaf\b|allocations familiales/, 'caf'],
  [/\bmsa\b|mutualite sociale agricole/, 'mutualite-sociale-agricole'],
  [/\bcarsat\b|\bcnav\b/, 'carsat'],
  [/mission locale/, 'mission-locale'],
  [/france travail|pole emploi/, 'france-travail'],
  [/restos? du c(oe|œ)ur|restaurants du c(oe|œ)ur/, 'restos-du-coeur'],
  [/croix.rouge/, 'croix-rouge'],
  [/centre social|espace de vie sociale/, 'centre-social'],
];

export function isOverpassJson(value: unknown): value is { elements: unknown[] } {
  return (
    typeof value === 'object' && value !== null && Array.isArray((value as { elements?: unknown }).elements)
  );
}

/** The rows of an `.osm`, `.osm.gz`, `.osm.bz2` or `.osm.pbf` file. */
export async function readOsmRows(path: string, notices: NoticeList): Promise<PlacedRow[]> {
  return osmRows(path, { elements: await collectElements(path, notices) }, notices);
}

/** The rows of an Overpass answer. Throws a UsageError where nothing in it is a structure. */
export async function osmRows(
  path: string,
  osm: { elements: unknown[] },
  notices: NoticeList,
): Promise<PlacedRow[]> {
  const { default: osmtogeojson } = await import('osmtogeojson');
  const { features } = osmtogeojson(osm, { flatProperties: false });
  const rows: PlacedRow[] = [];
  let unknownCount = 0;
  for (const feature of features) {
    const tags = (feature.properties?.tags ?? {}) as Tags;
    if (!isCandidate(tags)) continue;
    const type = findType(tags);
    if (type === undefined) unknownCount++;
    else rows.push(osmRow(path, rows.length + 1, feature, tags, type));
  }
  if (unknownCount > 0) {
    notices.add({
      code: 'osm-structures-of-unknown-type',
      severity: 'info',
      message: `${unknownCount} public or social places bear neither tags nor a name that tell a type`,
      action: 'left out',
      count: unknownCount,
      file: basename(path),
    });
  }
  if (rows.length > 0) return rows;
  throw new Fault('osm-without-structures', { file: path });
}

function isCandidate(tags: Tags): boolean {
  const { amenity, office, government } = tags;
  if (amenity === 'townhall' || amenity === 'social_facility') return true;
  return office === 'government' && government !== undefined && GOVERNMENT_SERVICES.has(government);
}

function findType(tags: Tags): StructureType | undefined {
  if (tags.amenity === 'townhall') return findStructureType('mairie');
  const name = fold([tags.name, tags.official_name, tags.short_name, tags.operator].join(' '));
  const named = TYPE_OF_NAME.find(([words]) => words.test(name));
  if (named !== undefined) return findStructureType(named[1]);
  const facility = tags.amenity === 'social_facility' ? tags.social_facility : undefined;
  return facility !== undefined && OPEN_FACILITIES.has(facility)
    ? findStructureType('association')
    : undefined;
}

function osmRow(
  path: string,
  row: number,
  { id, geometry }: Feature,
  tags: Tags,
  type: StructureType,
): PlacedRow {
  const point =
    geometry.type === 'Point'
      ? geometry.coordinates
      : geometry.type === 'Polygon' || geometry.type === 'MultiPolygon'
        ? (findPointInside(geometry) ?? [])
        : geometry.type === 'LineString'
          ? geometry.coordinates[0]!
          : [];
  const hasPhone = tags.phone !== undefined || tags['contact:phone'] !== undefined;
  const hasMail = tags.email !== undefined || tags['contact:email'] !== undefined;
  const street = [tags['addr:housenumber'], tags['addr:street']].filter(Boolean).join(' ');
  const town = [tags['addr:postcode'], tags['addr:city']].filter(Boolean).join(' ');
  const draft: StructureDraft = {
    id: String(id),
    nom: tags.name ?? `${type.fr} ${id}`,
    type: type.key,
    cercle: type.cercle,
    cercleStated: false,
    adresse: [street, town].filter((part) => part !== '').join(', ') || undefined,
    codeInsee: tags['ref:INSEE'] ?? tags['addr:inseecode'],
    engagee: true,
    engageeStated: false,
    dateEngagement: undefined,
    telephone: hasPhone || undefined,
    numerique: hasMail || undefined,
    format: 'fixe',
    horaires: tags.opening_hours,
    file: basename(path),
    row,
  };
  return {
    draft: () => draft,
    row,
    lon: point[0] ?? '',
    lat: point[1] ?? '',
    communeName: tags['addr:city'],
  };
}

/** The candidates of an OSM file and the ways and nodes that draw them, as Overpass would give them. */
async function collectElements(path: string, notices: NoticeList): Promise<unknown[]> {
  const elements: unknown[] = [];
  const ways = new Map<number, { tags: Tags; nodes: number[] }>();
  const memberWays = new Set<number>();
  const nodes = new Set<number>();
  const written = new Set<number>();
  const writeNode = (id: number, lon: number, lat: number, tags?: Tags) => {
    written.add(id);
    elements.push({
      type: 'node',
      id,
      lon: lon / COORDINATE_UNITS_PER_DEGREE,
      lat: lat / COORDINATE_UNITS_PER_DEGREE,
      ...(tags === undefined ? {} : { tags }),
    });
  };
  await forEachOsmElement(
    path,
    {
      node: (id, lon, lat, tags) => {
        if (tags !== undefined && isCandidate(tags)) writeNode(id, lon, lat, { ...tags });
      },
      way: (id, refs, tags) => {
        if (isCandidate(tags)) ways.set(id, { tags: { ...tags }, nodes: Array.from(refs) });
      },
      relation: (id, tags, members) => {
        if (tags.type !== 'multipolygon' || !isCandidate(tags)) return;
        for (const member of members) if (member.type === 'w') memberWays.add(member.id);
        const ofType = { n: 'node', w: 'way', r: 'relation' } as const;
        elements.push({
          type: 'relation',
          id,
          tags: { ...tags },
          members: members.map(({ type, id: ref, role }) => ({ type: ofType[type], ref, role })),
        });
      },
      restart: () => {
        elements.length = 0;
        ways.clear();
        memberWays.clear();
        written.clear();
      },
    },
    { notices },
  );
  const silent = { notices: new NoticeList(0) };
  if (memberWays.size > 0) {
    const way: OsmVisitor['way'] = (id, refs, tags) => {
      if (memberWays.has(id)) ways.set(id, { tags: { ...tags }, nodes: Array.from(refs) });
    };
    await forEachOsmElement(path, { way }, silent);
  }
  for (const way of ways.values()) for (const node of way.nodes) nodes.add(node);
  const placeOfNode = new Map<number, [lon: number, lat: number]>();
  const take = (id: number, lon: number, lat: number) => {
    if (nodes.has(id) && !written.has(id)) placeOfNode.set(id, [lon, lat]);
  };
  if (nodes.size > 0) await forEachOsmElement(path, { node: take, refPosition: take }, silent);
  for (const [id, [lon, lat]] of placeOfNode) writeNode(id, lon, lat);
  for (const [id, way] of ways) elements.push({ type: 'way', id, ...way });
  return elements;
}
