/**
 * One road file of any format to `OsmStreets`. The format is told by the content; a PBF file takes the fast
 * path, all others the generic one. What holds no usable street is an error, not an empty network.
 */
import { Fault, UsageError } from '../../common/errors.ts';
import { whileReading } from '../../common/file-faults.ts';
import type { NoticeList } from '../../common/notices.ts';
import type { OsmStreets } from './osm-data.ts';
import { sniffOsmFormat } from './osm-format.ts';
import { readUnsortedStreets } from './osm-unsorted.ts';
import { type ReadPbfOptions, readPbfStreets } from './pbf-streets.ts';

/** Reads the streets of a file. Throws UsageErrors. */
export function readOsm(
  path: string,
  notices: NoticeList,
  options: ReadPbfOptions = {},
): Promise<OsmStreets> {
  return whileReading(path, () => readStreets(path, notices, options));
}

async function readStreets(path: string, notices: NoticeList, options: ReadPbfOptions): Promise<OsmStreets> {
  const { format } = await sniffOsmFormat(path);
  const streets =
    format === 'pbf'
      ? await readPbfStreets(path, notices, options)
      : await readUnsortedStreets(path, notices, options.onProgress);
  if (streets.wayCount === 0) {
    throw new Fault('roads-without-streets', { file: path });
  }
  if (streets.nodeCount === 0 && notices.counts().has('osm-node-without-position')) {
    throw new Fault('street-nodes-off-earth', { file: path });
  }
  if (streets.nodeCount === 0) {
    throw new UsageError('the file holds none of the nodes of its streets', {
      file: path,
      remedy:
        format === 'pbf'
          ? 'Use an extract with complete ways: "osmium extract" cuts so, and keep its nodes in all that follows.'
          : 'Ask Overpass for "out body; >; out skel qt;": the ">" adds the nodes.',
    });
  }
  return streets;
}
