/** The study file of the example, as a planner would write it. */
export const STUDY = `# Étude d'exemple : le Val-d'Exemple (00), un département FICTIF.
# Tout est inventé (routes, communes, habitants, structures) ; les formats sont ceux des données publiques.
# Les chemins sont relatifs à ce fichier.

name: Val-d'Exemple 2026 (fictif)

# Le jour étudié : un mardi ordinaire.
date: 2026-10-06

# L'indicateur : habitants à moins de 30 minutes (opérateur strict « < »).
threshold_minutes: 30

# Les modes : chaque chiffre est donné par mode.
modes: [car, walk, bike]

# Routes : extrait OpenStreetMap (.osm.pbf).
roads: [val-d-exemple.osm.pbf]

# Population : carreaux de 200 m au format Filosofi 2021 (INSEE).
population: [carreaux_200m_val-d-exemple.csv]

# Communes : polygones GeoJSON (code, nom, population).
communes: [communes-00.geojson]

# Intercommunalités (commune;epci;nom) et territoires d'action sociale (commune;territoire).
epci: [epci.csv]
territories: [territoires.csv]

# Points d'accueil : la liste France services, et celle que tient le département
# (maisons des solidarités, CCAS, CIAS, bus itinérant, structures pas encore engagées).
structures: [france-services.csv, structures.csv]

# Dossier des résultats.
out: ../../resultats/exemple
`;
