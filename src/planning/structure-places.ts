/**
 * In which commune of a territory each structure stands. In go all structures read and the territory's communes;
 * out come those within it, each with its commune, and how many lie outside. The code that a list gives comes
 * first, since positions are often geocoded to the street; where it is missing or names no commune of the
 * territory, the position decides, if there are polygons. The stops of an itinerant structure are places where
 * it goes, not structures: its own row stands for them.
 */
import type { Commune, Structure } from '../read/records.ts';

/** What the follow-up needs to know of a commune. */
export type PlacedCommune = Pick<Commune, 'code' | 'nom' | 'population' | 'epci' | 'territoire'>;

export interface Territory {
  /** The communes followed; empty: no communes are known, and every structure counts. */
  communes: readonly PlacedCommune[];
  /** Former code, or arrondissement -> today's commune. */
  currentCodeOf: ReadonlyMap<string, string>;
  /** Position in `communes` of the polygon that holds a point, or below 0; undefined without polygons. */
  findContaining?: ((lon: number, lat: number) => number) | undefined;
}

export interface PlacedStructure {
  structure: Structure;
  /** Undefined where no commune is known, or where neither code nor position tells. */
  commune: PlacedCommune | undefined;
}

export interface StructurePlaces {
  /** In the order given, without stops. */
  inside: PlacedStructure[];
  /** In no commune of the territory. */
  outsideCount: number;
  /** Of those inside, how many neither code nor position puts in a commune. */
  unplacedCount: number;
}

export function placeInCommunes(structures: readonly Structure[], territory: Territory): StructurePlaces {
  const communeOfCode = new Map(territory.communes.map((commune) => [commune.code, commune]));
  const places: StructurePlaces = { inside: [], outsideCount: 0, unplacedCount: 0 };
  for (const structure of structures) {
    if (structure.stop !== undefined) continue;
    const commune = findCommune(structure, territory, communeOfCode);
    if (commune === 'outside') {
      places.outsideCount++;
      continue;
    }
    if (commune === undefined && territory.communes.length > 0) places.unplacedCount++;
    places.inside.push({ structure, commune });
  }
  return places;
}

function findCommune(
  { codeInsee, lon, lat }: Structure,
  { communes, currentCodeOf, findContaining }: Territory,
  communeOfCode: ReadonlyMap<string, PlacedCommune>,
): PlacedCommune | 'outside' | undefined {
  if (communes.length === 0) return undefined;
  const code = codeInsee === undefined ? undefined : toCurrent(codeInsee, currentCodeOf);
  const byCode = code === undefined ? undefined : communeOfCode.get(code);
  if (byCode !== undefined) return byCode;
  if (findContaining === undefined) return code === undefined ? undefined : 'outside';
  return communes[findContaining(lon, lat)] ?? 'outside';
}

/** Restores a leading zero that a spreadsheet ate, then follows changes of code. */
function toCurrent(code: string, currentCodeOf: ReadonlyMap<string, string>): string {
  const padded = /^\d{4}$/.test(code) ? `0${code}` : code.toUpperCase();
  return currentCodeOf.get(padded) ?? padded;
}
