/**
 * Communes as OpenStreetMap draws them -> polygons with their tags: relations `boundary=administrative`,
 * `admin_level=8`, from Overpass JSON or any extract. osmtogeojson joins the ways into rings; it is fed the OSM JSON
 * of these relations alone, for its own XML reader is old.
 *
 * At the edge of an extract borders are cut. What is left of one would be another commune, so it is left out.
 */
import { basename } from 'node:path';
import type { Feature, MultiPolygon, Polygon } from 'geojson';
import { NoticeList } from '../../common/notices.ts';
import { COORDINATE_UNITS_PER_DEGREE } from '../../common/units.ts';
import { forEachOsmElement } from './osm-elements.ts';

/** OSM's level of communes: https://wiki.openstreetmap.org/wiki/Tag:boundary=administrative */
const COMMUNE_LEVEL = '8';

interface BoundaryMember {
  type: string;
  ref: number;
  role: string;
}

interface OsmJsonElement {
  type: string;
  id: number;
  tags?: Record<string, string>;
  members?: BoundaryMember[];
  nodes?: number[];
  lon?: number;
  lat?: number;
}

type Boundary = Feature<Polygon | MultiPolygon>;

/** From the `elements` of Overpass JSON. */
export async function boundariesOfOverpass(
  path: string,
  elements: readonly unknown[],
  notices: NoticeList,
): Promise<Boundary[]> {
  return buildBoundaries(
    path,
    elements.filter((element): element is OsmJsonElement => typeof element === 'object' && element !== null),
    notices,
  );
}

/** From an extract: read three times, so that only the borders are held. */
export async function readOsmBoundaries(path: string, notices: NoticeList): Promise<Boundary[]> {
  const elements: OsmJsonElement[] = [];
  const wantedWays = new Set<number>();
  await forEachOsmElement(
    path,
    {
      relation: (id, tags, members) => {
        if (!isCommune(tags)) return;
        const ways = members.filter(({ type }) => type === 'w');
        for (const way of ways) wantedWays.add(way.id);
        elements.push({
          type: 'relation',
          id,
          tags: { ...tags },
          members: ways.map((way) => ({ type: 'way', ref: way.id, role: way.role })),
        });
      },
      restart: () => {
        elements.length = 0;
        wantedWays.clear();
      },
    },
    { notices },
  );
  // Odd elements have been noticed by now.
  const silent = { notices: new NoticeList(0) };
  const nodesOfWay = new Map<number, number[]>();
  const way = (id: number, refs: ArrayLike<number>) => {
    if (wantedWays.has(id)) nodesOfWay.set(id, Array.from(refs));
  };
  if (wantedWays.size > 0) await forEachOsmElement(path, { way }, silent);
  const wantedNodes = new Set<number>();
  for (const [id, nodes] of nodesOfWay) {
    for (const node of nodes) wantedNodes.add(node);
    elements.push({ type: 'way', id, nodes });
  }
  const placeOfNode = new Map<number, { lon: number; lat: number }>();
  const take = (id: number, lonE7: number, latE7: number) => {
    if (!wantedNodes.has(id)) return;
    const lon = lonE7 / COORDINATE_UNITS_PER_DEGREE;
    placeOfNode.set(id, { lon, lat: latE7 / COORDINATE_UNITS_PER_DEGREE });
  };
  if (wantedNodes.size > 0) await forEachOsmElement(path, { node: take, refPosition: take }, silent);
  for (const [id, place] of placeOfNode) elements.push({ type: 'node', id, ...place });
  return buildBoundaries(path, elements, notices);
}

async function buildBoundaries(
  path: string,
  elements: readonly OsmJsonElement[],
  notices: NoticeList,
): Promise<Boundary[]> {
  const relations = elements.filter(({ type, tags }) => type === 'relation' && isCommune(tags));
  const fed = [
    ...elements.filter(({ type }) => type !== 'relation').map(({ tags: _, ...element }) => element),
    ...relations.map((relation) => ({
      ...relation,
      // The tag makes it an area for osmtogeojson; roles but `inner` have been used for outlines.
      tags: { ...relation.tags, type: 'boundary' },
      members: (relation.members ?? [])
        .filter(({ type }) => type === 'way')
        .map((member) => ({ ...member, role: member.role === 'inner' ? 'inner' : 'outer' })),
    })),
  ];
  const { default: osmtogeojson } = await import('osmtogeojson');
  const built = new Map<string, Feature>();
  for (const feature of osmtogeojson({ elements: fed }).features) built.set(String(feature.id), feature);
  const boundaries: Boundary[] = [];
  for (const { id, tags = {} } of relations) {
    const feature = built.get(`relation/${id}`);
    const geometry = feature?.properties?.tainted === true ? undefined : feature?.geometry;
    if (isClosedArea(geometry)) {
      boundaries.push({ type: 'Feature', id: `relation/${id}`, properties: tags, geometry });
      continue;
    }
    notices.add({
      code: 'commune-boundary-incomplete',
      severity: 'warning',
      message: `the file does not hold the whole border of ${tags.name ?? `relation ${id}`}`,
      action: 'left out',
      file: basename(path),
      id: tags['ref:INSEE'] ?? `relation/${id}`,
    });
  }
  return boundaries;
}

function isCommune(tags: Readonly<Record<string, string>> | undefined): boolean {
  return tags?.boundary === 'administrative' && tags.admin_level === COMMUNE_LEVEL;
}

function isClosedArea(geometry: Feature['geometry'] | undefined): geometry is Polygon | MultiPolygon {
  if (geometry?.type !== 'Polygon' && geometry?.type !== 'MultiPolygon') return false;
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return polygons.every((rings) =>
    rings.every((ring) => {
      const [first, last] = [ring[0], ring[ring.length - 1]];
      return ring.length >= 4 && first[0] === last[0] && first[1] === last[1];
    }),
  );
}
