/** The types that a study names, in its selection and in its mapping of own words, by the table of types. */
import { UsageError } from '../common/errors.ts';
import {
  findNearestType,
  findStructureType,
  listStructureTypes,
  normaliseOwnWord,
  readStructureType,
  type StructureType,
  type TypeMapping,
} from '../read/structure-types.ts';
import type { Study } from '../study/study.ts';
import { placeOf } from './study-faults.ts';

/**
 * The study with the table's keys in the place of labels and other spellings, read as lists' are. Throws a
 * UsageError for what is no type.
 */
export function withKnownTypes(study: Study): Study {
  const typeMapping: Record<string, string> = {};
  for (const [word, type] of Object.entries(study.typeMapping)) {
    typeMapping[word] = requireType(study, 'type_mapping', type, readStructureType(type)).key;
  }
  const mapping = buildTypeMapping({ typeMapping });
  const types = study.selection.types.map(
    (type) =>
      requireType(
        study,
        'structures_selection',
        type,
        mapping.get(normaliseOwnWord(type)) ?? readStructureType(type),
      ).key,
  );
  return { ...study, typeMapping, selection: { ...study.selection, types: [...new Set(types)] } };
}

/** Own words of the lists -> types, of a study whose types are known. */
export function buildTypeMapping({ typeMapping }: Pick<Study, 'typeMapping'>): TypeMapping {
  const mapping = new Map<string, StructureType>();
  for (const [word, key] of Object.entries(typeMapping)) {
    const type = findStructureType(key);
    if (type !== undefined) mapping.set(normaliseOwnWord(word), type);
  }
  return mapping;
}

function requireType(
  study: Study,
  key: 'type_mapping' | 'structures_selection',
  value: string,
  type: StructureType | undefined,
): StructureType {
  if (type !== undefined) return type;
  const nearest = findNearestType(value);
  const name = key === 'type_mapping' ? key : `${key}.types`;
  const didYouMean = nearest === undefined ? '' : `: did you mean ${nearest.key}?`;
  throw new UsageError(`${name} names a type of structure that is not known${didYouMean}`, {
    ...placeOf(study, [key]),
    value,
    remedy: `Allowed are ${listStructureTypes()
      .map(({ key: each }) => each)
      .join(', ')}, their names in words, and own words that type_mapping maps to one of them.`,
  });
}
