/** The commented study file that `maillage init` writes: every key, with its default where it has one. */

/** YAML that validates as it stands (its files are to be replaced by the user's own). */
export function studyTemplate(): string {
  return TEMPLATE;
}

const TEMPLATE = `# Étude Maillage : un territoire, un jour, ses structures, ses routes et ses horaires.
# Les chemins partent du dossier de ce fichier. Seules les clés name, roads, population et structures sont
# obligatoires ; les autres montrent leur valeur par défaut. Les codes se mettent entre guillemets.

name: Mon département 2026            # titre du rapport
date: auto                            # jour étudié, AAAA-MM-JJ ; auto = mardi ordinaire au service le plus courant ;
                                      # sans horaires, celui qui suit la date la plus récente des données
fictional: false                      # true : données inventées, dit sur chaque page

# --- L'indicateur -----------------------------------------------------------------------------------------
threshold_minutes: 30                 # seuil, en minutes
inclusive: false                      # false : « en moins de 30 minutes » (<) ; true : « 30 minutes maximum » (<=)
uncovered_below: 0.5                  # part de population couverte sous laquelle une commune est « non couverte »
bands_minutes: [10, 15, 20, 30, 45]   # limites des tranches de temps d'accès
isochrones_minutes: [10, 15, 20, 30]  # contours dessinés
modes: [car, walk, bike]              # voiture, marche, vélo ; transit = marche + transports collectifs
combinations: []                      # le plus court de plusieurs modes : [car_or_transit]

# --- Le territoire ----------------------------------------------------------------------------------------
departement: "71"                     # aussi 6AE (Alsace), 20R (Corse), 69D (Rhône), 69M (Métropole de Lyon) ;
                                      # ou commune_codes: ["71270", "71076"] ; ni l'un ni l'autre : tout ce qui est lu
communes: [communes-71.geojson]       # contours : Etalab, IGN Admin Express (GeoPackage, GeoJSON), OpenStreetMap ;
                                      # [] : un seul territoire, sans communes
epci: []                              # CSV commune;epci;nom ; par défaut : la liste officielle
cantons: []                           # CSV commune;canton;nom, ou v_commune de l'INSEE ; par défaut : ceux des contours
territories: []                       # CSV commune;territoire (territoires d'action sociale)
cog: []                               # mouvements des communes (v_mvtcommune_AAAA.csv, INSEE), suivis par date

# --- Les données ------------------------------------------------------------------------------------------
roads: [bourgogne-latest.osm.pbf]     # extraits OpenStreetMap : .osm.pbf, .osm, .osm.gz, .osm.bz2, JSON Overpass
rivers: []                            # cours d'eau de la carte : un extrait OpenStreetMap (le même que pour roads
                                      # convient), ou un GeoJSON de lignes
timetables: []                        # horaires GTFS (.zip), pour le mode transit
population: [carreaux_200m_met.csv]   # grilles (elles s'ajoutent) ; [communes] : populations communales réparties
# population_crs: EPSG:2154           # système des colonnes x et y, si la grille ne le dit pas
# cell_size_meters: 200               # côté des carreaux, si ni identifiant ni géométrie ne le dit
# calage: donnees_communes.csv        # cale chaque commune sur sa population municipale (PMUN), fichier de l'INSEE ;
                                      # communes : celles du paquet ; par défaut, aucun calage
structures: [liste-fs.csv]            # accueils : CSV de l'outil, GeoJSON de points, liste France services (2021,
                                      # 2024), annuaire de l'administration (JSON), OpenStreetMap ; sans lon ni lat,
                                      # code_insee place la structure à la mairie de sa commune, sinon en son milieu
itinerant_stops: []                   # arrêts des bus et itinérants : id_structure;nom_arret;lon;lat;code_insee;horaires
                                      # (horaires au format opening_hours) ; sans arrêts, ils ne comptent pas

# --- Les structures retenues ------------------------------------------------------------------------------
structures_selection:
  engaged_only: true                  # seulement les structures engagées (une valeur absente vaut « oui »)
  cercles: [1]                        # 1 : premier cercle ; [1, 2] : avec les partenaires
  formats: [fixe, multisite, antenne, bus, itinerant]   # bus et itinerant : par leurs arrêts (itinerant_stops)
  types: []                           # par exemple [france-service, ccas-cias] ; [] : tous
  open_in_week_only: true             # ouvertes au moins une fois dans la semaine
  merge_duplicates: false             # true : une structure que plusieurs listes portent n'en fait qu'une
type_mapping: {}                      # les mots des listes pour des types que l'outil ne connaît pas :
                                      # { Relais social: ccas-cias, Bureau: association } ; "" : lignes sans type
cross_border: true                    # compter aussi les structures au-delà de la limite du territoire

# --- Le suivi et les objectifs ----------------------------------------------------------------------------
follow_up:                            # ce que le département déclare (référentiel national)
  # sdaasap_completion: 0.6           # part réalisée du schéma d'amélioration de l'accessibilité des services
  network_tools: []                   # outils du réseau en place : [annuaire partagé, fiche de liaison]
targets:
  path: {}                            # trajectoire vers 100 % en 3 ans au plus : { 2026: 0.96, 2027: 0.98, 2028: 1 }
  modes: []                           # modes de la trajectoire ; [] : tous ceux de l'étude
  results: []                         # dossiers de résultats passés : [resultats/2025]
  indicators: []                      # fiches action : CSV indicateur;unite;annee;cible;realise;calcul
  small_commune_population: 1500      # une commune est « petite » en dessous de ce nombre d'habitants
# --- Les variantes, à côté du taux principal (variantes.csv) ------------------------------------------------
# all : toutes ; ou engaged (engagées), potential (engagées ou non), circle_1, circle_2, circles_1_2,
# with_itinerant, without_itinerant (itinérance), open_that_day (ouvertes le jour étudié),
# outside_working_hours (après 17 h 30, entre 12 h et 14 h, le samedi), with_appointment, without_appointment
# (rendez-vous), town_hall_relays (mairies relais), choice_2, choice_3 (choix entre 2, 3 structures),
# segments (ménages pauvres, moins de 18 ans, 65 ans et plus, 80 ans et plus)
variants: []
relay_population_below: 1500          # mairies relais : communes de moins d'habitants, sans structure retenue

# --- Les déplacements -------------------------------------------------------------------------------------
window:                               # arrivée pendant les heures d'ouverture (mode transit)
  from: "09:00"
  to: "12:00"
  anchor: arrival                     # arrival : heure d'arrivée ; departure : heure de départ
walk:
  speed_kph: 4
  access_minutes: 15                  # marche au plus vers l'arrêt
  egress_minutes: 15                  # marche au plus depuis l'arrêt
  transfer_minutes: 10                # marche au plus entre deux lignes
bike:
  speed_kph: 15
rural_limit_kph: 80                   # limite hors agglomération ; 90 où le département y est revenu
ferry_wait_minutes: 0                 # attente avant un bac
speeds: {}                            # valeurs de data/speeds.json à remplacer : { untaggedKph: { tertiary: 45 } }
min_island: 200                       # plus petit morceau de réseau utile, en carrefours
snap_radius_meters: 1000              # distance au plus d'un carreau à la voie
structure_radius_meters: 300          # au-delà, la structure est rattachée et signalée

# --- Les résultats ----------------------------------------------------------------------------------------
lang: fr                              # langue du rapport : fr, en
csv: excel                            # excel : point-virgule et virgule décimale ; standard : virgule et point
out: resultats/mon-departement        # dossier des résultats
`;
