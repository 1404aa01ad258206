import { describe, expect, it } from 'vitest';
import { findNearestType, readStructureType } from '../../src/read/structure-types.ts';

describe('a list’s spelling of a type', () => {
  it.each([
    // Case, accents, plural, hyphens, articles
    ['MDS', 'maisons-des-solidarites'],
    ['Maison des solidarités', 'maisons-des-solidarites'],
    ['MAISON DEPARTEMENTALE DES SOLIDARITES', 'maisons-des-solidarites'],
    ['Maison Départementale de la Solidarité', 'maisons-des-solidarites'],
    ['maisons_des_solidarites', 'maisons-des-solidarites'],
    ['Centre médico-social', 'maisons-des-solidarites'],
    ['C.C.A.S.', 'ccas-cias'],
    ['CIAS', 'ccas-cias'],
    ['France service', 'france-service'],
    ['Point conseil budget', 'points-conseil-budget'],
    ['Points Conseil Budget', 'points-conseil-budget'],
    ['Restos du Cœur', 'restos-du-coeur'],
    ['CD 71', 'departements'],
    // With a name, a place or a second spelling
    ['CCAS de Cluny', 'ccas-cias'],
    ['CIAS du Grand Autunois', 'ccas-cias'],
    ['Antenne CCAS', 'ccas-cias'],
    ['Centre communal d’action sociale (CCAS)', 'ccas-cias'],
    ['Maison France Services', 'france-service'],
    ['Bus France services', 'france-service'],
    ['MSAP / France Services', 'france-service'],
    ['Département de Saône-et-Loire', 'departements'],
    ['Association Emmaüs', 'association'],
    ['Mairie de Cluny', 'mairie'],
    ['CCAS / France services', 'ccas-cias'],
    // A letter wrong
    ['Centre comunal d’action sociale', 'ccas-cias'],
    ['Maison des solidaritées', 'maisons-des-solidarites'],
    ['Frnace services', 'france-service'],
    // What may mean several types, another, or none
    ['Mairie / CCAS', undefined],
    ['Ancien CCAS', undefined],
    ['Maison des associations', undefined],
    ['Maison de santé', undefined],
    ['Bureau', undefined],
    ['Relais social', undefined],
    ['CAD', undefined],
    ['', undefined],
  ])('%j is %s', (spelling, key) => {
    expect(readStructureType(spelling)?.key).toBe(key);
  });

  it.each([
    ['maison dé solidarietés', 'maisons-des-solidarites'],
    ['Zoo', undefined],
    ['', undefined],
  ])('%j is nearest to %s', (spelling, key) => {
    expect(findNearestType(spelling)?.key).toBe(key);
  });
});
