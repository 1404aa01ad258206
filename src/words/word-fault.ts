/** The words of a fault of the catalogue. */
import type { Language } from '../common/language.ts';
import type { FaultCode, Faults, FaultWording } from '../defects/faults.ts';
import { FAULT_WORDS as ENGLISH } from './en/faults.ts';
import { FAULT_WORDS as FRENCH } from './fr/faults.ts';

const WORDS = { fr: FRENCH, en: ENGLISH };

export function wordFaultIn<Code extends FaultCode>(
  language: Language,
  code: Code,
  parameters: Faults[Code],
): FaultWording {
  const words = WORDS[language][code] as FaultWording | ((given: Faults[Code]) => FaultWording);
  return typeof words === 'function' ? words(parameters) : words;
}
