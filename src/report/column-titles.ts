/**
 * Headings of the workbook's columns, from the names that they have in the CSV files: so a column that is added to
 * a table needs no second list. `temps_median_min` reads "Temps médian (min)".
 */
import type { Language } from './text-keys.ts';

/** Word of a column name -> as it is written. */
const SPELLINGS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  fr: {
    insee: 'INSEE',
    epci: 'EPCI',
    id: 'identifiant',
    etat: 'état',
    median: 'médian',
    mediane: 'médiane',
    raccordee: 'raccordée',
    declare: 'déclaré',
    declaree: 'déclarée',
    engagee: 'engagée',
    reseau: 'réseau',
    laissee: 'laissée',
    cote: 'côté',
    ecart: 'écart',
    disponibilite: 'disponibilité',
    engagees: 'engagées',
    signee: 'signée',
    itinerantes: 'itinérantes',
    precisee: 'précisée',
    precise: 'précisé',
    mesuree: 'mesurée',
    auditees: 'auditées',
    libelle: 'libellé',
    unite: 'unité',
    annee: 'année',
    realise: 'réalisé',
    gravite: 'gravité',
    lon: 'longitude',
    lat: 'latitude',
  },
  en: { insee: 'INSEE', epci: 'EPCI', id: 'identifier', lon: 'longitude', lat: 'latitude' },
};

/** Names that read badly word by word. */
const TITLES: Readonly<Record<string, string>> = {
  nom_epci: 'Nom de l’EPCI',
  taux_couverture: 'Taux de couverture',
  taux_couverture_median: 'Taux de couverture médian',
  structure_proche: 'Structure la plus proche',
  nom_structure_proche: 'Nom de la structure la plus proche',
  temps_structure_proche_min: 'Temps jusqu’à elle (min)',
  distance_structure_proche_m: 'Distance jusqu’à elle (m)',
  ecart_taux: 'Écart de taux',
  ecart_voiture_min: 'Écart à la voiture (min)',
  distance_reseau_m: 'Distance au réseau (m)',
  date_engagement: 'Date d’engagement',
};

export function titleColumn(name: string, language: Language): string {
  const known = TITLES[name];
  if (known !== undefined) return known;
  const band = /^population_(?:(\d+(?:\.\d+)?)_(\d+(?:\.\d+)?)|(?:plus|over)_(\d+(?:\.\d+)?))_min$/.exec(
    name,
  );
  if (band !== null) {
    const over = language === 'fr' ? 'plus de' : 'over';
    return `Population ${band[3] === undefined ? `${band[1]}–${band[2]}` : `${over} ${band[3]}`} min`;
  }
  const unit = /_(min|m)$/.exec(name);
  const words = (unit === null ? name : name.slice(0, unit.index))
    .split('_')
    .map((word) => SPELLINGS[language][word] ?? word)
    .join(' ');
  const title = words.charAt(0).toUpperCase() + words.slice(1);
  return unit === null ? title : `${title} (${unit[1]})`;
}
