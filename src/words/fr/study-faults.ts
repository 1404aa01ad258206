/** Faults of the command line; of the study file; of places to write to, and the cache, in French. */
import type { CommandFaults, FaultWords, OutputFaults, StudyFaults } from '../../defects/faults.ts';

export const COMMAND_FAULTS: FaultWords<CommandFaults> = {
  'direction-unknown': {
    message: '--direction vaut « to » ou « from »',
    remedy: 'Écrivez --direction to (trajets vers le lieu) ou --direction from (trajets depuis le lieu).',
  },
  'isochrones-of-nothing': {
    message: 'ni étude ni lieu n’est donné',
    remedy: 'Donnez un fichier d’étude, ou --osm FICHIER et --at LON,LAT.',
  },
  'gtfs-missing': { message: 'le mode transit demande des horaires', remedy: 'Ajoutez --gtfs FICHIER.' },
  'place-off-streets': (p) => ({
    message: `aucune voie pour le mode ${p.mode} à moins de ${p.meters} m du lieu`,
    remedy: 'Vérifiez que c’est bien LON,LAT, et que l’extrait contient le lieu.',
  }),
  'study-and-place': (p) => ({
    message: `une étude et ${p.flags} sont donnés ensemble`,
    remedy: 'Donnez une étude seule, ou --osm et --at avec les options d’un lieu.',
  }),
  'isochrone-mode-unknown': (p) => ({
    message: `pas d’isochrones du mode ${p.mode} autour d’un lieu`,
    remedy: `Choisissez parmi ${p.modes}.`,
  }),
  'gtfs-needless': (p) => ({
    message: `le mode ${p.mode} ne prend pas d’horaires`,
    remedy: 'Ajoutez --mode transit, ou retirez --gtfs.',
  }),
  'points-off-streets': (p) => ({
    message: `aucun point de ${p.option} n’a pu être relié à une voie du mode`,
    remedy: 'Vérifiez l’extrait, le mode, --snap-radius, et --min-island (0 garde tous les îlots).',
  }),
};

export const STUDY_FAULTS: FaultWords<StudyFaults> = {
  'past-result-foreign': {
    message: 'le fichier n’est pas un résultat de maillage',
    remedy: 'targets.results nomme des dossiers de résultats que « maillage coverage » a écrits.',
  },
  'past-result-no-json': {
    message: 'le résultat passé n’est pas du JSON',
    remedy: 'targets.results nomme des dossiers de résultats que « maillage coverage » a écrits.',
  },
  'commune-code-unknown': {
    message: 'commune_codes contient un code inconnu',
    remedy:
      'Mettez des codes INSEE de cinq caractères entre guillemets ("01004", "2A004"), ou ceux des contours.',
  },
  'study-is-folder': {
    message: 'c’est un dossier, et il faut un fichier d’étude',
    remedy: 'Nommez le fichier qu’il contient ; « maillage init » écrit une étude pour commencer.',
  },
  'study-is-stream': {
    message: 'c’est un flux, et il faut un fichier d’étude',
    remedy: 'Écrivez-le d’abord dans un fichier, et nommez celui-ci : ses chemins partent de son dossier.',
  },
  'study-without-keys': {
    message: 'l’étude ne contient aucune clé',
    remedy: 'Écrivez une « clé: valeur » par ligne ; « maillage init » écrit une étude pour commencer.',
  },
  'polygons-missing-for-key': (p) => ({
    message: `${p.key} a besoin des contours des communes, et l’étude n’en nomme pas`,
    remedy: `Ajoutez un fichier GeoJSON sous la clé communes, ou retirez ${p.key} pour compter tous les carreaux.`,
  }),
  'street-mode-missing': (p) => ({
    message: 'aucun mode par les voies n’est demandé',
    remedy: `Ajoutez l’un de ${p.modes} à modes.`,
  }),
  'target-unit-no-percent': (p) => ({
    message: `${p.calculation} est une part : son unité est %`,
    remedy: 'Écrivez % dans la colonne unite, et les cibles comme 30 pour 30 %.',
  }),
  'target-calculation-unknown': (p) => ({
    message: `calcul nomme ce que l’outil ne calcule pas${p.nearest === undefined ? '' : ` : vouliez-vous dire ${p.nearest} ?`}`,
    remedy: `Sont connus ${p.known} ; laissez-le vide pour des valeurs déclarées.`,
  }),
  'past-result-unreadable': (p) => ({
    message: `le résultat passé ne s’ouvre pas (${p.reason})`,
    remedy: 'targets.results nomme des dossiers de résultats d’années passées.',
  }),
  'commune-code-is-postal': (p) => ({
    message: 'commune_codes contient un code postal, pas une commune',
    remedy: `Il dessert ${p.served} : écrivez les codes de celles que vous visez.`,
  }),
  'speed-out-of-range': (p) => ({
    message: `${p.name} doit être un nombre de ${p.least} à ${p.greatest}`,
    remedy: `Écrivez un nombre dans ces bornes, ou retirez ${p.name} pour garder la valeur par défaut.`,
  }),
  'speed-no-group': (p) => ({
    message: `${p.name} doit être un groupe de clés`,
    remedy: 'Écrivez ses clés en dessous, une « clé: nombre » par ligne.',
  }),
  'speed-unknown': (p) => ({
    message: `${p.name} n’est pas une clé de la table des vitesses`,
    remedy: `Permis ici : ${p.allowed}.`,
  }),
  'study-unreadable': (p) => ({
    message: `l’étude ne s’ouvre pas (${p.reason})`,
    remedy: 'Vérifiez le chemin ; « maillage init » écrit une étude pour commencer.',
  }),
  'study-too-large': (p) => ({
    message: `l’étude dépasse ${p.megabytes} Mo`,
    remedy: 'Nommez l’étude (YAML), non ses données ; « maillage init » en écrit une pour commencer.',
  }),
};

