/**
 * Opening hours as they are written in French -> words that the parser knows. In goes the text of a list; out come
 * tokens in order, or undefined as soon as one word is not known: what is read in part is not read at all.
 * Articles and words that change nothing (`ouvert`, `horaires`, `permanence`) leave no token.
 */
import { fold } from './french-hours-folding.ts';

/** Days 0 (Monday) to 6; minutes since midnight; months 1 to 12. */
export type Token =
  | { kind: 'time'; minutes: number }
  | { kind: 'number'; value: number }
  /** 1 to 5, or -1 for the last. */
  | { kind: 'ordinal'; value: number }
  | { kind: 'day'; days: readonly number[] }
  | { kind: 'holidays' }
  | { kind: 'school-holidays' }
  | { kind: 'school-term' }
  | { kind: 'month'; month: number }
  | { kind: 'date'; day: number; month: number; year: number | undefined }
  /** A feast whose date changes, in OSM's syntax. */
  | { kind: 'feast'; selector: string }
  | { kind: 'year'; year: number }
  | { kind: 'weeks'; isEven: boolean }
  | { kind: 'closed'; isForGood: boolean }
  | { kind: 'appointment'; isWith: boolean; isWithout: boolean }
  | { kind: 'part-of-day'; isAfternoon: boolean }
  | { kind: 'all-day' | 'of-month' | 'rest' | 'except' | 'between' | 'to' | 'since' | 'pause' }
  | { kind: 'dash' | 'and' | 'comma' | 'slash' | 'colon' | 'break' };

const DAYS: ReadonlyArray<readonly [RegExp, readonly number[]]> = [
  [/(?:jours )?ouvrables|jours ouvrable/y, [0, 1, 2, 3, 4, 5]],
  [/(?:jours )?ouvres|en semaine|weekdays/y, [0, 1, 2, 3, 4]],
  [/week-? ?ends?/y, [5, 6]],
  [/tous les jours(?! ouvr| feries)|tlj|chaque jour|quotidiennement|every day|daily/y, [0, 1, 2, 3, 4, 5, 6]],
  [/lmmjv(?![a-z])/y, [0, 1, 2, 3, 4]],
  [/lmjv(?![a-z])/y, [0, 1, 3, 4]],
  [/lundis?|lun|lu|mondays?|mon|mo|l/y, [0]],
  [/mardis?|mar|ma|tuesdays?|tues?|tu/y, [1]],
  [/mercredis?|mercr?|mer|me|wednesdays?|wed|we/y, [2]],
  [/jeudis?|jeu|je|thursdays?|thurs?|thu|th|j/y, [3]],
  [/vendredis?|vendr|vend|ven|ve|fridays?|fri|fr|v/y, [4]],
  [/samedis?|sam|saturdays?|sat|sa|s/y, [5]],
  [/dimanches?|dim|sundays?|sun|su|di|d/y, [6]],
];

const MONTHS: readonly RegExp[] = [
  /janvier|janv|january|jan/y,
  /fevrier|fevr|fev|february|feb/y,
  /mars|march/y,
  /avril|avr|april|apr/y,
  /mai|may/y,
  /juin|june|jun/y,
  /juillet|juill|juil|july|jul/y,
  /aout|august|aug/y,
  /septembre|september|sept|sep/y,
  /octobre|october|oct/y,
  /novembre|november|nov/y,
  /decembre|december|dec/y,
];

const ORDINALS: ReadonlyArray<readonly [RegExp, number]> = [
  [/avant-dernier[es]*/y, -2],
  [/derni(?:er|ere)s?|last/y, -1],
  [/premi(?:er|ere)s?|first/y, 1],
  [/deuxiemes?|second(?:e|es|s)?/y, 2],
  [/troisiemes?|third/y, 3],
  [/quatriemes?|fourth/y, 4],
  [/cinquiemes?|fifth/y, 5],
];

