/** The words of the report's map, its panel and its tables' tools, by language; the page's script has them too. */
import type { Language } from './text-keys.ts';

export interface PageTexts {
  skip: string;
  contents: string;
  mode: string;
  search: string;
  searchHint: string;
  searchNone: (words: string) => string;
  map: string;
  mapHelp: string;
  theme: string;
  themes: { communes: string; cells: string; bands: string };
  layers: string;
  lines: string;
  layer: Record<PageLayer, string>;
  legend: string;
  legendOf: { communes: (threshold: string) => string; cells: string; bands: string };
  within: (minutes: string) => string;
  borderline: string;
  beyond: string;
  roads: string;
  rivers: string;
  zoomIn: string;
  zoomOut: string;
  wholeMap: string;
  north: string;
  close: string;
  population: string;
  rate: string;
  leftOut: string;
  /** Who is left out, and why. */
  why: (reason: string) => string;
  median: string;
  nearest: string;
  minutes: (minutes: string) => string;
  notConnected: string;
  cell: string;
  cellNote: string;
  cercle: Record<1 | 2, string>;
  state: string;
  borderlineLong: string;
  noWebgl: string;
  stateFilter: string;
  allStates: string;
  onlyBorderline: string;
  shown: (count: string, of: string) => string;
  showOnMap: (name: string) => string;
  sort: (title: string) => string;
  tableCaption: (mode: string) => string;
  allModes: string;
  sameAsTable: string;
  /** MapLibre's own words, by its keys. */
  gestures: Record<string, string>;
}

export type PageLayer = 'hatching' | 'structures' | 'roads' | 'rivers' | 'outlines' | 'names';
export const PAGE_LAYERS: readonly PageLayer[] = [
  'hatching',
  'structures',
  'outlines',
  'roads',
  'rivers',
  'names',
];

