/**
 * Which symbol stands for which structures, on every map and in its legend: a form for each group of types and for
 * buses and itinerant stops, filled within the border and hollow beyond. Both legends list what this lists, from the
 * structures that the map draws, so that no symbol stands without its line and no line without its symbol.
 */
import type { Language, StructureGroup } from './text-keys.ts';
import { TEXTS } from './texts.ts';

/** In the order of the legends. */
export const STRUCTURE_GROUPS: readonly StructureGroup[] = [
  'france-services',
  'departement',
  'ccas',
  'mairie',
  'itinerant',
  'other',
];

/** A bus is a bus, whoever sends it. */
export function findStructureGroup({ type, format }: { type: string; format: string }): StructureGroup {
  if (format === 'bus' || format === 'itinerant') return 'itinerant';
  if (type === 'france-service' || type === 'msap' || type === 'france-services') return 'france-services';
  if (type === 'departements' || type === 'maisons-des-solidarites') return 'departement';
  if (type === 'mairie') return 'mairie';
  return type === 'ccas-cias' ? 'ccas' : 'other';
}

export interface DrawnSymbol {
  group: StructureGroup;
  isBeyondBorder: boolean;
  /** The structure's type in words; empty where its list says none. */
  type: string;
}

export interface SymbolLine {
  group: StructureGroup;
  isHollow: boolean;
  text: string;
}

/** More types in one line are no longer read. */
const MOST_TYPES_NAMED = 2;

/** The lines of the legend: those within the border first. */
export function listSymbolLines(structures: readonly DrawnSymbol[], language: Language): SymbolLine[] {
  const { structureTypes, map } = TEXTS[language];
  return [false, true].flatMap((isHollow) =>
    STRUCTURE_GROUPS.flatMap((group) => {
      const own = structures.filter((each) => each.group === group && each.isBeyondBorder === isHollow);
      if (own.length === 0) return [];
      const types = [...new Set(own.map(({ type }) => type))];
      const named = group === 'itinerant' || types.includes('') ? [] : types;
      const most = group === 'other' ? MOST_TYPES_NAMED : 1;
      const label = named.length > 0 && named.length <= most ? named.join(', ') : structureTypes[group];
      return [{ group, isHollow, text: isHollow ? `${label}, ${map.beyond}` : label }];
    }),
  );
}
