/** A structure's type in words, from the table of types; a type that it lacks names itself. */
import { findStructureType } from '../read/structure-types.ts';
import type { Language } from './text-keys.ts';

export function wordStructureType(type: string, language: Language): string {
  return findStructureType(type)?.[language] ?? type;
}
