/**
 * The official communes and EPCI of the npm package `@etalab/decoupage-administratif`, looked up without parsing
 * its 12 MB: the files hold one record a line, so the text is searched and only the lines asked for are parsed
 * (parsing all takes 80 ms, this 15). Nothing is read before the first question.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

export interface OfficialCommune {
  code: string;
  nom: string;
  departement: string;
  /** Municipal population; undefined for the few uninhabited lands that have none. */
  population: number | undefined;
}

export interface OfficialEpci {
  code: string;
  nom: string;
  communeCodes: string[];
}

/** Day of the communes of the package: its version 6 holds the official geographic code of 1 January 2026. */
export const PACKAGE_DATE = '2026-01-01';

const requireFile = createRequire(import.meta.url);
const PACKAGE = '@etalab/decoupage-administratif';
/** The file of the package that states its version. */
export const PACKAGE_MANIFEST = pathToFileURL(requireFile.resolve(`${PACKAGE}/package.json`));

export function packageVersion(): string {
  return (JSON.parse(readFileSync(PACKAGE_MANIFEST, 'utf8')) as { version: string }).version;
}

const PACKAGE_LICENCE = 'Licence Ouverte 2.0';

/** What the package holds, by its README: Paris has the 2 103 778 people of 2023, in force since January 2026. */
export const PACKAGE_SOURCES = {
  fr: {
    terms: { licence: PACKAGE_LICENCE, date: PACKAGE_DATE },
    communes: 'INSEE, code officiel géographique 2026 (par Etalab)',
    epcis: 'DGCL, EPCI à fiscalité propre 2026 (par Etalab)',
    populations: (places: readonly string[]) =>
      `INSEE, populations de référence 2023 (par Etalab)${places.length === 0 ? '' : `, réparties : ${places.join(', ')}`}`,
  },
  en: {
    terms: { licence: PACKAGE_LICENCE, date: PACKAGE_DATE },
    communes: 'INSEE, official geographic code 2026 (through Etalab)',
    epcis: 'DGCL, EPCI 2026 (through Etalab)',
    populations: (places: readonly string[]) =>
      `INSEE, reference populations 2023 (through Etalab)${places.length === 0 ? '' : `, spread over: ${places.join(', ')}`}`,
  },
} as const;

const CURRENT = '"type":"commune-actuelle"';
const ARRONDISSEMENT = '"type":"arrondissement-municipal"';
const OLD_CODES = '"anciensCodes":[';
/** Of delegated and associated communes: the commune that they belong to. */
const SEAT = '"chefLieu":"';
const LINE_START = '{"code":"';

/** Postal codes that are searched for one by one, 4 ms each, before all records are parsed. */
const MOST_SEARCHES = 20;

let shared: Decoupage | undefined;

/** The one reader of a process: the package does not change under it, and holds 12 MB once read. */
export function officialDecoupage(): Decoupage {
  shared ??= new Decoupage();
  return shared;
}

export class Decoupage {
  private communeLines: JsonLines | undefined;
  private readonly startOfCommune = new Map<string, number>();
  /** Those asked for: a national file asks for each of its communes several times. */
  private readonly communeOfCode = new Map<string, OfficialCommune>();
  private currentCodes: Map<string, string> | undefined;
  private directoryRead: Directory | undefined;
  private readonly searchedPostalCodes = new Map<string, readonly string[]>();

  /** The commune that bears this code today. */
  findCommune(code: string): OfficialCommune | undefined {
    const lines = this.lines();
    const start = this.startOfCommune.get(code);
    if (start === undefined) return undefined;
    const known = this.communeOfCode.get(code);
    if (known !== undefined) return known;
    const { nom, departement, population } = lines.parse(start) as OfficialCommune;
    const commune = { code, nom, departement, population };
    this.communeOfCode.set(code, commune);
    return commune;
  }

  /** True where a commune bears this code today; its record is not parsed. */
  hasCommune(code: string): boolean {
    this.lines();
    return this.startOfCommune.has(code);
  }

