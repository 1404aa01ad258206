/**
 * The communes that rows of structures name -> today's codes. In go codes as lists write them (of communes that
 * have merged, of arrondissements, without their leading zero, postal codes in their place), names and positions;
 * out come the codes of the study's polygons or of the official list, and what had to be decided.
 *
 * What is trusted, in this order: a code and a name that agree; a postal code that serves the commune named; of a
 * code and a name that disagree the one whose commune holds the position, else the code; a postal code by the
 * position, or where it serves one commune; a name alone. A postal code alone that could be INSEE's is one where
 * the position lies in its commune, or where a whole column holds nothing else.
 */
import { buildPolygonIndex } from '../common/polygon-index.ts';
import { CommuneNameIndex, foldCommuneName, isPartOfName, isSameName } from './commune-names.ts';
import type { CommuneSet } from './communes.ts';
import { type Decoupage, departementOf, officialDecoupage } from './decoupage.ts';
import { cleanCode } from './written-codes.ts';

export type CodeChange = 'leading-zero' | 'merged' | 'arrondissement' | 'overseas-collectivity' | 'unknown';

export interface CodeOfToday {
  code: string;
  /** Undefined where the code is today's as it stands. */
  change: CodeChange | undefined;
}

/** What a row says of its commune. */
export interface CommuneClues {
  /** As written; undefined where blank. */
  code?: string | undefined;
  name?: string | undefined;
  /** Undefined where the row has none that can serve. */
  position?: readonly [lon: number, lat: number] | undefined;
}

/** What was found beside the plain code or name, for the notices. */
export type CommuneFinding =
  | { kind: 'changed'; change: CodeChange }
  | { kind: 'postal'; by: 'name' | 'position' | 'only' }
  | { kind: 'postal-ambiguous'; candidates: readonly string[] }
  | { kind: 'disagree'; taken: 'code' | 'name'; by: 'position' | 'order'; other: readonly string[] }
  | { kind: 'by-name-instead' }
  | { kind: 'name-unknown' }
  | { kind: 'name-ambiguous'; candidates: readonly string[] };

export interface CommuneDecision {
  code: string | undefined;
  finding?: CommuneFinding | undefined;
}

/** Forms of codes of the COG: metropolitan, overseas. Others (abroad, a fictional département) are not judged. */
const FRENCH_CODE = /^(0[1-9]|[1-8]\d|9[0-5]|2[AB]|97[1-8]|98[4-9])\d{2,3}$/;
/** What is asked of the communes: who they are, and which commune of today a code stands for. */
export type KnownCommunes = Pick<CommuneSet, 'communes' | 'neighbours' | 'currentCodeOf'>;

/** Collectivities of which the COG holds no commune (`v_commune`): 975, 977, 978, and 984 to 989. */
const OVERSEAS_COLLECTIVITY = /^(97[578]|98[4-9])/;
const ARRONDISSEMENT = /^(751(0[1-9]|1\d|20)|6938[1-9]|132(0[1-9]|1[0-6]))$/;
/** So many different postal codes that are also codes of communes do not stand in one column by chance. */
const FEWEST_OF_POSTAL_COLUMN = 4;
/** Groups in which a name is looked for, the nearest to the territory first. */
const GROUP_COUNT = 4;
/** A name alone is looked for in the territory's départements only: elsewhere another commune may bear it. */
const NEAR_GROUP_COUNT = 2;

export class StructureCommunes {
  private readonly nameOfKnown: ReadonlyMap<string, string>;
  private readonly territory: ReadonlySet<string>;
  private officialList: Decoupage | undefined;
  /** From the nearest to the farthest: the territory, its départements, the polygons read, the country. */
  private readonly nameIndexes: CommuneNameIndex[] = [];
  private departements: ReadonlySet<string> | undefined;
  private locate: ((lon: number, lat: number) => string | undefined) | undefined;

  constructor(private readonly set: KnownCommunes | undefined) {
    const known = [...(set?.communes ?? []), ...(set?.neighbours ?? [])];
    this.nameOfKnown = new Map(known.map(({ code, nom }) => [code, nom]));
    this.territory = new Set((set?.communes ?? []).map(({ code }) => code));
  }

  /** Today's code for one that a list writes. */
  codeOfToday(written: string): CodeOfToday {
    const text = cleanCode(written).toUpperCase();
    if (this.nameOfKnown.has(text)) return { code: text, change: undefined };
    const isShort = /^\d{4}$/.test(text);
    const code = isShort ? `0${text}` : text;
    const change = this.changeOf(code);
    if (!isShort) return change;
    // Four figures that are no code with a zero before them either are kept as they stand.
    return change.change === 'unknown'
      ? { code: text, change: 'unknown' }
      : { ...change, change: 'leading-zero' };
  }

