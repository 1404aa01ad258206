/** A structure for tests: an engaged CCAS that says nothing of itself beyond what a test gives. */
import type { Structure } from '../../src/read/records.ts';

export function drawnStructure(changes: Partial<Structure> = {}): Structure {
  return {
    id: 'a',
    nom: 'CCAS',
    type: 'ccas-cias',
    cercle: 1,
    cercleStated: true,
    lon: 4.5,
    lat: 46.6,
    adresse: undefined,
    codeInsee: undefined,
    engagee: true,
    engageeStated: true,
    dateEngagement: undefined,
    format: 'fixe',
    horaires: undefined,
    file: 'structures.csv',
    row: 2,
    ...changes,
  };
}
