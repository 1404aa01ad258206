/**
 * Opening hours as they are written -> plain lower-case text for the tokens: accents, dashes and blanks of word
 * processors, telephone numbers, and days written together or by their initials.
 */

/** The number to call for an appointment says nothing of the hours. */
const PHONE_NUMBER =
  /(?:\bau |\btel(?:ephone)?\.? ?:? ?)?(?<!\d)(?:0|\+33 ?(?:\(0\))?)\d(?:[ .-]?\d\d){4}(?!\d)/g;

/** Without case and accents; dashes, blanks and apostrophes of word processors made plain. */
export function fold(text: string): string {
  return (
    text
      .normalize('NFD')
      .replace(/\p{Diacritic}/gu, '')
      .toLowerCase()
      .replace(/[\u2010-\u2015\u2212\u2192\u2794\u2799\u279c\u27a1]/g, '-')
      .replace(/[\p{Zs}\t]/gu, ' ')
      .replace(/[\u2018\u2019\u02bc`´]/g, "'")
      .replace(/º|°/g, 'e')
      .replace(/œ/g, 'oe')
      .replace(/\r\n?/g, '\n')
      .replace(PHONE_NUMBER, ' ')
      .replace(/\b(l|d|jusqu|qu)' ?/g, '$1e ')
      .replace(/\bl[ ,/-]*m[ ,/-]*m[ ,/-]*j[ ,/-]*v(?![a-z])/g, 'lmmjv')
      // The days of school before Wednesdays: timetables and notices write them so.
      .replace(/\bl[ ,/-]*m[ ,/-]*j[ ,/-]*v(?![a-z])/g, 'lmjv')
      .replace(INITIALS, writeOutInitials)
      // `LuMaJe`
      .replace(/\b(?!samedi)(?:lu|ma|me|je|ve|sa|di){2,7}(?![a-z])/g, (days) =>
        days.replace(/..(?=.)/g, '$& '),
      )
      // `9h00à12h00`, `au mois d'août`
      .replace(/(\d|h) ?a ?(?=\d)/g, '$1 a ')
      .replace(/\bau mois (?=de )/g, 'en ')
      .replace(/\bsem\.? ?(?=(?:im)?paires?\b)/g, 'semaines ')
      // `9 h. à 12 h.`, `9hrs`
      .replace(/(\d) ?hrs?\b/g, '$1h')
      .replace(/(\d ?h)\.(?= ?(?:[-,/]|a |et ))/g, '$1')
      .replace(/ +/g, ' ')
      .trim()
  );
}

/** `LMaMeJV`: three days or more, of which two letters or the ones beside tell Tuesday from Wednesday. */
const INITIALS = /(?<![a-z])(?!lmm?jv(?![a-z]))(?:ma|me|[lmjvsd]){3,7}(?![a-z])/g;
const DAY_OF_INITIAL = ['l', 'ma', 'me', 'j', 'v', 's', 'd'];

function writeOutInitials(text: string): string {
  const initials = text.match(/ma|me|[lmjvsd]/g) ?? [];
  const isOfSchool = initials.slice(0, 4).join('') === 'lmjv';
  const days = initials.map((initial, at) => {
    if (initial !== 'm') return initial;
    if (isOfSchool) return 'ma';
    if (initials[at + 1] === 'm' || initials[at + 1] === 'me') return 'ma';
    return initials[at - 1] === 'm' || initials[at - 1] === 'ma' ? 'me' : 'm';
  });
  const order = days.map((day) => DAY_OF_INITIAL.indexOf(day));
  return order.every((day, at) => day > (order[at - 1] ?? -1)) ? days.join(' ') : text;
}
