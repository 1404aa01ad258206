/** The same elements in every format that is read, in the order given, for tests that compare the readers. */
import type { OsmContents, OsmState } from '../../../scripts/lib/osm-elements.ts';
import { encodePbf } from '../../../scripts/lib/write-pbf.ts';

export type OsmFileKind = 'xml' | 'json' | 'pbf' | 'pbf of plain nodes';
export const OSM_FILE_KINDS: readonly OsmFileKind[] = ['xml', 'json', 'pbf', 'pbf of plain nodes'];

/** The bytes of a file that lists the elements as they stand, with positions on ways where they carry some. */
export function encodeOsm(kind: OsmFileKind, contents: OsmContents): Buffer {
  if (kind === 'xml') return Buffer.from(toXml(contents));
  if (kind === 'json') return Buffer.from(toJson(contents));
  const elements = [...contents.nodes, ...contents.ways, ...contents.relations];
  return encodePbf(contents, {
    sorted: false,
    denseNodes: kind === 'pbf',
    requiredFeatures: elements.some(({ isDeleted }) => isDeleted) ? ['HistoricalInformation'] : [],
  });
}

function toXml({ nodes, ways, relations }: OsmContents): string {
  const state = ({ version, isDeleted }: OsmState) =>
    (version === undefined ? '' : ` version="${version}"`) + (isDeleted ? ' visible="false"' : '');
  const tagsOf = (tags: Readonly<Record<string, string>> = {}) =>
    Object.entries(tags)
      .map(([k, v]) => `<tag k="${k}" v="${v}"/>`)
      .join('');
  const lines = [
    ...nodes.map(
      (n) => `<node id="${n.id}"${state(n)} lat="${n.lat}" lon="${n.lon}">${tagsOf(n.tags)}</node>`,
    ),
    ...ways.map((way) => {
      const refs = way.refs.map((ref, i) => {
        const position = way.positions?.[i];
        return `<nd ref="${ref}"${position === undefined ? '' : ` lat="${position.lat}" lon="${position.lon}"`}/>`;
      });
      return `<way id="${way.id}"${state(way)}>${refs.join('')}${tagsOf(way.tags)}</way>`;
    }),
    ...relations.map(
      (relation) =>
        `<relation id="${relation.id}"${state(relation)}>${relation.members
          .map(({ type, ref, role }) => `<member type="${type}" ref="${ref}" role="${role}"/>`)
          .join('')}${tagsOf(relation.tags)}</relation>`,
    ),
  ];
  return `<osm version="0.6">\n${lines.join('\n')}\n</osm>\n`;
}

function toJson({ nodes, ways, relations }: OsmContents): string {
  const state = ({ version, isDeleted }: OsmState) => ({ version, visible: isDeleted ? false : undefined });
  const elements = [
    ...nodes.map(({ id, lon, lat, tags, ...rest }) => ({ type: 'node', id, lon, lat, tags, ...state(rest) })),
    ...ways.map(({ id, refs, positions, tags, ...rest }) => ({
      type: 'way',
      id,
      nodes: refs,
      geometry: positions?.map((position) => position ?? null),
      tags,
      ...state(rest),
    })),
    ...relations.map(({ id, members, tags, ...rest }) => ({
      type: 'relation',
      id,
      members,
      tags,
      ...state(rest),
    })),
  ];
  return JSON.stringify({ version: 0.6, elements });
}