  private changeOf(code: string): CodeOfToday {
    if (this.nameOfKnown.has(code) || !FRENCH_CODE.test(code)) return { code, change: undefined };
    if (OVERSEAS_COLLECTIVITY.test(code)) return { code, change: 'overseas-collectivity' };
    if (this.decoupage().hasCommune(code)) return { code, change: undefined };
    const current = this.set?.currentCodeOf.get(code) ?? this.decoupage().currentCodeOf().get(code);
    if (current === undefined) return { code, change: 'unknown' };
    return { code: current, change: ARRONDISSEMENT.test(code) ? 'arrondissement' : 'merged' };
  }

  /** The commune of a row, by all that it says. @param isPostalColumn asked only where nothing else can tell */
  decide(
    { code: written, name = '', position }: CommuneClues,
    isPostalColumn = () => false,
  ): CommuneDecision {
    if (written === undefined || written.trim() === '') return this.decideByName(name);
    const { code, change } = this.codeOfToday(written);
    const plain: CommuneDecision =
      change === undefined ? { code } : { code, finding: { kind: 'changed', change } };
    const isKnown = change !== 'unknown';
    if (!FRENCH_CODE.test(code) || (isKnown && this.isFar(code))) return plain;
    const standsIn = position === undefined ? undefined : this.findContaining(position);
    if (isKnown && this.isBeyondDoubt(code, name, position, standsIn, isPostalColumn)) return plain;
    const served = this.communesOfPostalCode(written);
    const both = name === '' ? [] : served.filter((each) => this.bearsName(each, name));
    // Without a territory no name is nearer than another, and a code that exists stays.
    const isAsked = name !== '' && !(isKnown && this.territory.size === 0);
    const named = both.length === 0 && isAsked ? this.findNamed(name) : [];
    if (both.length > 0) return { code: this.preferOwn(both), finding: { kind: 'postal', by: 'name' } };
    if (isKnown && named.length > 0) return decideDisagreement(code, named, standsIn);
    if (standsIn !== undefined && standsIn !== code && served.includes(standsIn)) {
      return { code: standsIn, finding: { kind: 'postal', by: 'position' } };
    }
    if (isKnown && (name !== '' || served.length === 0 || position !== undefined || !isPostalColumn())) {
      return !isAsked || change !== undefined ? plain : { code, finding: { kind: 'name-unknown' } };
    }
    if (served.length === 0) {
      return named.length === 1 ? { code: named[0], finding: { kind: 'by-name-instead' } } : plain;
    }
    const own = served.filter((each) => this.territory.has(each));
    const only = own.length > 0 ? own : served;
    return only.length === 1
      ? { code: only[0], finding: { kind: 'postal', by: 'only' } }
      : { code: undefined, finding: { kind: 'postal-ambiguous', candidates: only } };
  }

  /** Nothing in the row contradicts a code that exists. The official list is not asked where that can be told. */
  private isBeyondDoubt(
    code: string,
    name: string,
    position: CommuneClues['position'],
    standsIn: string | undefined,
    isPostalColumn: () => boolean,
  ): boolean {
    if (name !== '') return this.bearsName(code, name);
    if (position !== undefined) return standsIn === undefined || standsIn === code;
    return !isPostalColumn();
  }

  /** Lists hold the whole country: what is neither in the territory's départements nor beside it is not judged. */
  private isFar(code: string): boolean {
    return this.territory.size > 0 && !this.nameOfKnown.has(code) && !this.isNear(code);
  }

  private isNear(code: string, departement = departementOf(code)): boolean {
    this.departements ??= new Set(
      (this.set?.communes ?? []).map((commune) => commune.departement ?? departementOf(commune.code)),
    );
    return this.departements.has(departement);
  }

  private decideByName(name: string): CommuneDecision {
    if (name.trim() === '') return { code: undefined };
    const named = this.findNamed(name, this.territory.size > 0 ? NEAR_GROUP_COUNT : GROUP_COUNT);
    if (named.length === 1) return { code: named[0] };
    return named.length === 0
      ? { code: undefined, finding: { kind: 'name-unknown' } }
      : { code: undefined, finding: { kind: 'name-ambiguous', candidates: named } };
  }

  /** The one commune that bears a name, the nearest to the territory first; undefined where none or several do. */
  findByName(name: string): string | undefined {
    return this.decideByName(name).code;
  }

