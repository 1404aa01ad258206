/**
 * Writes `.osm` XML (https://wiki.openstreetmap.org/wiki/OSM_XML), the same elements as `write-pbf.ts`, for
 * tests that compare the formats. Sorted by type and id unless told otherwise.
 */
import { findBounds, type OsmContents, type OsmElementTags, sortContents } from './osm-elements.ts';

export interface OsmXmlOptions {
  generator?: string;
  /** False keeps the order of the contents. Default true. */
  sorted?: boolean;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

export function encodeOsmXml(contents: OsmContents, options: OsmXmlOptions = {}): string {
  const { nodes, ways, relations } = options.sorted === false ? contents : sortContents(contents);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<osm version="0.6" generator="${escapeXml(options.generator ?? 'maillage scripts')}">`,
  ];
  const bounds = findBounds(nodes);
  if (bounds !== undefined) {
    const [west, south, east, north] = bounds.map(formatDegrees);
    lines.push(`  <bounds minlat="${south}" minlon="${west}" maxlat="${north}" maxlon="${east}"/>`);
  }
  for (const { id, lon, lat, tags } of nodes) {
    addElement(lines, `node id="${id}" lat="${formatDegrees(lat)}" lon="${formatDegrees(lon)}"`, [], tags);
  }
  for (const { id, refs, tags } of ways) {
    addElement(
      lines,
      `way id="${id}"`,
      refs.map((ref) => `<nd ref="${ref}"/>`),
      tags,
    );
  }
  for (const { id, members, tags } of relations) {
    const children = members.map(
      ({ type, ref, role }) => `<member type="${type}" ref="${ref}" role="${escapeXml(role)}"/>`,
    );
    addElement(lines, `relation id="${id}"`, children, tags);
  }
  lines.push('</osm>', '');
  return lines.join('\n');
}

function addElement(lines: string[], start: string, children: string[], tags: OsmElementTags = {}): void {
  const tagLines = Object.entries(tags).map(([k, v]) => `<tag k="${escapeXml(k)}" v="${escapeXml(v)}"/>`);
  const all = [...children, ...tagLines];
  if (all.length === 0) {
    lines.push(`  <${start}/>`);
    return;
  }
  lines.push(`  <${start}>`, ...all.map((child) => `    ${child}`), `  </${start.split(' ')[0]}>`);
}

/** Seven decimals, OSM's own grid. */
function formatDegrees(degrees: number): string {
  return (Math.round(degrees * 1e7) / 1e7).toFixed(7);
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"\n]/g, (character) => ENTITIES[character]);
}
