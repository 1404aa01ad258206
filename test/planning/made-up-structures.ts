/** Structures and communes made for the tests of the follow-up: what a test does not say is a plain value. */
import type { PlacedCommune } from '../../src/planning/structure-places.ts';
import type { Structure } from '../../src/read/records.ts';
import { drawnStructure } from '../read/drawn-structure.ts';

let made = 0;

export function makeStructure(says: Partial<Structure> = {}): Structure {
  made++;
  return drawnStructure({
    id: `S${made}`,
    nom: `Structure ${made}`,
    lon: 4.3,
    lat: 46.8,
    row: made + 1,
    ...says,
  });
}

export function makeCommune(code: string, says: Partial<PlacedCommune> = {}): PlacedCommune {
  return {
    code,
    nom: `Commune ${code}`,
    population: 1000,
    epci: undefined,
    territoire: undefined,
    ...says,
  };
}
