/**
 * The generic path from an OSM file of any format to `OsmStreets`: element by element into the builder. The
 * only path for text formats; for PBF the slower one, taken where the elements are in no canonical order.
 */
import type { NoticeList } from '../../common/notices.ts';
import { OsmStreetsBuilder } from './osm-builder.ts';
import type { OsmStreets } from './osm-data.ts';
import { forEachOsmElement } from './osm-elements.ts';

/** Reads the streets of a file. Throws a UsageError where it cannot be read. */
export async function readUnsortedStreets(
  path: string,
  notices: NoticeList,
  onProgress?: (share: number) => void,
): Promise<OsmStreets> {
  const builder = new OsmStreetsBuilder(notices, path);
  const visitor = {
    node: builder.addNode.bind(builder),
    way: builder.addWay.bind(builder),
    relation: builder.addRelation.bind(builder),
    refPosition: builder.addRefPosition.bind(builder),
  };
  await forEachOsmElement(path, visitor, { notices, onProgress });
  return builder.build();
}