/** Public holidays that notices name one by one; Easter and Pentecost alone may be the Sunday or the Monday. */
const FEASTS: ReadonlyArray<readonly [names: string, date: Token]> = [
  ['(?:jour de le an|nouvel an|premier de le an)', { kind: 'date', day: 1, month: 1, year: undefined }],
  ['fete du travail', { kind: 'date', day: 1, month: 5, year: undefined }],
  ['fete nationale', { kind: 'date', day: 14, month: 7, year: undefined }],
  ['assomption', { kind: 'date', day: 15, month: 8, year: undefined }],
  ['toussaint', { kind: 'date', day: 1, month: 11, year: undefined }],
  ['noel', { kind: 'date', day: 25, month: 12, year: undefined }],
  ['lundi de paques', { kind: 'feast', selector: 'easter +1 day' }],
  ['(?:jeudi de )?(?:le )?ascension', { kind: 'feast', selector: 'easter +39 days' }],
  ['lundi de (?:la )?pentecote', { kind: 'feast', selector: 'easter +50 days' }],
];
/** `fermé à Noël`, where `à` is not the end of a range. */
const AT_FEAST = '(?:(?<=(?:ferme[es]*|sauf|excepte|hormis|et|,) )au? (?:la |le )?)?';

const RDV = '(?:rdv|r\\. ?d\\. ?v\\.?|rendez[- ]?vous|appointment)';
const ONLY = '(?:uniquement|seulement|exclusivement|only)';

/** What leaves no token: articles, and words that say neither when nor how. */
const SILENT: readonly RegExp[] = [
  /(?:tous |toutes )?(?:les|des|the)/y,
  /(?:mois|journees?|periode|jours?) (?:du|de|des)/y,
  /(?:le|la|du|de|en|ce|cette|un|une|chaque|pendant|durant|dans|pour|on|from|by)/y,
  /heures? (?:de )?ouvertures?|jours? (?:de )?ouverture|horaires?|heures? de|hours|opening/y,
  /(?:ouvert(?:e|s|es)?|ouvertures?)(?: (?:au|a tout) public)?|open|inclus/y,
  /accueil(?: physique)?(?: (?:du|au|de|tout) public)?|(?:au|du|tout) public|permanences?/y,
  /(?:en )?(?:journee )?(?:continue?|non[- ]stop)|sans interruption|toute le annee|toute la journee|a le annee/y,
  new RegExp(ONLY, 'y'),
];

type Maker = (match: RegExpExecArray) => Token | undefined;

