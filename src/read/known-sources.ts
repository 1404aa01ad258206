/**
 * Who published an input, and under what licence, where its content tells: OpenStreetMap, INSEE's grid and tables,
 * the lists of France services, the annuaire de l'administration, the boundaries of Etalab and IGN. Only the
 * beginning of the file is read, by the names of its columns or properties, which are those that the readers of the
 * same formats look for. A file of one's own is not named: better no producer than a wrong one.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { constants, gunzipSync, inflateRawSync } from 'node:zlib';
import { normaliseHeader } from './csv-headings.ts';
import { FILOSOFI_ID_COLUMNS } from './filosofi.ts';
import { FRANCE_SERVICES_NAMES } from './france-services-row.ts';

export interface KnownSource {
  source: string;
  licence: string;
}

type SourceLanguage = 'fr' | 'en';

/** Licence Ouverte 2.0 of Etalab, under which French administrations publish. */
const OPEN_LICENCE = 'Licence Ouverte 2.0';

export function openStreetMap(language: SourceLanguage): KnownSource {
  const holders = language === 'fr' ? '© les contributeurs d’OpenStreetMap' : '© OpenStreetMap contributors';
  return { source: 'OpenStreetMap', licence: `ODbL 1.0, ${holders}` };
}

/** A feed of timetables: whoever publishes it sets its licence, which no field of the format tells. */
export function describeFeedSource(
  publisher: string | undefined,
  agency: string | undefined,
  language: SourceLanguage,
): Partial<KnownSource> {
  const source = publisher ?? agency;
  return {
    ...(source === undefined ? {} : { source }),
    licence: language === 'fr' ? 'licence selon le producteur' : 'licence as its publisher states',
  };
}

/** Undefined where the content does not tell. `role`: as the study's key. */
export function findKnownSource(
  role: string,
  path: string,
  language: SourceLanguage,
): KnownSource | undefined {
  if (role === 'roads' || /\.osm(\.pbf|\.gz|\.bz2)?$|\.pbf$/i.test(path)) return openStreetMap(language);
  const rules = RULES[role];
  if (rules === undefined) return undefined;
  const head = readHead(path);
  if (isOverpass(head)) return openStreetMap(language);
  const file: FileTraits = { name: basename(path), names: listNames(head) };
  const found = rules.find(({ matches }) => matches(file));
  if (found === undefined) return undefined;
  const year = found.isDated === true ? /(?:19|20)\d\d/.exec(file.name)?.[0] : undefined;
  const source = found[language] ?? found.fr;
  return { source: year === undefined ? source : `${source} ${year}`, licence: OPEN_LICENCE };
}

interface FileTraits {
  name: string;
  /** Columns, properties or tables, as headings are compared. */
  names: ReadonlySet<string>;
}

interface Rule {
  fr: string;
  en?: string;
  /** The year stands in the file's name. */
  isDated?: boolean;
  matches: (file: FileTraits) => boolean;
}

const has =
  (...names: readonly string[]) =>
  (file: FileTraits): boolean =>
    names.every((name) => file.names.has(name));
const hasAny = (names: readonly string[]) => (file: FileTraits) => names.some((name) => file.names.has(name));

const COG: Rule = {
  fr: 'INSEE, code officiel géographique',
  en: 'INSEE, official geographic code',
  isDated: true,
  matches: (file) =>
    has('com_av', 'com_ap')(file) || has('typecom', 'com', 'can')(file) || has('can', 'burcentral')(file),
};
const REFERENCE_POPULATIONS: Rule = {
  fr: 'INSEE, populations de référence',
  en: 'INSEE, reference populations',
  isDated: true,
  matches: has('pmun'),
};
const STRUCTURE_RULES: readonly Rule[] = [
  {
    fr: 'ANCT, liste des France services',
    en: 'ANCT, list of France services',
    matches: (file) =>
      hasAny(FRANCE_SERVICES_NAMES.id)(file) &&
      hasAny(FRANCE_SERVICES_NAMES.nom)(file) &&
      has('h_lundi')(file),
  },
  {
    fr: 'DILA, annuaire de l’administration',
    en: 'DILA, directory of the administration',
    matches: (file) => has('pivot')(file) && hasAny(['plage_ouverture', 'type_service_local'])(file),
  },
];

