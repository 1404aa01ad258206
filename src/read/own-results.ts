/**
 * The tables that this tool writes, told from lists that people keep: planners export a sheet, correct it, and give
 * it back. What it computed is no input; what it was given is read under the names that it wrote.
 */
import type { CsvHeader } from './csv.ts';

/** Columns of results alone: one of them beside `mode` makes a table of ours. */
const MARKS = [
  'taux_couverture',
  'coverage_rate',
  'population_dans_seuil',
  'population_within',
  'situation',
  'ecart',
  'gap',
] as const;

/** What is computed, by the names in the CSVs and by the titles in the workbook, in both languages. */
const RESULT_COLUMNS: ReadonlySet<string> = new Set([
  'mode',
  ...MARKS,
  // communes, territories
  'code',
  'nom',
  'name',
  'epci',
  'nom_epci',
  'epci_name',
  'canton',
  'nom_canton',
  'canton_name',
  'territoire',
  'territory',
  'niveau',
  'level',
  'etat',
  'state',
  'limite',
  'borderline',
  'taux_couverture_median',
  'coverage_rate_median',
  'temps_moyen_min',
  'mean_time_min',
  'temps_median_min',
  'median_time_min',
  'part_atteinte',
  'share_reached',
  'disponibilite_moyenne',
  'mean_availability',
  'ecart_voiture_min',
  'ecart_a_voiture_min',
  'over_car_min',
  'structure_proche',
  'structure_plus_proche',
  'nearest_structure',
  'nom_structure_proche',
  'nom_structure_plus_proche',
  'nearest_structure_name',
  'temps_structure_proche_min',
  'temps_jusqu_a_elle_min',
  'nearest_structure_min',
  'distance_structure_proche_m',
  'distance_jusqu_a_elle_m',
  'nearest_structure_m',
  'poche',
  'pocket',
  'motif',
  'reason',
  // structures
  'engagee_ce_jour',
  'engaged_on_day',
  'distance_reseau_m',
  'distance_au_reseau_m',
  'network_distance_m',
  'fichier',
  'file',
  'ligne',
  'row',
  // targets
  'source',
]);

export function isOwnResult(header: CsvHeader): boolean {
  return header.has('mode') && header.has(...MARKS);
}

export function isOwnResultColumn(key: string): boolean {
  return RESULT_COLUMNS.has(key) || /^population(_|$)/.test(key);
}
