/** What the command line says, in French. */
import type { CommandLineWords } from '../command-line.ts';
import { wordCommandFault } from './command-faults.ts';

const STUDY_OPTIONS = {
  study: 'fichier d’étude (YAML) ; « maillage init » en écrit un',
  mode: 'modes à la place de ceux de l’étude, séparés par des virgules',
  threads: 'fils d’exécution',
  cache: 'dossier des réseaux gardés',
  'no-cache': 'ne lire ni n’écrire aucun réseau gardé',
  engine: 'moteur de recherche',
  quiet: 'sans avancement',
  lang: 'langue de tout ce qui est dit et écrit (par défaut : celle de l’étude, sinon du système)',
};

/** In French 0 and 1 are singular. */
const count = (number: number, one: string, more: string) => `${number} ${number < 2 ? one : more}`;

export const COMMAND_LINE: CommandLineWords = {
  program:
    'Qui peut rejoindre à temps un premier accueil social inconditionnel de proximité, et qui ne le peut pas.',
  exitCodes: `
Codes de sortie : 0 terminé ; 1 terminé, mais une vérification demandée a échoué
(--fail-under, check) ; 2 erreur de saisie ou donnée inutilisable ; 3 erreur interne ;
130 interrompu.`,
  version: 'afficher la version',
  help: 'afficher cette aide',
  helpCommand: 'afficher l’aide d’une commande',
  addHelp: '(ajoutez --help pour voir ce que prend la commande)',
  headings: {
    'Usage:': 'Emploi :',
    'Arguments:': 'Arguments :',
    'Options:': 'Options :',
    'Commands:': 'Commandes :',
  },
  usageOptions: '[options]',
  usageCommand: '[commande]',
  choices: (list) => `choix : ${list}`,
  byDefault: (value) => `par défaut : ${value}`,
  fault: wordCommandFault,
  commands: {
    coverage: {
      description: 'calculer l’indicateur d’une étude et écrire son dossier de résultats',
      options: {
        ...STUDY_OPTIONS,
        out: 'dossier de résultats (par défaut : celui de l’étude)',
        'fail-under': 'sortir avec 1 si le taux d’un mode est inférieur',
        json: 'afficher indicateurs.json au lieu du résumé',
        isochrones: 'isochrones à tracer',
        exports: 'parmi map, workbook, cells : fichiers pour d’autres logiciels et le papier, ou none',
      },
    },
    uncovered: {
      description: 'lister les communes non couvertes, ou en partie seulement, et pourquoi',
      options: {
        ...STUDY_OPTIONS,
        csv: 'afficher communes-non-couvertes.csv',
        json: 'afficher les lignes en JSON',
      },
    },
    isochrones: {
      description: 'isochrones GeoJSON d’une étude, ou autour d’un lieu (--osm FICHIER --at LON,LAT)',
      options: {
        ...STUDY_OPTIONS,
        out: 'étude : dossier (par défaut : celui de l’étude + -isochrones) ; lieu : fichier GeoJSON (par défaut : la sortie standard)',
        force: 'avec --at : remplacer un fichier qui n’est pas de ces isochrones',
        osm: 'routes, avec --at',
        at: 'le lieu',
        minutes: 'minutes, séparées par des virgules (avec --at)',
        direction: 'trajets vers le lieu (to) ou depuis le lieu (from) (avec --at)',
        'walk-speed': 'vitesse de marche (avec --at)',
        'bike-speed': 'vitesse à vélo (avec --at)',
      },
    },
    matrix: {
      description: 'temps de porte à porte entre deux listes de points (CSV aux colonnes id, lon, lat)',
      options: {
        osm: 'routes : .osm.pbf, .osm, .osm.gz, .osm.bz2 ou JSON d’Overpass',
        from: 'points de départ des trajets',
        to: 'points d’arrivée des trajets',
        mode: 'car (voiture), bike (vélo), walk (à pied) ou transit (transport collectif)',
        out: 'fichier à écrire (par défaut : la sortie standard)',
        force: 'avec --out : remplacer un fichier qui n’est pas une telle matrice',
        cutoff: 'au-delà, un trajet compte comme impossible (transit : 120)',
        'walk-speed': 'vitesse de marche, hors des voies aussi',
        'bike-speed': 'vitesse à vélo',
        'snap-radius': 'un point plus éloigné de la voie n’est pas relié',
        'min-island': 'les îlots de voies plus petits ne prennent aucun point (0 les garde tous)',
        gtfs: 'transit : horaires (GTFS, zip ou dossier)',
        date: 'transit : AAAA-MM-JJ, ou auto : le mardi le plus ordinaire',
        depart: 'transit : les trajets partent à partir de cette heure',
        window: 'transit : les trajets partent dans ces minutes',
        'max-walk': 'transit : marche la plus longue vers, entre et depuis les arrêts (15, 10, 15)',
        threads: STUDY_OPTIONS.threads,
        engine: STUDY_OPTIONS.engine,
        cache: STUDY_OPTIONS.cache,
        'no-cache': STUDY_OPTIONS['no-cache'],
        quiet: STUDY_OPTIONS.quiet,
        lang: 'langue de ce qui est dit (par défaut : celle du système)',
      },
    },
    check: {
      description: 'vérifier chaque donnée d’une étude et lister chaque défaut, son lieu et son remède',
      exit: '\nSort avec 1 si l’étude a une erreur ; avertissements et remarques ne font pas échouer.',
      options: {
        study: STUDY_OPTIONS.study,
        mode: STUDY_OPTIONS.mode,
        json: 'tout afficher en JSON',
        csv: 'écrire aussi chaque défaut, un par ligne, dans ce fichier',
        force: 'avec --csv : remplacer un fichier qui n’est pas une de ces listes',
        cache: STUDY_OPTIONS.cache,
        'no-cache': STUDY_OPTIONS['no-cache'],
        quiet: STUDY_OPTIONS.quiet,
        lang: STUDY_OPTIONS.lang,
      },
    },
    init: {
      description: 'écrire un fichier d’étude commenté',
      options: {
        file: 'fichier à écrire',
        force: 'écraser un fichier existant',
        lang: 'langue de ce qui est dit (par défaut : celle du système)',
      },
    },
    cache: {
      description: 'réseaux gardés : les lister ou les effacer',
      list: 'lister les fichiers gardés',
      clear: 'effacer les fichiers gardés',
      options: {
        cache: STUDY_OPTIONS.cache,
        lang: 'langue de ce qui est dit (par défaut : celle du système)',
      },
    },
  },
  values: {
    positive: (least) => `Un nombre supérieur à 0 est attendu, ${least} ou plus.`,
    wholeFromZero: 'Un nombre entier, 0 ou plus, est attendu.',
    wholeFromOne: 'Un nombre entier, 1 ou plus, est attendu.',
    allowed: (list) => `Sont permis ${list}.`,
    allowedList: (list) => `sont permis ${list}, séparés par des virgules.`,
    allowedListOrNone: (list) => `Sont permis ${list}, séparés par des virgules, ou none.`,
    modeMissing: 'Il manque un mode',
    modeUnknown: (mode) => `${mode} n’est pas un mode`,
    timeOfDay: 'Une heure comme 09:00 est attendue (les heures peuvent dépasser 24).',
    between: (least, greatest, unit) => `Un nombre de ${least} à ${greatest} ${unit} est attendu.`,
    atMostMinutes: (greatest) => `Les minutes ne dépassent pas ${greatest}.`,
    percentage: 'Un pourcentage de 0 à 100 est attendu.',
    percentageMeant: (meant, given) =>
      `Vouliez-vous dire ${meant} ? Un pourcentage de 0 à 100 est attendu, non une part ; ${given}% dit ${given} pour cent.`,
    position: 'LON,LAT en degrés, avec des points décimaux, est attendu, par exemple 2.09,48.90.',
  },
  told: {
    interrupted: 'interrompu ; rien n’est à moitié écrit',
    internalError: (version) =>
      `maillage ${version} : erreur interne ; signalez cette ligne et la commande que vous avez lancée :`,
    value: 'valeur',
    belowLimit: (mode, rate, limit) => `${mode} : ${rate}, moins que ${limit}`,
    putBack: (folder) =>
      `${folder} : un calcul précédent a été arrêté pendant qu’il remplaçait ce résultat ; celui d’avant a été remis en place`,
    keptAs: (file, keptAs) =>
      `${file} n’était plus tel que l’outil l’avait écrit : votre version est gardée sous ${keptAs}`,
    notRemoved: (folder) => `${folder} n’a pu être supprimé : voyez ce qu’il y reste de vos fichiers`,
    removedFromCache: (megabytes, folder) => `${megabytes} Mo effacés de ${folder}`,
    megabytes: (number) => `${number} Mo`,
    unlinkedPoints: (option, number, of, ids) =>
      `${option} : ${number} point${number < 2 ? '' : 's'} sur ${of} sans voie utilisable : ${ids}`,
    unlinkedStops: (number, of) =>
      `${count(number, 'arrêt desservi', 'arrêts desservis')} ce jour-là, sur ${of}, sans voie utilisable à distance de marche`,
    day: (date, reason) => `jour : ${date} (${reason})`,
    feedOnDay: (feed, first, last, trips, ofNight) =>
      `${feed} : du ${first} au ${last}, ${count(trips, 'course', 'courses')} ce jour-là${
        ofNight === 0 ? '' : `, ${ofNight} de la veille après minuit`
      }`,
  },
  notices: {
    head: (warnings, remarks, file) =>
      `${count(warnings, 'avertissement', 'avertissements')} et ${count(remarks, 'remarque', 'remarques')} sur les données${
        file === undefined ? '' : `, dans ${file}`
      }`,
    others: (warnings) => `et ${count(warnings, 'avertissement', 'avertissements')} d’autres sortes`,
    first: (place) => `d’abord ${place}`,
  },
  progress: {
    stages: {
      communes: 'communes',
      links: 'accès au réseau',
      matrix: 'matrice',
      network: 'réseau',
      population: 'population',
      rivers: 'cours d’eau',
      roads: 'routes',
      search: 'recherche',
      structures: 'structures',
      timetables: 'horaires',
      variants: 'variantes',
      walks: 'marches',
    },
    left: (minutes, seconds) =>
      minutes === 0 ? `encore ${seconds} s` : `encore ${minutes} min ${String(seconds).padStart(2, '0')} s`,
  },
};