export const OUTPUT_FAULTS: FaultWords<OutputFaults> = {
  'study-exists': {
    message: 'le fichier existe déjà',
    remedy: 'Choisissez un autre nom, ou ajoutez --force.',
  },
  'cache-file-stuck': {
    message: 'le fichier du cache ne se supprime pas',
    remedy: 'Vérifiez les droits du dossier, ou choisissez un autre --cache.',
  },
  'cache-unreadable': {
    message: 'le dossier du cache est illisible',
    remedy: 'Vérifiez ses droits, ou choisissez un autre --cache.',
  },
  'cache-link-dangling': {
    message: 'le dossier du cache est un lien symbolique qui ne mène nulle part',
    remedy: 'Créez le dossier qu’il nomme, ou choisissez un autre --cache.',
  },
  'cache-is-file': { message: 'le cache doit être un dossier', remedy: 'Choisissez un autre --cache.' },
  'place-below-file': {
    message: 'un dossier au-dessus est un fichier',
    remedy: 'Choisissez un autre endroit.',
  },
  'output-is-folder': {
    message: 'le fichier à écrire est un dossier',
    remedy: 'Nommez un fichier dans ce dossier.',
  },
  'output-foreign': {
    message: 'le fichier à écrire existe, et cette commande ne l’a pas écrit',
    remedy: 'Choisissez un autre nom, ou ajoutez --force pour le remplacer.',
  },
  'output-is-input': {
    message: 'le fichier à écrire est une des données lues',
    remedy: 'Choisissez un autre --out : rien n’est écrasé.',
  },
  'link-in-circle': { message: 'le lien symbolique tourne en rond', remedy: 'Choisissez un autre endroit.' },
  'result-is-file': {
    message: 'le dossier de résultats est un fichier',
    remedy: 'Choisissez un autre --out.',
  },
  'result-link-dangling': {
    message: 'le dossier de résultats est un lien symbolique qui ne mène nulle part',
    remedy: 'Créez le dossier qu’il nomme, ou choisissez un autre --out.',
  },
  'result-locked': {
    message: 'le dossier de résultats ne peut être ni lu ni écrit',
    remedy: 'Vérifiez ses droits, ou choisissez un autre --out.',
  },
  'standard-output-stuck': {
    message: 'la sortie standard ne peut être écrite',
    remedy: 'Ce qui a été affiché est incomplet : vérifiez la place restante là où cela va, et relancez.',
  },
  'result-is-mount-point': (p) => ({
    message: 'un système de fichiers est monté sur le dossier de résultats, qui ne peut donc être remplacé',
    remedy: `Nommez un dossier à l’intérieur, par exemple ${p.inside}.`,
  }),
};
