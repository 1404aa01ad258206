/**
 * Columns of official files beside those that are read, by their normalised names: France services, INSEE's grid,
 * populations and codes. That they are not used is no news.
 */

const FRANCE_SERVICES: ReadonlySet<string> = new Set([
  'insee_dep',
  'departement',
  'complement_adresse',
  'complement_d_adresse',
  'code_postal',
  'groupe_fs',
  'groupe',
  'x_groupe',
  'goupe_antennes',
  'goupe_france_services_responsable',
  'labellisation_fs',
  'labellisation',
  'categorie',
  'type_fs',
  'format_fs',
  'itinerance',
  'prise_rdv',
  'commentaire',
  'commentaire_horaires',
  'mail',
  'contact_mail',
  'telephone',
]);

export function isFranceServicesColumn(key: string): boolean {
  return FRANCE_SERVICES.has(key) || /^h_\w+di$|^h_dimanche$/.test(key);
}

/** Every vintage of the grid of 200 m and 1 km. */
export function isFilosofiColumn(key: string): boolean {
  return (
    /^(ind|men|log)(_|$)/.test(key) ||
    /^(i_est|i_pauv|id_?car|id_?inspire|idk|idcar|lcog|depcom|groupe|nb_?car)/.test(key) ||
    /^(geom|geometry|fid|the_geom)$/.test(key)
  );
}

const COMMUNE_TABLE: ReadonlySet<string> = new Set([
  'reg',
  'region',
  'codreg',
  'dep',
  'departement',
  'coddep',
  'arr',
  'codarr',
  'can',
  'codcan',
  'codcom',
  'com',
  'commune',
  'pcap',
  'ptot',
  'pmun',
  'libgeo',
  'nature_epci',
  'nature_juridique',
  // v_commune, v_canton
  'typecom',
  'ctcd',
  'tncc',
  'ncc',
  'nccenr',
  'libelle',
  'comparent',
  'compct',
  'burcentral',
  'typect',
  'typecan',
]);

/** Populations de référence, the composition of EPCI, `v_commune`, `v_canton`. */
export function isCommuneTableColumn(key: string): boolean {
  return COMMUNE_TABLE.has(key);
}

/** `v_mvtcommune`. */
export function isMovementColumn(key: string): boolean {
  return /^(tncc|ncc|nccenr|libelle)_(av|ap)$/.test(key);
}