  /**
   * Codes of today's communes of a département, or of a collectivity in its place, ascending; none for an unknown
   * one.
   */
  communeCodesOf(departement: string): string[] {
    this.lines();
    const codesIn = (departements: readonly string[]) =>
      [...this.startOfCommune.keys()].filter((code) => departements.includes(departementOf(code))).sort();
    if (departement !== LYON_METROPOLIS && departement !== RHONE) {
      return codesIn(DEPARTEMENTS_OF_COLLECTIVITY.get(departement) ?? [departement]);
    }
    const codes = codesIn([RHONE_AND_LYON]);
    const metropolis = new Set(
      this.findEpcis(codes).find(({ code }) => code === LYON_METROPOLIS_EPCI)?.communeCodes,
    );
    return codes.filter((code) => metropolis.has(code) === (departement === LYON_METROPOLIS));
  }

  /** Old code, or code of an arrondissement of Paris, Lyon, Marseille -> today's commune. */
  currentCodeOf(): ReadonlyMap<string, string> {
    if (this.currentCodes !== undefined) return this.currentCodes;
    const lines = this.lines();
    const currentCodes = new Map<string, string>();
    for (const start of lines.linesWith(OLD_CODES)) {
      const record = lines.parse(start) as { code: string; type: string; anciensCodes: string[] };
      if (record.type !== 'commune-actuelle') continue;
      for (const old of record.anciensCodes) {
        if (!this.startOfCommune.has(old)) currentCodes.set(old, record.code);
      }
    }
    // The seat is today's; former codes stay with a commune even where their land has left it since.
    for (const start of lines.linesWith(SEAT)) {
      const record = lines.parse(start) as { code: string; chefLieu: string };
      if (this.startOfCommune.has(record.code) || !this.startOfCommune.has(record.chefLieu)) continue;
      currentCodes.set(record.code, record.chefLieu);
    }
    for (const start of lines.linesWith(ARRONDISSEMENT)) {
      const record = lines.parse(start) as { code: string; commune: string };
      currentCodes.set(record.code, record.commune);
    }
    this.currentCodes = currentCodes;
    return currentCodes;
  }

  /** Today's communes that a postal code serves, ascending; none where it is no postal code. */
  communesOfPostalCode(postalCode: string): readonly string[] {
    const known = this.searchedPostalCodes.get(postalCode);
    if (known !== undefined) return known;
    if (this.directoryRead !== undefined || this.searchedPostalCodes.size >= MOST_SEARCHES)
      return this.directory().codesOfPostalCode.get(postalCode) ?? [];
    const lines = this.text();
    const records = lines.linesWith(`"${postalCode}"`).map((start) => lines.parse(start) as DirectoryRecord);
    const codes = readDirectory(records).codesOfPostalCode.get(postalCode) ?? [];
    this.searchedPostalCodes.set(postalCode, codes);
    return codes;
  }

  /** Names of all communes of today, and of the delegated and associated ones that are parts of them. */
  names(): ReadonlyArray<readonly [nom: string, code: string]> {
    return this.directory().names;
  }

  private directory(): Directory {
    this.directoryRead ??= readDirectory(this.text().parseAll() as DirectoryRecord[]);
    return this.directoryRead;
  }

  /** The EPCI that hold any of these communes. */
  findEpcis(communeCodes: Iterable<string>): OfficialEpci[] {
    const wanted = new Set(communeCodes);
    const departements = new Set([...wanted].map(departementOf));
    const lines = JsonLines.read('epci');
    const starts = new Set<number>();
    for (const departement of departements) {
      for (const start of lines.linesWith(`${LINE_START}${departement}`)) starts.add(start);
    }
    const epcis: OfficialEpci[] = [];
    for (const start of [...starts].sort((a, b) => a - b)) {
      const record = lines.parse(start) as { code: string; nom: string; membres: Array<{ code: string }> };
      const codes = record.membres.map((membre) => membre.code);
      if (codes.some((code) => wanted.has(code))) {
        epcis.push({ code: record.code, nom: record.nom, communeCodes: codes });
      }
    }
    return epcis;
  }

  /** The records of communes, with `startOfCommune`. */
  private lines(): JsonLines {
    const lines = this.text();
    if (this.startOfCommune.size > 0) return lines;
    for (const start of lines.linesWith(CURRENT)) this.startOfCommune.set(lines.codeAt(start), start);
    return lines;
  }

  /** The same, for what asks for no commune by its code. */
  private text(): JsonLines {
    this.communeLines ??= JsonLines.read('communes');
    return this.communeLines;
  }
}

/** What can be asked only of all records: parsing them takes 200 ms, so it waits for what cannot be searched for. */
interface Directory {
  codesOfPostalCode: Map<string, string[]>;
  names: Array<readonly [nom: string, code: string]>;
}

