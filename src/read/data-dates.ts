/**
 * What day the data of a study are of: each file's own date, as its content or its name states it, and never the
 * time at which it was saved on this machine, so that the same inputs give the same day. A list's dates are those
 * of its publication (`date_maj`, `date_modification`, …), never the days on which a structure engaged itself.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { UsageError } from '../common/errors.ts';
import { whileReading } from '../common/file-faults.ts';
import { NoticeList } from '../common/notices.ts';
import { CSV_EXTENSIONS, scanCsv } from './csv.ts';
import { normaliseHeader } from './csv-headings.ts';
import { findDateInName, isBelievable, newerOf, readStatedDate } from './dates-in-texts.ts';
import { GEOPACKAGE_EXTENSIONS, isGeoPackage, openGeoPackage } from './geopackage.ts';
import { listZipEntries, readChunks } from './input-bytes.ts';
import { findExtractDate } from './osm/extract-date.ts';

/** A grid is long, and states its date, if at all, where it begins. */
const GRID_HEAD_CHARACTERS = 1 << 16;

/** Names of columns and JSON keys that date a row or a file; without case, accents or punctuation. */
const DATING_NAMES = [
  /^(date)?(de)?(la)?(derniere)?(maj|miseajour|modif(ication)?|actualisation|publication|diffusion|extraction|export|version)(le)?$/,
  /^date(des?)?donnees$|^millesime$/,
  /^(last|date)?(updated?|modified|published)(at|on|date)?$|^(update|modification|publication|extraction|export)date$/,
  /^timestamp(osmbase)?$/,
];

export interface StatedDate {
  /** YYYY-MM-DD; undefined where the file states none that can be believed. */
  date: string | undefined;
  /** A date of the content that cannot be: before 2005, or later than `latest`. */
  disbelieved: string | undefined;
}

export type DatedRole = 'roads' | 'structures' | 'population';

/** The newest date that a file states, in itself or in its name; one that cannot be read states what its name does. */
export async function findStatedDate(path: string, role: DatedRole, latest: string): Promise<StatedDate> {
  const stated = await whileReading(path, () => findContentDate(path, role, latest)).catch(
    (error: unknown) => {
      // What is wrong with the file is told by its reader.
      if (error instanceof UsageError) return undefined;
      throw error;
    },
  );
  const named = findDateInName(basename(path), latest);
  if (stated === undefined || isBelievable(stated, latest)) {
    return { date: newerOf(stated, named), disbelieved: undefined };
  }
  return { date: named, disbelieved: stated };
}

async function findContentDate(path: string, role: DatedRole, latest: string): Promise<string | undefined> {
  const head = readHead(path);
  if (role === 'roads' || isOsm(head)) return findExtractDate(path, latest);
  return role === 'population' ? findGridDate(path, latest) : findListDate(path, head, latest);
}

function readHead(path: string): string {
  const head = Buffer.alloc(512);
  const descriptor = openSync(path, 'r');
  try {
    return head.toString('latin1', 0, readSync(descriptor, head, 0, head.length, 0));
  } finally {
    closeSync(descriptor);
  }
}

/** PBF, XML, or Overpass JSON. */
function isOsm(head: string): boolean {
  return head.slice(0, 64).includes('OSMHeader') || /<osm\b/.test(head) || /"osm3s"\s*:/.test(head);
}

async function findListDate(path: string, head: string, latest: string): Promise<string | undefined> {
  if (/^[\xef\xbb\xbf\s]*[[{]/.test(head)) {
    let text = '';
    for await (const chunk of readChunks(path, ['.json', '.geojson'])) text += chunk.toString('latin1');
    return findJsonDate(text, latest);
  }
  const newest = new NewestDate(latest);
  let fields: number[] = [];
  await scanCsv(
    path,
    {
      knownColumns: new Set(),
      onHeader({ names }) {
        fields = names.flatMap((name, field) => (isDatingName(name) ? [field] : []));
      },
      onRow(row) {
        for (const field of fields) newest.add(row.text(field));
      },
    },
    new NoticeList(),
  );
  return newest.date;
}

/** The values of keys that date, wherever they stand. */
function findJsonDate(text: string, latest: string): string | undefined {
  const newest = new NewestDate(latest);
  for (const [, key, value] of text.matchAll(/"([^"\\]{1,60})"\s*:\s*"([^"\\]{4,40})"/g)) {
    if (isDatingName(key!)) newest.add(value!);
  }
  return newest.date;
}

function isDatingName(name: string): boolean {
  const bare = normaliseHeader(name).replaceAll('_', '');
  return DATING_NAMES.some((names) => names.test(bare));
}

/** Of many dates the newest that can be believed; where none can, the newest of all. */
class NewestDate {
  private believed: string | undefined;
  private other: string | undefined;

  constructor(private readonly latest: string) {}

  add(text: string): void {
    const date = readStatedDate(text) ?? findDateInName(text, this.latest);
    if (date === undefined) return;
    if (isBelievable(date, this.latest)) this.believed = newerOf(this.believed, date);
    else this.other = newerOf(this.other, date);
  }

  get date(): string | undefined {
    return this.believed ?? this.other;
  }
}

/** GeoPackage: its `last_change`; zip: the names inside; GeoJSON: its head. The columns of grids hold no dates. */
async function findGridDate(path: string, latest: string): Promise<string | undefined> {
  const entries = await listZipEntries(path, [...CSV_EXTENSIONS, ...GEOPACKAGE_EXTENSIONS]);
  if (entries !== undefined) {
    return entries
      .map((name) => findDateInName(basename(name), latest))
      .reduce((newest, date) => newerOf(newest, date), undefined);
  }
  if (await isGeoPackage(path, CSV_EXTENSIONS)) {
    const database = await openGeoPackage(path);
    try {
      return readStatedDate(database.lastChange() ?? '');
    } finally {
      database.close();
    }
  }
  for await (const chunk of readChunks(path, CSV_EXTENSIONS)) {
    const text = chunk.toString('latin1', 0, GRID_HEAD_CHARACTERS);
    return /^[\xef\xbb\xbf\s]*[[{]/.test(text) ? findJsonDate(text, latest) : undefined;
  }
  return undefined;
}
