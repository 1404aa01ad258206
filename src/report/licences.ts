/**
 * The licence of the outputs. Travel times come from OpenStreetMap's roads, so everything computed or drawn from
 * them carries the ODbL; each input's own licence stands beside its name in the manifest.
 */
import type { Language } from './texts.ts';

export function describeLicence(language: Language): string {
  return language === 'fr'
    ? 'ODbL 1.0, d’après les données © les contributeurs d’OpenStreetMap ; autres sources : voir manifest.json'
    : 'ODbL 1.0, derived from data © OpenStreetMap contributors; other sources: see manifest.json';
}