/** In the order in which they are tried. A word ends where no letter follows. */
const WORDS: ReadonlyArray<readonly [RegExp, Maker]> = [
  [/(?:les )?jours? (?:feries?|de fete)(?: et chomes)?|feries?|holidays/y, () => ({ kind: 'holidays' })],
  [
    /(?:en )?(?:periodes?|temps) scolaires?|hors (?:les )?(?:vacances|conges)(?: scolaires)?/y,
    () => ({ kind: 'school-term' }),
  ],
  ...FEASTS.map(([names, date]): [RegExp, Maker] => [
    new RegExp(`${AT_FEAST}(?:la |le )?${names}`, 'y'),
    () => date,
  ]),
  [
    /(?:vacances(?: scolaires)?|conges scolaires)(?! (?:de (?:la |le )?)?(?:noel|toussaint|ascension))/y,
    () => ({ kind: 'school-holidays' }),
  ],
  [
    /semaines? (paires?|impaires?)/y,
    ([, parity]) => ({ kind: 'weeks', isEven: parity!.startsWith('paire') }),
  ],
  [/(?:de chaque|du|de le|par|chaque|tous les|des|de) mois(?! (?:de|du) )/y, () => ({ kind: 'of-month' })],
  [/(?:le )?reste (?:de le annee|du temps)|(?:les )?autres (?:mois|periodes)/y, () => ({ kind: 'rest' })],
  [
    new RegExp(`avec (?:ou|et|et\\/ou) sans ${RDV}|sans (?:ou|et|et\\/ou) (?:avec|sur) ${RDV}`, 'y'),
    () => ({ kind: 'appointment', isWith: true, isWithout: true }),
  ],
  [
    new RegExp(`(?:et |ou |et\\/ou )?sans ${RDV}`, 'y'),
    () => ({ kind: 'appointment', isWith: false, isWithout: true }),
  ],
  [
    new RegExp(
      `(?:(?:et|ou|et\\/ou) )?(?:${ONLY} )?(?:(?:sur|avec|par|sous|by) )?(?:(?:une )?prise de |un )?${RDV}(?: (?:${ONLY}|prealables?|obligatoires?|possibles?))?`,
      'y',
    ),
    () => ({ kind: 'appointment', isWith: true, isWithout: false }),
  ],
  // `fermé de 12h à 14h`: of a day, where `fermé le lundi` is a day.
  [
    /(?:avec )?(?:une )?(?:(?:pause|interruption|coupure|ferme(?:e|s|es)?|fermetures?)(?: (?:meridienne|dejeuner|(?:du|de|le) midi|du dejeuner|repas))?(?: au public)?|(?:sauf|hors|excepte|hormis)(?= ?(?:de|entre) ))(?= ?:? ?(?:de |entre )?(?:\d{1,2} ?(?:h|:)|midi (?:a|et) ))/y,
    () => ({ kind: 'pause' }),
  ],
  // `fermeture annuelle en août`
  [
    /(?:fermetures? (?:annuelle|estivale|hivernale|exceptionnelle)s?|ferme(?:e|s|es)? (?:annuellement|exceptionnellement)|conges(?: annuels| de (?:ete|hiver))?)(?= ?: ?[a-z\d]| (?:le|les|du|de|en|a|au) )/y,
    () => ({ kind: 'closed', isForGood: false }),
  ],
  [
    /(?:actuellement )?(?:ferme(?:e|s|es)?|fermetures?|closed|off)(?: au public)?((?: (?:definitive|temporaire|provisoire)(?:ment)?| pour travaux| actuellement| jusque a nouvel ordre)*)/y,
    ([, forGood]) => ({ kind: 'closed', isForGood: forGood !== '' }),
  ],
  [/apres[- ]?midis?|aprem/y, () => ({ kind: 'part-of-day', isAfternoon: true })],
  [/matin(?:s|ees?)?/y, () => ({ kind: 'part-of-day', isAfternoon: false })],
  [/(?:a le )?exception (?:de|du|des)|sauf|hors|excepte|hormis|except/y, () => ({ kind: 'except' })],
  [/midi/y, () => ({ kind: 'time', minutes: 720 })],
  [/minuit/y, () => ({ kind: 'time', minutes: 1440 })],
  [/(?:a (?:partir|compter) (?:de|du)|depuis(?: le)?|des le)/y, () => ({ kind: 'since' })],
  [/entre|between/y, () => ({ kind: 'between' })],
  [/jusque (?:a|au)|a|au|aux|to|until/y, () => ({ kind: 'to' })],
  [/et|puis|ainsi que|and/y, () => ({ kind: 'and' })],
];

