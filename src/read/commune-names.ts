/**
 * Names of communes as lists write them -> one form in which spellings of one name meet: without case, accents,
 * hyphens and apostrophes, `St` for `Saint`, `s/` for `sur`, `lès` and `lez` for `les`, the article before or after
 * the name or left out, arrondissements, CEDEX, and what stands in brackets behind.
 */

export interface FoldedName {
  /** With its article in front: `le creusot`. */
  full: string;
  /** Without it: `creusot`. */
  bare: string;
  /** Département in brackets behind the name, by its number. */
  departement: string | undefined;
}

const ARTICLE = /^(?:le|la|les|l)$/;
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  st: 'saint',
  ste: 'sainte',
  sts: 'saints',
  stes: 'saintes',
  mt: 'mont',
  nd: 'notre dame',
  lez: 'les',
};
const ARRONDISSEMENT =
  /\b(paris|lyon|marseille) (?:0?\d{1,2}|\d{5})(?: ?(?:er|e|eme|ieme))?(?: arr(?:ondissement)?)? *$/;

export function foldCommuneName(name: string): FoldedName {
  const departement = /\((\d{2,3}|2[ABab])\)\s*$/.exec(name)?.[1]?.toUpperCase();
  const article = /^(.*?)[\s,]*(?:\(\s*(le|la|les|l['’]?)\s*\)|,\s*(le|la|les|l['’]))\s*$/i.exec(name);
  const inOrder = article === null ? name : `${article[2] ?? article[3]} ${article[1]}`;
  const words = inOrder
    .replace(/\([^)]*\)/g, ' ')
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/\bs(?:s|ous)?\s*\/\s*s(?:\/|\s)/g, ' sous ')
    .replace(/\bs\s*\//g, ' sur ')
    .replace(/(?<=\p{L})\s*\/\s*(?=\p{L})/gu, ' sur ')
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/\bcedex\b.*$/, '')
    .replace(ARRONDISSEMENT, '$1')
    .replace(/^ *(?:commune|ville) de /, '')
    .trim()
    .split(' ')
    .flatMap((word) => (ABBREVIATIONS[word] ?? word).split(' '));
  const isWithArticle = words.length > 1 && ARTICLE.test(words[0]!);
  return { full: words.join(' '), bare: (isWithArticle ? words.slice(1) : words).join(' '), departement };
}

/** True where two spellings can be of one name. */
export function isSameName(a: string, b: string): boolean {
  return foldCommuneName(a).bare === foldCommuneName(b).bare;
}

/** True where one text holds the other as its first words: `Chalon-sur-Saône centre`, `Montceau`. */
export function isPartOfName(a: string, b: string): boolean {
  const [x, y] = [`${foldCommuneName(a).bare} `, `${foldCommuneName(b).bare} `];
  return x.startsWith(y) || (y.startsWith(x) && x.length > 5);
}

/** Names -> codes, for the communes of one list. */
export class CommuneNameIndex {
  private readonly codesOfFull = new Map<string, string[]>();
  private readonly codesOfBare = new Map<string, string[]>();
  /** Without blanks: `CAPDAIL`. */
  private readonly codesOfJoined = new Map<string, string[]>();

  add(nom: string, code: string): void {
    const { full, bare } = foldCommuneName(nom);
    put(this.codesOfFull, full, code);
    put(this.codesOfBare, bare, code);
    put(this.codesOfJoined, bare.replaceAll(' ', ''), code);
  }

  /** Codes of the communes that bear the name, each once: those that write it so, else those that nearly do. */
  find({ full, bare }: FoldedName): readonly string[] {
    return (
      this.codesOfFull.get(full) ??
      this.codesOfBare.get(bare) ??
      this.codesOfJoined.get(bare.replaceAll(' ', '')) ??
      []
    );
  }
}

function put(codesOf: Map<string, string[]>, key: string, code: string): void {
  const codes = codesOf.get(key);
  if (codes === undefined) codesOf.set(key, [code]);
  else if (!codes.includes(code)) codes.push(code);
}
