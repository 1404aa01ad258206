/**
 * The communes that rows of structures name -> today's codes. In go codes as lists write them (of communes that
 * have merged, of arrondissements, without their leading zero) and names; out come the codes of the study's
 * polygons or of the official list, each change with its notice.
 */

import type { CommuneSet } from './communes.ts';
import { normaliseHeader } from './csv-dialect.ts';
import { Decoupage, departementOf } from './decoupage.ts';

export type CodeChange = 'leading-zero' | 'merged' | 'arrondissement' | 'overseas-collectivity' | 'unknown';

export interface CodeOfToday {
  code: string;
  /** Undefined where the code is today's as it stands. */
  change: CodeChange | undefined;
}

/** Forms of codes of the COG: metropolitan, overseas. Others (abroad, a fictional département) are not judged. */
const FRENCH_CODE = /^(0[1-9]|[1-8]\d|9[0-5]|2[AB]|97[1-8]|98[4-9])\d{2,3}$/;
/** What is asked of the communes: who they are, and which commune of today a code stands for. */
export type KnownCommunes = Pick<CommuneSet, 'communes' | 'neighbours' | 'currentCodeOf'>;

/** Collectivities of which the COG holds no commune (`v_commune`): 975, 977, 978, and 984 to 989. */
const OVERSEAS_COLLECTIVITY = /^(97[578]|98[4-9])/;
const ARRONDISSEMENT = /^(751(0[1-9]|1\d|20)|6938[1-9]|132(0[1-9]|1[0-6]))$/;

export class StructureCommunes {
  private readonly known: ReadonlySet<string>;
  private decoupage: Decoupage | undefined;
  private codesOfName: Map<string, string[]> | undefined;

  constructor(private readonly set: KnownCommunes | undefined) {
    this.known = new Set([...(set?.communes ?? []), ...(set?.neighbours ?? [])].map(({ code }) => code));
  }

  /** Today's code for one that a list writes. */
  codeOfToday(written: string): CodeOfToday {
    const text = written.trim().toUpperCase();
    if (this.known.has(text)) return { code: text, change: undefined };
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
    if (this.known.has(code) || !FRENCH_CODE.test(code)) return { code, change: undefined };
    if (OVERSEAS_COLLECTIVITY.test(code)) return { code, change: 'overseas-collectivity' };
    this.decoupage ??= new Decoupage();
    if (this.decoupage.findCommune(code) !== undefined) return { code, change: undefined };
    const current = this.set?.currentCodeOf.get(code) ?? this.decoupage.currentCodeOf().get(code);
    if (current === undefined) return { code, change: 'unknown' };
    return { code: current, change: ARRONDISSEMENT.test(code) ? 'arrondissement' : 'merged' };
  }

  /**
   * The commune of the study's départements that bears a name; undefined where none does, or several do. Case,
   * accents, hyphens, `St` for `Saint` and the article at the end (`Creusot (Le)`) make no difference.
   */
  findByName(name: string): string | undefined {
    this.codesOfName ??= this.indexNames();
    const codes = this.codesOfName.get(foldCommuneName(name));
    return codes?.length === 1 ? codes[0] : undefined;
  }

  private indexNames(): Map<string, string[]> {
    const { communes = [], neighbours = [] } = this.set ?? {};
    const departements = new Set(communes.map(({ code, departement }) => departement ?? departementOf(code)));
    const codesOfName = new Map<string, string[]>();
    for (const { code, nom, departement } of [...communes, ...neighbours]) {
      if (!departements.has(departement ?? departementOf(code))) continue;
      const name = foldCommuneName(nom);
      const codes = codesOfName.get(name);
      if (codes === undefined) codesOfName.set(name, [code]);
      else codes.push(code);
    }
    return codesOfName;
  }
}

/** `Creusot (Le)`, `LE CREUSOT` -> `le creusot`; `St-Vallier`, `Saint Vallier` -> `saint vallier`. */
export function foldCommuneName(name: string): string {
  const article = /^(.*?)\s*\((le|la|les|l')\)\s*$/i.exec(name);
  const inOrder = article === null ? name : `${article[2]} ${article[1]}`;
  return normaliseHeader(inOrder)
    .replace(/_cedex(_.*)?$/, '')
    .split('_')
    .map((word) => (word === 'st' ? 'saint' : word === 'ste' ? 'sainte' : word))
    .join(' ');
}
