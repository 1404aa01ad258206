/**
 * What the library of the command line says of one that it cannot read, in French: it has no words of its own for
 * another language. Its sentences are those of commander 14; one that is not here is told as it is.
 */

const SENTENCES: ReadonlyArray<readonly [RegExp, string]> = [
  [/^unknown option '(.+)'$/, 'option inconnue : « $1 »'],
  [/^unknown command '(.+)'$/, 'commande inconnue : « $1 »'],
  [/^missing required argument '(.+)'$/, 'il manque l’argument « $1 »'],
  [/^option '(.+)' argument missing$/, 'il manque une valeur à l’option « $1 »'],
  [/^required option '(.+)' not specified$/, 'il manque l’option « $1 »'],
  [/^option '(.+)' cannot be used with option '(.+)'$/, 'l’option « $1 » ne va pas avec l’option « $2 »'],
  [
    /^option '([^']+)' argument '(.*)' is invalid\. Allowed choices are (.+)\.$/s,
    'la valeur « $2 » de l’option « $1 » n’est pas permise. Choix permis : $3.',
  ],
  [
    /^option '([^']+)' argument '(.*)' is invalid\. ?(.*)$/s,
    'la valeur « $2 » de l’option « $1 » n’est pas permise. $3',
  ],
  [
    /^command-argument value '(.*)' is invalid for argument '(.+)'\. ?(.*)$/s,
    'la valeur « $1 » de l’argument « $2 » n’est pas permise. $3',
  ],
  [
    /^too many arguments for '(.+)'\. Expected (\d+) arguments? but got (\d+)(?:: .*)?\.$/,
    'trop d’arguments pour « $1 » : $2 attendu(s), $3 donné(s).',
  ],
  [
    /^too many arguments\. Expected (\d+) arguments? but got (\d+)(?:: .*)?\.$/,
    'trop d’arguments : $1 attendu(s), $2 donné(s).',
  ],
  [/^\(Did you mean one of (.+)\?\)$/, '(Vouliez-vous dire l’un de : $1 ?)'],
  [/^\(Did you mean (.+)\?\)$/, '(Vouliez-vous dire $1 ?)'],
];

/** @param text `error: unknown option '--foo'`, and perhaps a line of what was meant */
export function wordCommandFault(text: string): string {
  return text
    .split(/\n(?=\(Did you mean )/)
    .map((part) => {
      const [, start = '', sentence = '', end = ''] = /^(error: )?(.*?)(\n*)$/s.exec(part) ?? [];
      return `${start === '' ? '' : 'erreur : '}${wordSentence(sentence)}${end}`;
    })
    .join('\n');
}

function wordSentence(sentence: string): string {
  const found = SENTENCES.find(([pattern]) => pattern.test(sentence));
  return found === undefined ? sentence : sentence.replace(...found);
}