/** What needs no end of a word after it: figures and signs. */
const FIGURES: ReadonlyArray<readonly [RegExp, Maker]> = [
  [
    /24 ?(?:h|heures)? ?(?:\/|sur) ?24(?: ?(?:h|heures))?(?![\da-z])|24\/7(?!\d)/y,
    () => ({ kind: 'all-day' }),
  ],
  [
    /7 ?(?:j(?:ours?)?)? ?(?:\/|sur) ?7(?: ?j(?:ours?)?)?(?![\da-z])/y,
    () => ({ kind: 'day', days: [0, 1, 2, 3, 4, 5, 6] }),
  ],
  [
    /(\d{1,2}) ?(?:h|heures?)(?: ?(\d{2})(?!\d)(?! ?(?:h|:)))?(?: ?mi?n)?(?![a-z])/y,
    ([, hours, minutes]) => timeOf(hours!, minutes),
  ],
  [/(\d{1,2}) ?: ?(\d{2})(?!\d)/y, ([, hours, minutes]) => timeOf(hours!, minutes)],
  [/(\d{1,2})\.(00|15|30|45)(?![\d.])/y, ([, hours, minutes]) => timeOf(hours!, minutes)],
  [
    /(\d{2})\/(\d{2})(?:\/((?:20)\d{2}))?(?![\d/]| ?h)/y,
    ([, day, month, year]) =>
      dateOf(Number(day), Number(month), year === undefined ? undefined : Number(year)),
  ],
  [
    /([1-5]) ?(?:ers?|eres?|e|es|emes?|iemes?|nde?s?|st|rd|th)(?![a-z])/y,
    ([, value]) => ({ kind: 'ordinal', value: Number(value) }),
  ],
  // `0900-1200`
  [/(\d{2})(\d{2})(?= ?- ?\d{4}(?!\d))/y, ([, hours, minutes]) => fourFigureTime(hours!, minutes!)],
  [/(?<=\d{4} ?- ?)(\d{2})(\d{2})(?!\d)/y, ([, hours, minutes]) => fourFigureTime(hours!, minutes!)],
  [/(20\d\d)(?!\d| ?h)/y, ([, year]) => ({ kind: 'year', year: Number(year) })],
  [/(\d{1,2})(?![\d])/y, ([, value]) => ({ kind: 'number', value: Number(value) })],
  [/[;\n|]|\.(?= |$)/y, () => ({ kind: 'break' })],
  [/-+|>/y, () => ({ kind: 'dash' })],
  [/&|\+/y, () => ({ kind: 'and' })],
  [/,|[()]/y, () => ({ kind: 'comma' })],
  [/\//y, () => ({ kind: 'slash' })],
  [/:/y, () => ({ kind: 'colon' })],
];

/** Tokens of a text; undefined where a word of it is not known. */
export function readTokens(text: string): Token[] | undefined {
  const plain = fold(text);
  const tokens: Token[] = [];
  let at = 0;
  while (at < plain.length) {
    if (plain[at] === ' ' || plain[at] === '\t' || plain[at] === '"') {
      at++;
      continue;
    }
    const found = readOne(plain, at);
    if (found === undefined) return undefined;
    if (found.token !== undefined) tokens.push(found.token);
    at = found.end;
  }
  return tokens;
}

function readOne(plain: string, at: number): { token: Token | undefined; end: number } | undefined {
  for (const [pattern, make] of FIGURES) {
    const match = matchAt(pattern, plain, at);
    if (match === undefined) continue;
    const token = make(match);
    if (token !== undefined) return { token, end: at + match[0].length };
  }
  for (const [pattern, make] of WORDS) {
    const match = matchWord(pattern, plain, at);
    if (match !== undefined) return { token: make(match), end: at + match[0].length };
  }
  return readCalendarWord(plain, at) ?? readSilent(plain, at);
}

/** Days, ordinals and months, whose abbreviations may end in a point. */
function readCalendarWord(plain: string, at: number): { token: Token; end: number } | undefined {
  const endOf = (match: RegExpExecArray): number => {
    const end = at + match[0].length;
    return plain[end] === '.' && match[0].length < 6 ? end + 1 : end;
  };
  for (const [pattern, days] of DAYS) {
    const match = matchWord(pattern, plain, at);
    if (match !== undefined) return { token: { kind: 'day', days }, end: endOf(match) };
  }
  for (const [pattern, value] of ORDINALS) {
    const match = matchWord(pattern, plain, at);
    if (match !== undefined) return { token: { kind: 'ordinal', value }, end: at + match[0].length };
  }
  for (const [month, pattern] of MONTHS.entries()) {
    const match = matchWord(pattern, plain, at);
    if (match !== undefined) return { token: { kind: 'month', month: month + 1 }, end: endOf(match) };
  }
  return undefined;
}

function readSilent(plain: string, at: number): { token: undefined; end: number } | undefined {
  for (const pattern of SILENT) {
    const match = matchWord(pattern, plain, at);
    if (match !== undefined) return { token: undefined, end: at + match[0].length };
  }
  return undefined;
}

function matchAt(pattern: RegExp, plain: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  const match = pattern.exec(plain);
  return match === null || match[0] === '' ? undefined : match;
}

/** A match that ends with its word; regular expressions try shorter alternatives by themselves. */
function matchWord(pattern: RegExp, plain: string, at: number): RegExpExecArray | undefined {
  const whole = wholeWords.get(pattern) ?? new RegExp(`(?:${pattern.source})(?![a-z0-9])`, 'y');
  wholeWords.set(pattern, whole);
  return matchAt(whole, plain, at);
}

const wholeWords = new Map<RegExp, RegExp>();

function timeOf(hours: string, minutes = '0'): Token | undefined {
  const time = Number(hours) * 60 + Number(minutes);
  return Number(minutes) > 59 || time > 1440 ? undefined : { kind: 'time', minutes: time };
}

/** Not such as `2025-2026`, which are years. */
function fourFigureTime(hours: string, minutes: string): Token | undefined {
  return Number(hours) === 20 && minutes !== '00' && minutes !== '30' ? undefined : timeOf(hours, minutes);
}

function dateOf(day: number, month: number, year: number | undefined): Token | undefined {
  return day < 1 || day > 31 || month < 1 || month > 12 ? undefined : { kind: 'date', day, month, year };
}