interface DirectoryRecord {
  code: string;
  nom: string;
  type: string;
  commune?: string;
  chefLieu?: string;
  codesPostaux?: string[];
}

function readDirectory(records: readonly DirectoryRecord[]): Directory {
  const codesOfPostalCode = new Map<string, string[]>();
  const names: Directory['names'] = [];
  for (const { code, nom, type, commune, chefLieu, codesPostaux = [] } of records) {
    const current = type === 'commune-actuelle' ? code : (commune ?? chefLieu);
    if (current === undefined) continue;
    names.push([nom, current]);
    for (const postalCode of codesPostaux) {
      const codes = codesOfPostalCode.get(postalCode) ?? [];
      if (!codes.includes(current)) codesOfPostalCode.set(postalCode, [...codes, current].sort());
    }
  }
  return { codesOfPostalCode, names };
}

/**
 * Collectivities that are in charge in place of départements, under INSEE's codes (`CTCD`): Alsace, Corse, and the
 * two that share the département 69.
 */
const DEPARTEMENTS_OF_COLLECTIVITY: ReadonlyMap<string, readonly string[]> = new Map([
  ['6AE', ['67', '68']],
  ['20R', ['2A', '2B']],
]);
const RHONE_AND_LYON = '69';
const RHONE = '69D';
const LYON_METROPOLIS = '69M';
/** The metropolis is an EPCI as well: its members are the territory. */
const LYON_METROPOLIS_EPCI = '200046977';

/** Codes that `communeCodesOf` knows beside those of the départements. */
export const COLLECTIVITIES: ReadonlyMap<string, string> = new Map([
  ['6AE', 'Collectivité européenne d’Alsace'],
  ['20R', 'Collectivité de Corse'],
  [RHONE, 'Rhône'],
  [LYON_METROPOLIS, 'Métropole de Lyon'],
]);

/** Name of a département; undefined for an unknown code. */
export function findDepartementName(departement: string): string | undefined {
  const collectivity = COLLECTIVITIES.get(departement);
  if (collectivity !== undefined) return collectivity;
  const lines = JsonLines.read('departements');
  const start = lines.linesWith(`${LINE_START}${departement}"`)[0];
  return start === undefined ? undefined : (lines.parse(start) as { nom: string }).nom;
}

/** `71270` -> `71`, `2A004` -> `2A`, `97105` -> `971`. */
export function departementOf(communeCode: string): string {
  return communeCode.slice(0, /^9[78]/.test(communeCode) ? 3 : 2);
}

/** A JSON array with one record a line. */
class JsonLines {
  private constructor(
    private readonly bytes: Buffer,
    /** One character a byte: its positions are byte offsets, and searching it is fast. */
    private readonly text: string,
  ) {}

  static read(name: 'communes' | 'epci' | 'departements'): JsonLines {
    let bytes = readFileSync(requireFile.resolve(`${PACKAGE}/data/${name}.json`));
    if (!bytes.toString('latin1', 0, 32).startsWith(`[\n${LINE_START}`)) {
      const records = JSON.parse(bytes.toString('utf8')) as unknown[];
      bytes = Buffer.from(`[\n${records.map((record) => JSON.stringify(record)).join(',\n')}\n]`);
    }
    return new JsonLines(bytes, bytes.toString('latin1'));
  }

  /** Byte offsets of the lines that hold `needle`, ascending. */
  linesWith(needle: string): number[] {
    const { text } = this;
    const starts: number[] = [];
    let at = text.indexOf(needle);
    while (at >= 0) {
      starts.push(text.lastIndexOf('\n', at) + 1);
      const lineEnd = text.indexOf('\n', at);
      at = lineEnd < 0 ? -1 : text.indexOf(needle, lineEnd);
    }
    return starts;
  }

  /** The code of the record on the line at `start`. */
  codeAt(start: number): string {
    const from = start + LINE_START.length;
    return this.text.slice(from, this.text.indexOf('"', from));
  }

  parseAll(): unknown[] {
    return JSON.parse(this.bytes.toString('utf8')) as unknown[];
  }

  parse(start: number): unknown {
    const lineEnd = this.text.indexOf('\n', start);
    const line = this.bytes.toString('utf8', start, lineEnd < 0 ? this.bytes.length : lineEnd);
    return JSON.parse(line.replace(/,\s*$/, '')) as unknown;
  }
}