  /**
   * True where the codes of a list are all postal codes, some of them no codes of communes or too many for chance.
   */
  isPostalColumn(codes: Iterable<string>): boolean {
    const different = [...new Set([...codes].map(cleanCode).filter((code) => code !== ''))];
    if (different.length === 0 || !different.every((code) => /^\d{4,5}$/.test(code))) return false;
    const isUnknown = different.some((code) => this.codeOfToday(code).change === 'unknown');
    if (!isUnknown && different.length < FEWEST_OF_POSTAL_COLUMN) return false;
    return different.every((code) => this.communesOfPostalCode(code).length > 0);
  }

  /** `71100 Chalon-sur-Saône`; the code alone where nobody knows it. */
  describe(code: string): string {
    const nom = this.nameOfKnown.get(code) ?? this.decoupage().findCommune(code)?.nom;
    return nom === undefined ? code : `${code} ${nom}`;
  }

  private communesOfPostalCode(written: string): readonly string[] {
    const text = cleanCode(written);
    if (!/^\d{4,5}$/.test(text)) return [];
    return this.decoupage().communesOfPostalCode(text.padStart(5, '0'));
  }

  private preferOwn(codes: readonly string[]): string {
    return codes.find((code) => this.territory.has(code)) ?? codes[0]!;
  }

  /** True where the commune, or a former one that is part of it, bears the name. */
  private bearsName(code: string, name: string): boolean {
    const nom = this.nameOfKnown.get(code) ?? this.decoupage().findCommune(code)?.nom;
    if (nom !== undefined && isSameName(nom, name)) return true;
    if (nom !== undefined && isPartOfName(name, nom)) return true;
    return this.decoupage()
      .names()
      .some(([each, of]) => of === code && isSameName(each, name));
  }

  /** The communes that bear a name: those of the nearest group that has any. */
  private findNamed(name: string, groupCount = GROUP_COUNT): readonly string[] {
    const folded = foldCommuneName(name);
    const last = folded.departement === undefined ? groupCount : GROUP_COUNT;
    for (let group = 0; group < last; group++) {
      const codes = this.indexOf(group)
        .find(folded)
        .filter((code) => folded.departement === undefined || departementOf(code) === folded.departement);
      if (codes.length > 0) return codes;
    }
    return [];
  }

  /** The names of the territory (0), of its départements (1), of the polygons read (2), of the country (3). */
  private indexOf(group: number): CommuneNameIndex {
    const known = this.nameIndexes[group];
    if (known !== undefined) return known;
    const index = new CommuneNameIndex();
    const { communes = [], neighbours = [] } = this.set ?? {};
    const isOf = (code: string, departement?: string) =>
      group === 0
        ? this.territory.has(code)
        : group === 3 || (!this.territory.has(code) && this.isNear(code, departement));
    if (group === 0) for (const { code, nom } of communes) index.add(nom, code);
    for (const { code, nom, departement } of group === 0 ? [] : neighbours) {
      if (group === 2 || isOf(code, departement)) index.add(nom, code);
    }
    for (const [nom, code] of group === 2 || !this.mayBeFrench() ? [] : this.decoupage().names()) {
      if (isOf(code)) index.add(nom, code);
    }
    this.nameIndexes[group] = index;
    return index;
  }

  /** False for a fictional or foreign territory, whose names are its own. */
  private mayBeFrench(): boolean {
    return this.territory.size === 0 || [...this.territory].some((code) => FRENCH_CODE.test(code));
  }

  private findContaining([lon, lat]: readonly [number, number]): string | undefined {
    if (this.locate === undefined) {
      const drawn = [...(this.set?.communes ?? []), ...(this.set?.neighbours ?? [])].filter(
        ({ geometry }) => geometry !== undefined,
      );
      const index = buildPolygonIndex(drawn.map(({ geometry }) => geometry));
      this.locate = (x, y) => drawn[index.locate(x, y)]?.code;
    }
    return this.locate(lon, lat);
  }

  private decoupage(): Decoupage {
    this.officialList ??= officialDecoupage();
    return this.officialList;
  }
}

function decideDisagreement(
  code: string,
  named: readonly string[],
  standsIn: string | undefined,
): CommuneDecision {
  if (standsIn !== undefined && standsIn !== code && named.includes(standsIn)) {
    return { code: standsIn, finding: { kind: 'disagree', taken: 'name', by: 'position', other: [code] } };
  }
  const by = standsIn === code ? 'position' : 'order';
  return { code, finding: { kind: 'disagree', taken: 'code', by, other: named } };
}
