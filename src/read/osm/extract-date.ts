/**
 * The day of the data of an OpenStreetMap file: as its header says it, else that of the newest edit among its
 * elements. PBF: `pbf-date.ts`, and the elements' `timestamp`s; XML: `timestamp` of the root, Overpass' `osm_base`,
 * else the elements'; Overpass JSON: `timestamp_osm_base`, else the elements'. Headers cost nothing; only a file
 * without one is read through.
 */
import { newerOf } from '../dates-in-texts.ts';
import { type OsmFormat, readUnwrapped, sniffOsmFormat } from './osm-format.ts';
import { PbfFile } from './pbf-blobs.ts';
import { findPbfDate } from './pbf-date.ts';
import { findNewestEdit } from './pbf-edit-dates.ts';

/** Characters carried over from one chunk to the next, so that no date is cut. */
const LONGEST_STATEMENT = 64;

const HEAD_DATES = {
  xml: /<osm\b[^>]*?\stimestamp="(\d{4}-\d{2}-\d{2})|\bosm_base="(\d{4}-\d{2}-\d{2})/,
  json: /"timestamp_osm_base"\s*:\s*"(\d{4}-\d{2}-\d{2})/,
} as const;
const ELEMENT_DATES = {
  xml: /\btimestamp=["'](\d{4}-\d{2}-\d{2})/g,
  json: /"timestamp"\s*:\s*"(\d{4}-\d{2}-\d{2})/g,
} as const;

/**
 * YYYY-MM-DD; undefined where the file says none. Edits later than `latest` are not believed; a header is the
 * caller's to judge. @throws UsageError where the file cannot be read
 */
export async function findExtractDate(path: string, latest: string): Promise<string | undefined> {
  const sniffed = await sniffOsmFormat(path);
  if (sniffed.format !== 'pbf') return findTextDate(path, sniffed.format, sniffed, latest);
  const stated = findPbfDate(path);
  if (stated !== undefined) return stated;
  const file = await PbfFile.open(path);
  try {
    return await findNewestEdit(file, latest);
  } finally {
    await file.close();
  }
}

async function findTextDate(
  path: string,
  format: 'xml' | 'json',
  sniffed: OsmFormat,
  latest: string,
): Promise<string | undefined> {
  let newest: string | undefined;
  let carried = '';
  let isHead = true;
  for await (const chunk of readUnwrapped(path, sniffed)) {
    const text = carried + chunk.toString('latin1');
    if (isHead) {
      const stated = HEAD_DATES[format].exec(text);
      if (stated !== null) return stated[1] ?? stated[2];
      isHead = false;
    }
    for (const [, date] of text.matchAll(ELEMENT_DATES[format])) {
      if (date! <= latest) newest = newerOf(newest, date);
    }
    carried = text.slice(-LONGEST_STATEMENT);
  }
  return newest;
}
