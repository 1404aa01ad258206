/**
 * The generic path from an OSM file of any format to `OsmStreets`: element by element into the builder. The
 * only path for text formats; for PBF the slower one, taken where the elements are in no canonical order.
 */
import type { NoticeList } from '../../common/notices.ts';
import { OsmStreetsBuilder } from './osm-builder.ts';
import type { OsmStreets } from './osm-data.ts';
import { forEachOsmElement } from './osm-elements.ts';
import type { OsmVisitor } from './osm-visitor.ts';

/** Reads the streets of a file. Throws a UsageError where it cannot be read. */
export async function readUnsortedStreets(
  path: string,
  notices: NoticeList,
  onProgress?: (share: number) => void,
): Promise<OsmStreets> {
  let builder = new OsmStreetsBuilder(notices, path);
  const visitor: OsmVisitor = {
    node: (id, lonE7, latE7, tags) => builder.addNode(id, lonE7, latE7, tags),
    way: (id, refs, tags) => builder.addWay(id, refs, tags),
    relation: (id, tags, members) => builder.addRelation(id, tags, members),
    refPosition: (id, lonE7, latE7) => builder.addRefPosition(id, lonE7, latE7),
    restart: () => {
      builder = new OsmStreetsBuilder(notices, path);
    },
  };
  await forEachOsmElement(path, visitor, { notices, onProgress });
  return builder.build();
}