const RULES: Readonly<Record<string, readonly Rule[]>> = {
  population: [
    {
      fr: 'INSEE, Filosofi, données carroyées',
      en: 'INSEE, Filosofi, gridded data',
      isDated: true,
      matches: hasAny(FILOSOFI_ID_COLUMNS),
    },
  ],
  calage: [REFERENCE_POPULATIONS],
  communes: [
    {
      fr: 'IGN, Admin Express',
      matches: (file) =>
        has('insee_com', 'nom_com')(file) ||
        has('insee_com', 'insee_dep')(file) ||
        has('code_insee', 'nom_officiel')(file),
    },
    {
      fr: 'Etalab, contours administratifs (d’après IGN et INSEE)',
      en: 'Etalab, administrative boundaries (from IGN and INSEE)',
      matches: has('code', 'nom', 'departement', 'region'),
    },
    {
      // Two properties that any file may have: the name of the file must say it too.
      fr: 'france-geojson, contours des communes (d’après IGN et INSEE)',
      en: 'france-geojson, boundaries of communes (from IGN and INSEE)',
      matches: (file) => has('code', 'nom')(file) && /^communes-(\d\d|2[ABab]|97\d)(-|\.)/.test(file.name),
    },
  ],
  epci: [
    {
      fr: 'INSEE, composition des EPCI',
      en: 'INSEE, members of the EPCI',
      isDated: true,
      matches: has('codgeo', 'epci', 'libepci'),
    },
    { fr: 'DGCL, EPCI à fiscalité propre', isDated: true, matches: has('siren_epci', 'insee_membre') },
  ],
  cantons: [COG],
  cog: [COG],
  structures: STRUCTURE_RULES,
  rivers: [],
};

const HEAD_BYTES = 1 << 18;
/** The stream goes on where the bytes end. */
const UNFINISHED = { finishFlush: constants.Z_SYNC_FLUSH };

/** The file's first bytes as text, unpacked where it is gzipped or in a ZIP. */
function readHead(path: string): string {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const buffer = Buffer.alloc(Math.min(HEAD_BYTES, size));
    readSync(file, buffer, 0, buffer.length, 0);
    if (buffer[0] === 0x1f && buffer[1] === 0x8b) {
      return gunzipSync(buffer, UNFINISHED).toString('utf8', 0, HEAD_BYTES);
    }
    if (buffer.toString('latin1', 0, 4) === 'PK\u0003\u0004') return headOfZip(buffer);
    const isUtf16 = buffer[0] === 0xff && buffer[1] === 0xfe;
    return buffer.toString(isUtf16 ? 'utf16le' : 'utf8');
  } catch {
    return '';
  } finally {
    closeSync(file);
  }
}

/** The beginning of the first entry of a table that is deflated or stored in the part of the archive that was read. */
function headOfZip(bytes: Buffer): string {
  for (let at = 0; at + 30 < bytes.length && bytes.readUInt32LE(at) === 0x04034b50; ) {
    const [method, packed] = [bytes.readUInt16LE(at + 8), bytes.readUInt32LE(at + 18)];
    const nameLength = bytes.readUInt16LE(at + 26);
    const start = at + 30 + nameLength + bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 30, at + 30 + nameLength);
    if (/\.(csv|txt|gpkg|geojson|json)$/i.test(name)) {
      const content = bytes.subarray(start);
      return (method === 0 ? content : inflateRawSync(content, UNFINISHED)).toString('utf8', 0, HEAD_BYTES);
    }
    // An entry whose length follows its content cannot be stepped over.
    if (packed === 0 && method !== 0) return '';
    at = start + packed;
  }
  return '';
}

function isOverpass(head: string): boolean {
  return /^\s*\{/.test(head) && /"osm3s"|"elements"\s*:\s*\[/.test(head.slice(0, 4000));
}

/** Names of the columns of a table, of the properties of JSON, of whatever a GeoPackage declares. */
function listNames(head: string): Set<string> {
  const text = head.replace(/^\ufeff/, '');
  if (/^\s*[{[]/.test(text)) {
    return new Set([...text.matchAll(/"([^"\\]{1,60})"\s*:/g)].map(([, key]) => normaliseHeader(key)));
  }
  if (text.startsWith('SQLite format 3')) {
    return new Set([...text.matchAll(/[A-Za-z_][A-Za-z0-9_]{1,60}/g)].map(([word]) => normaliseHeader(word)));
  }
  // Tables may have lines of title above their headings.
  const lines = text.split(/\r\n|\n|\r/, 6);
  return new Set(
    lines.flatMap((line) => line.split(/[;,\t|]/)).map((cell) => normaliseHeader(cell.replaceAll('"', ''))),
  );
}
