/** The study file of the example, as a planner would write it. */
export const STUDY = `# Étude d'exemple : le Val-d'Exemple (00), un département FICTIF.
# Tout est inventé (routes, communes, habitants, structures) ; les formats sont ceux des données publiques.
# Les chemins sont relatifs à ce fichier.

name: Val-d'Exemple 2026 (fictif)

# Territoire imaginaire : les sorties le disent.
fictional: true

# La langue de tout ce qui est dit et écrit : fr, en.
lang: fr

# Le jour étudié : un mardi ordinaire.
date: 2026-10-06

# L'indicateur : habitants à moins de 30 minutes (opérateur strict « < »).
threshold_minutes: 30

# Les modes : chaque chiffre est donné par mode. transit = marche, train, car et bus.
modes: [car, walk, bike, transit]

# Le moins long de deux modes, habitant par habitant : qui n'a besoin que de l'un des deux.
combinations: [car_or_transit]

# Routes : extrait OpenStreetMap (.osm.pbf).
roads: [val-d-exemple.osm.pbf]

# Cours d'eau, pour la carte seulement : le même extrait.
rivers: [val-d-exemple.osm.pbf]

# Horaires (GTFS) : le train et les cars du département, les bus d'Aubrelle.
# Ils couvrent du 1er septembre au 18 décembre 2026.
timetables: [reseau-val-d-exemple.gtfs.zip, bus-aubrelle.gtfs.zip]

# Transports : arriver au point d'accueil entre 9 h et 12 h.
window: { from: "09:00", to: "12:00", anchor: arrival }

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

# Le bus et les permanences itinérantes comptent par leurs arrêts, chacun avec son calendrier
# (id_structure;nom_arret;lon;lat;code_insee;horaires) ; un bus sans arrêts ne compte pas.
itinerant_stops: [tournees.csv]

# Ce que le département déclare pour le suivi national.
follow_up:
  sdaasap_completion: 0.6
  network_tools: [annuaire partagé, fiche de liaison]

# La trajectoire vers 100 % en voiture, et les indicateurs d'une fiche action
# (indicateur;unite;annee;cible;realise;calcul ; calcul vide : valeur déclarée).
targets:
  path: { 2026: 0.96, 2027: 0.98, 2028: 1 }
  modes: [car]
  indicators: [fiche-action.csv]

# Dossier des résultats.
out: ../../resultats/exemple
`;
