/**
 * Any OSM file, element by element in file order, whatever its format; the format is told by the content.
 */
import { sniffOsmFormat } from './osm-format.ts';
import type { OsmReadOptions, OsmVisitor } from './osm-visitor.ts';
import { forEachOverpassElement } from './overpass.ts';
import { forEachPbfElement } from './pbf-elements.ts';
import { forEachXmlElement } from './xml.ts';

/**
 * Calls the visitor's methods for every element of the kinds that it names. What cannot be read is a
 * UsageError with file and place; odd elements are notices.
 */
export async function forEachOsmElement(
  path: string,
  visitor: OsmVisitor,
  options: OsmReadOptions,
): Promise<void> {
  const { format, wrapper } = await sniffOsmFormat(path);
  if (format === 'pbf') await forEachPbfElement(path, visitor, options);
  else if (format === 'xml') await forEachXmlElement(path, wrapper, visitor, options);
  else await forEachOverpassElement(path, wrapper, visitor, options);
}
