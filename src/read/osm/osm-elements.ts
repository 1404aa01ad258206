/**
 * Any OSM file, element by element in file order, whatever its format; the format is told by the content. Of an id
 * that the file holds several times only the version that counts is passed on (`element-versions.ts`).
 */
import { whileReading } from '../../common/file-faults.ts';
import { NoticeList } from '../../common/notices.ts';
import { ElementVersions, watchOrder } from './element-versions.ts';
import { type OsmFormat, sniffOsmFormat } from './osm-format.ts';
import type { ElementVisitor, OsmReadOptions, OsmVisitor } from './osm-visitor.ts';
import { forEachOverpassElement } from './overpass.ts';
import { forEachPbfElement } from './pbf-elements.ts';
import { UnsortedError } from './pbf-errors.ts';
import { forEachXmlElement } from './xml.ts';

/**
 * Calls the visitor's methods for every element of the kinds that it names. What cannot be read is a
 * UsageError with file and place; odd elements are notices.
 */
export function forEachOsmElement(path: string, visitor: OsmVisitor, options: OsmReadOptions): Promise<void> {
  return whileReading(path, () => passElements(path, visitor, options));
}

async function passElements(path: string, visitor: OsmVisitor, options: OsmReadOptions): Promise<void> {
  const format = await sniffOsmFormat(path);
  try {
    await readElements(path, format, watchOrder(visitor), options);
    return;
  } catch (error) {
    if (!(error instanceof UnsortedError)) throw error;
  }
  const versions = new ElementVersions();
  visitor.restart?.();
  const notices = new NoticeList();
  await readElements(path, format, versions.record(visitor), { ...options, notices });
  options.notices.append(notices);
  versions.compare();
  if (versions.supersededCount === 0) return;
  visitor.restart?.();
  // The odd elements have been noticed by now.
  await readElements(path, format, versions.filter(visitor), { ...options, notices: new NoticeList(0) });
  options.notices.add({
    code: 'osm-duplicate-id',
    severity: 'warning',
    message: `${versions.supersededCount} elements repeat an id`,
    action: 'the highest version is used, of equal ones the last',
    count: versions.supersededCount,
    file: path,
    value: String(versions.supersededCount),
  });
}

function readElements(
  path: string,
  format: OsmFormat,
  visitor: ElementVisitor,
  options: OsmReadOptions,
): Promise<void> {
  if (format.format === 'pbf') return forEachPbfElement(path, visitor, options);
  if (format.format === 'xml') return forEachXmlElement(path, format, visitor, options);
  return forEachOverpassElement(path, format, visitor, options);
}
