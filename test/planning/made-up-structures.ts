/** Structures and communes made for the tests of the follow-up: what a test does not say is a plain value. */
import type { PlacedCommune } from '../../src/planning/structure-places.ts';
import type { Structure } from '../../src/read/records.ts';

let made = 0;

export function makeStructure(says: Partial<Structure> = {}): Structure {
  made++;
  return {
    id: `S${made}`,
    nom: `Structure ${made}`,
    type: 'ccas-cias',
    cercle: 1,
    cercleStated: true,
    lon: 4.3,
    lat: 46.8,
    adresse: undefined,
    codeInsee: undefined,
    engagee: true,
    engageeStated: true,
    dateEngagement: undefined,
    format: 'fixe',
    horaires: undefined,
    file: 'structures.csv',
    row: made + 1,
    ...says,
  };
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
