/** The structures of unknown type in words, and the people with and without them; the same wherever it is told. */
import { formatNumber, formatPeople, formatRate } from './numbers.ts';
import type { Language } from './text-keys.ts';
import { wordMode } from './texts.ts';
import type { UnknownTypesReport } from './variants-report.ts';

/** Types named in the sentence; the others are counted. */
const NAMED_TYPES = 5;

/** One sentence about the structures, then one a mode. */
export function writeUnknownTypes(
  { structureCount, types, modes }: UnknownTypesReport,
  language: Language,
): string[] {
  const named = types
    .slice(0, NAMED_TYPES)
    .map(([type, count]) => `${wordType(type, language)} (${formatNumber(count, language)})`)
    .join(', ');
  const more = types.length > NAMED_TYPES ? ', …' : '';
  const isOne = structureCount === 1;
  const count = formatNumber(structureCount, language);
  const sentence =
    language === 'fr'
      ? `${count} ${isOne ? 'structure de type inconnu ne compte pas' : 'structures de type inconnu ne comptent pas'}\u00a0: ${named}${more}. La clé type_mapping de l’étude dit de quel type ${isOne ? 'elle est' : 'elles sont'}.`
      : `${count} ${isOne ? 'structure of unknown type does not count' : 'structures of unknown type do not count'}: ${named}${more}. The study’s key type_mapping says which type ${isOne ? 'it has' : 'they have'}.`;
  return [sentence, ...modes.map((mode) => writeMode(mode, isOne, language))];
}

function writeMode(
  { mode, rate, rateWith, populationCovered, populationCoveredWith }: UnknownTypesReport['modes'][number],
  isOne: boolean,
  language: Language,
): string {
  const { title } = wordMode(mode, language);
  const without = formatPeople(populationCovered, language);
  const joined = formatPeople(populationCoveredWith, language);
  const [low, high] = [formatRate(rate, language), formatRate(rateWith, language)];
  return language === 'fr'
    ? `${title}\u00a0: ${without} personnes couvertes sans ${isOne ? 'elle' : 'elles'} (${low}), ${joined} avec (${high}).`
    : `${title}: ${without} people covered without ${isOne ? 'it' : 'them'} (${low}), ${joined} with (${high}).`;
}

function wordType(type: string, language: Language): string {
  if (type !== '') return language === 'fr' ? `« ${type} »` : `“${type}”`;
  return language === 'fr' ? 'sans type' : 'no type';
}
