/**
 * The files of the example, as names and bytes: everything a study needs, in the formats in which it is
 * published.
 */
import { encodePbf } from '../lib/write-pbf.ts';
import { ACTION_SHEET } from './action-sheet.ts';
import { type CommuneShape, traceCommunes } from './communes.ts';
import { encodeFilosofi } from './filosofi.ts';
import { distance } from './geometry.ts';
import { drawMap } from './map.ts';
import { DEPARTEMENT_NAME } from './names.ts';
import type { Place } from './places.ts';
import { type Cell, drawCells } from './population.ts';
import { drawRegionalTimetable } from './regional-timetable.ts';
import { encodeFranceServices, encodeOwnStructures, encodeStops } from './structures.ts';
import { STUDY } from './study.ts';
import { drawTownTimetable } from './town-timetable.ts';

export const EXAMPLE_SEED = 71;
/** INSEE counts about 5 % more people than the tax files of the grid. */
const MUNICIPAL_PER_GRID = 1.05;
const FICTIONAL = `${DEPARTEMENT_NAME} (00) is a fictional département drawn by scripts/make-example.ts`;

const EPCI = [
  { code: '990000011', nom: "CA de l'Agglomération d'Aubrelle", x: -9000, y: 800 },
  { code: '990000022', nom: 'CC du Pays de Montfleuret', x: 13_000, y: 12_500 },
  { code: '990000033', nom: 'CC des Collines de Thoressy', x: -6500, y: 16_500 },
  { code: '990000044', nom: 'CC Entre Lissonne et Gourdal', x: 14_000, y: -5500 },
  { code: '990000055', nom: 'CC du Sud-Exemple', x: -6500, y: -14_500 },
];

export interface ExampleFile {
  name: string;
  bytes: Buffer;
}

export async function drawExample(seed: number = EXAMPLE_SEED): Promise<ExampleFile[]> {
  const map = drawMap(seed);
  const shapes = traceCommunes(map.places);
  const cells = drawCells(map, shapes, seed);
  const roads = encodePbf(map.drawing.toContents(), {
    generator: 'maillage scripts/make-example.ts: FICTIONAL DATA',
    source: FICTIONAL,
    compression: 9,
  });
  const text = (name: string, content: string): ExampleFile => ({ name, bytes: Buffer.from(content) });
  return [
    { name: 'val-d-exemple.osm.pbf', bytes: roads },
    text('carreaux_200m_val-d-exemple.csv', encodeFilosofi(cells, seed)),
    text('communes-00.geojson', encodeCommunes(shapes, cells)),
    text('epci.csv', encodeEpci(map.places)),
    text('territoires.csv', encodeTerritories(map.places)),
    text('france-services.csv', encodeFranceServices(map.towns)),
    text('structures.csv', encodeOwnStructures(map.towns)),
    text('tournees.csv', encodeStops(map.towns)),
    text('fiche-action.csv', ACTION_SHEET),
    { name: 'reseau-val-d-exemple.gtfs.zip', bytes: await drawRegionalTimetable(map) },
    { name: 'bus-aubrelle.gtfs.zip', bytes: await drawTownTimetable(map) },
    text('etude.yaml', STUDY),
  ];
}

function encodeCommunes(shapes: readonly CommuneShape[], cells: readonly Cell[]): string {
  const tenthsOf = new Map<string, number>();
  for (const { communes, tenths } of cells)
    tenthsOf.set(communes[0], (tenthsOf.get(communes[0]) ?? 0) + tenths);
  const features = shapes.map(({ place, ring }) => {
    const population = Math.round(((tenthsOf.get(place.code) ?? 0) / 10) * MUNICIPAL_PER_GRID);
    const properties = { code: place.code, nom: place.name, departement: '00', population, fictif: true };
    return JSON.stringify({
      type: 'Feature',
      properties,
      geometry: { type: 'Polygon', coordinates: [ring] },
    });
  });
  const head = `{"type":"FeatureCollection","name":${JSON.stringify(FICTIONAL)},"features":[`;
  return `${head}\n${features.join(',\n')}\n]}\n`;
}

function encodeEpci(places: readonly Place[]): string {
  const rows = places.map((place) => {
    const [nearest] = [...EPCI].sort((p, q) => distance(place.at, p) - distance(place.at, q));
    return `${place.code};${nearest.code};${nearest.nom}`;
  });
  return `${['commune;epci;nom', ...rows].join('\n')}\n`;
}

/** Three territories whose borders cut across the EPCI, as those of départements do. */
function encodeTerritories(places: readonly Place[]): string {
  const rows = places.map(({ code, at }) => `${code};${territoryOf(at.x, at.y)}`);
  return `${['commune;territoire', ...rows].join('\n')}\n`;
}

function territoryOf(x: number, y: number): string {
  if (x > 2500 && y > -12_000) return 'TAS Est';
  return y > 0.25 * x + 1800 ? 'TAS Nord-Ouest' : 'TAS Sud-Ouest';
}