export const PAGE_TEXTS: Readonly<Record<Language, PageTexts>> = {
  fr: {
    skip: 'Aller au contenu',
    contents: 'Sommaire',
    mode: 'Mode de déplacement',
    search: 'Rechercher une commune',
    searchHint: 'Nom ou code',
    searchNone: (words) => `Aucune commune ne répond à « ${words} ».`,
    map: 'Carte interactive de la couverture',
    mapHelp:
      'Au clavier : flèches pour se déplacer, + et − pour changer d’échelle. Tout ce que montre la carte se lit aussi dans les tableaux.',
    theme: 'Fond de carte',
    themes: {
      communes: 'Taux de couverture des communes',
      cells: 'Temps d’accès par carreau',
      bands: 'Isochrones',
    },
    layers: 'Couches',
    lines: 'Voies et cours d’eau',
    layer: {
      hatching: 'Communes non couvertes',
      structures: 'Structures',
      roads: 'Routes principales',
      rivers: 'Cours d’eau',
      outlines: 'Contours des isochrones',
      names: 'Noms des communes',
    },
    legend: 'Légende',
    legendOf: {
      communes: (threshold) => `Part des habitants ${threshold}`,
      cells: 'Temps d’accès du carreau',
      bands: 'Isochrones autour des structures',
    },
    within: (minutes) => `moins de ${minutes} min`,
    borderline: 'commune limite (± 2 min)',
    beyond: 'au-delà de la frontière',
    roads: 'route principale',
    rivers: 'cours d’eau',
    zoomIn: 'Agrandir',
    zoomOut: 'Réduire',
    wholeMap: 'Voir tout le territoire',
    north: 'N',
    close: 'Fermer la fiche',
    population: 'Population',
    rate: 'Taux de couverture',
    leftOut: 'Personnes hors du seuil',
    why: (reason) => `Hors du seuil : ${reason}.`,
    median: 'Temps d’accès médian',
    nearest: 'Structure la plus proche',
    minutes: (minutes) => `${minutes} min`,
    notConnected: 'non raccordé',
    cell: 'Carreau de population',
    cellNote: 'Un carreau ne s’interprète jamais seul.',
    cercle: { 1: 'premier cercle', 2: 'second cercle' },
    state: 'État',
    borderlineLong: 'limite : l’état changerait à ± 2 minutes',
    noWebgl:
      'Ce navigateur ne dessine pas de carte interactive (WebGL absent) : voici la carte fixe. La recherche, le choix du mode et les tableaux fonctionnent.',
    stateFilter: 'État de la commune',
    allStates: 'tous',
    onlyBorderline: 'communes limites seulement',
    shown: (count, of) => `${count} communes sur ${of}`,
    showOnMap: (name) => `Voir ${name} sur la carte`,
    sort: (title) => `Trier par : ${title}`,
    tableCaption: (mode) => `Communes, mode : ${mode}`,
    allModes: 'Les modes côte à côte',
    sameAsTable: 'Les mêmes chiffres en tableau (part et nombre d’habitants)',
    gestures: {
      'CooperativeGesturesHandler.WindowsHelpText': 'Ctrl et molette pour changer d’échelle',
      'CooperativeGesturesHandler.MacHelpText': '⌘ et molette pour changer d’échelle',
      'CooperativeGesturesHandler.MobileHelpText': 'Deux doigts pour déplacer la carte',
    },
  },
  en: {
    skip: 'Skip to content',
    contents: 'Contents',
    mode: 'Mode of travel',
    search: 'Find a commune',
    searchHint: 'Name or code',
    searchNone: (words) => `No commune answers to “${words}”.`,
    map: 'Interactive map of the coverage',
    mapHelp:
      'By keyboard: arrows to move, + and − to zoom. Everything on the map can also be read in the tables.',
    theme: 'Map theme',
    themes: {
      communes: 'Coverage rate of communes',
      cells: 'Access time by grid cell',
      bands: 'Isochrones',
    },
    layers: 'Layers',
    lines: 'Roads and rivers',
    layer: {
      hatching: 'Uncovered communes',
      structures: 'Structures',
      roads: 'Main roads',
      rivers: 'Rivers',
      outlines: 'Outlines of isochrones',
      names: 'Names of communes',
    },
    legend: 'Legend',
    legendOf: {
      communes: (threshold) => `Share of people ${threshold}`,
      cells: 'Access time of the cell',
      bands: 'Isochrones around the structures',
    },
    within: (minutes) => `under ${minutes} min`,
    borderline: 'borderline commune (± 2 min)',
    beyond: 'beyond the border',
    roads: 'main road',
    rivers: 'river',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    wholeMap: 'Show the whole territory',
    north: 'N',
    close: 'Close the details',
    population: 'Population',
    rate: 'Coverage rate',
    leftOut: 'People beyond the threshold',
    why: (reason) => `Beyond the threshold: ${reason}.`,
    median: 'Median access time',
    nearest: 'Nearest structure',
    minutes: (minutes) => `${minutes} min`,
    notConnected: 'not connected',
    cell: 'Population grid cell',
    cellNote: 'One cell alone must never be interpreted.',
    cercle: { 1: 'first circle', 2: 'second circle' },
    state: 'State',
    borderlineLong: 'borderline: the state would change with ± 2 minutes',
    noWebgl:
      'This browser draws no interactive map (no WebGL): here is the static one. Search, choice of mode and tables work.',
    stateFilter: 'State of the commune',
    allStates: 'all',
    onlyBorderline: 'borderline communes only',
    shown: (count, of) => `${count} communes of ${of}`,
    showOnMap: (name) => `Show ${name} on the map`,
    sort: (title) => `Sort by: ${title}`,
    tableCaption: (mode) => `Communes, mode: ${mode}`,
    allModes: 'The modes side by side',
    sameAsTable: 'The same figures as a table (share and number of people)',
    gestures: {
      'CooperativeGesturesHandler.WindowsHelpText': 'Use Ctrl + scroll to zoom',
      'CooperativeGesturesHandler.MacHelpText': 'Use ⌘ + scroll to zoom',
      'CooperativeGesturesHandler.MobileHelpText': 'Use two fingers to move the map',
    },
  },
};
