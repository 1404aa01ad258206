/**
 * The layers of the interactive map, bottom to top: the theme (communes by rate, cells by time, or isochrones),
 * hatching, borders, rivers, roads, outlines, structures, names. Which are seen follows the reader's choice.
 */
import type {
  ExpressionSpecification,
  FilterSpecification,
  LayerSpecification,
  StyleSpecification,
} from 'maplibre-gl';
import { outlineColors, SHARE_CLASSES } from '../map-symbols.ts';
import type { PageData } from '../page-data.ts';
import type { PageLayer } from '../page-texts.ts';
import { LINE_HEIGHT } from '../place-names.ts';
import { colorBands } from '../svg-bands.ts';
import { buildLines, buildStructures, type CommuneFeatures } from './geometry.ts';

export type Theme = 'communes' | 'cells' | 'bands';

/** Map layers of each of the reader's layers. */
export const LAYERS_OF: Readonly<Record<PageLayer, readonly string[]>> = {
  hatching: ['hatching', 'borderline'],
  structures: ['structures'],
  roads: ['roads-case', 'roads'],
  rivers: ['rivers-case', 'rivers'],
  outlines: ['outlines'],
  names: ['names', 'name-pictures'],
};

/** `ground` is the communes in white. Each kind of layer that is drawn at first is one more shader to compile. */
export const LAYERS_OF_THEME: Readonly<Record<Theme, readonly string[]>> = {
  communes: ['communes'],
  cells: ['ground', 'cells', 'cell-points'],
  bands: ['ground', 'bands'],
};

export function buildStyle(data: PageData, communes: CommuneFeatures): StyleSpecification {
  const source = (features: GeoJSON.GeoJSON) => ({
    type: 'geojson' as const,
    data: features,
    // Round each tile, in its pixels: enough for the widest line, and half of what would be drawn otherwise.
    buffer: 64,
  });
  return {
    version: 8,
    sources: {
      communes: source(communes),
      names: source({ type: 'FeatureCollection', features: [] }),
      cells: source({ type: 'FeatureCollection', features: [] }),
      bands: source({ type: 'FeatureCollection', features: [] }),
      roads: source(buildLines(data.roads)),
      rivers: source(buildLines(data.rivers)),
      structures: source(buildStructures(data)),
    },
    layers: listLayers(data),
  };
}

/** Edges that the borders cover, or that meet, need no smoothing: it takes shaders and passes of its own. */
const PLAIN = { 'fill-antialias': false };

function listLayers(data: PageData): LayerSpecification[] {
  return [
    { id: 'background', type: 'background', paint: { 'background-color': '#f4f6f8' } },
    { id: 'ground', type: 'fill', source: 'communes', paint: { 'fill-color': '#ffffff', ...PLAIN } },
    { id: 'bands', type: 'fill', source: 'bands', paint: { 'fill-color': colorByMinutes(data, 'fill') } },
    {
      id: 'cells',
      type: 'fill',
      source: 'cells',
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: PLAIN,
    },
    {
      id: 'cell-points',
      type: 'circle',
      source: 'cells',
      filter: ['==', ['geometry-type'], 'Point'],
      paint: { 'circle-radius': radiusOfCells(data) },
    },
    { id: 'communes', type: 'fill', source: 'communes', paint: PLAIN },
    { id: 'hatching', type: 'fill', source: 'communes', paint: { 'fill-pattern': 'hatching', ...PLAIN } },
    {
      id: 'borders',
      type: 'line',
      source: 'communes',
      paint: { 'line-color': '#6d7a86', 'line-width': 0.6, 'line-opacity': 0.75 },
    },
    {
      // Blue water on blue communes is seen by its white banks.
      id: 'rivers-case',
      type: 'line',
      source: 'rivers',
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': '#ffffff', 'line-width': widthByZoom(3.4, 6), 'line-opacity': 0.85 },
    },
    {
      id: 'rivers',
      type: 'line',
      source: 'rivers',
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': '#5b8fb9', 'line-width': widthByZoom(1.8, 3.4) },
    },
    {
      id: 'roads-case',
      type: 'line',
      source: 'roads',
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': '#ffffff', 'line-width': widthByZoom(1.8, 4.5), 'line-opacity': 0.8 },
    },
    {
      id: 'roads',
      type: 'line',
      source: 'roads',
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': '#6b6b6b', 'line-width': widthByZoom(0.8, 2.4) },
    },
    {
      id: 'outlines',
      type: 'line',
      source: 'bands',
      layout: { 'line-join': 'round' },
      paint: { 'line-color': colorByMinutes(data, 'outline'), 'line-width': 1.5 },
    },
    {
      id: 'borderline',
      type: 'line',
      source: 'communes',
      paint: { 'line-color': '#1b2733', 'line-width': 1.8, 'line-dasharray': [2, 1.6] },
    },
    {
      id: 'picked',
      type: 'line',
      source: 'communes',
      filter: ['==', ['id'], -1],
      paint: { 'line-color': '#111111', 'line-width': 3 },
    },
    {
      id: 'structures',
      type: 'symbol',
      source: 'structures',
      layout: {
        'icon-image': ['get', 'icon'],
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'icon-size': ['interpolate', ['linear'], ['zoom'], 8, 0.75, 12, 1.1],
      },
    },
    {
      id: 'names',
      type: 'symbol',
      source: 'names',
      filter: ['!', ['has', 'picture']],
      layout: {
        'text-field': ['get', 'name'],
        'text-font': ['Open Sans Semibold'],
        'text-size': ['get', 'size'],
        // Broken into lines, and placed clear of all else, before (`place-names.ts`).
        'text-max-width': 1000,
        'text-line-height': LINE_HEIGHT,
        'text-allow-overlap': true,
        'text-ignore-placement': true,
        'symbol-sort-key': ['-', 0, ['get', 'population']],
      },
      paint: { 'text-color': '#1b2733', 'text-halo-color': '#ffffff', 'text-halo-width': 1.6 },
    },
    {
      id: 'name-pictures',
      type: 'symbol',
      source: 'names',
      filter: ['has', 'picture'],
      layout: {
        'icon-image': ['get', 'picture'],
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'symbol-sort-key': ['-', 0, ['get', 'population']],
      },
    },
  ];
}

/** The minutes of the bands of all modes, ascending. */
export function listMinutes(data: PageData): number[] {
  const all = data.modes.flatMap(({ bands }) => bands.map(({ minutes }) => minutes));
  return [...new Set(all)].sort((a, b) => a - b);
}

export function colorOfMinutes(data: PageData, kind: 'fill' | 'outline'): Array<[number, string]> {
  const minutes = listMinutes(data);
  const fills = colorBands(minutes, data.thresholdDeciseconds / 600);
  const outlines = outlineColors(minutes.length);
  return minutes.map((value, at) => [value, kind === 'fill' ? fills[at] : outlines[at]]);
}

function colorByMinutes(data: PageData, kind: 'fill' | 'outline'): ExpressionSpecification | string {
  const pairs = colorOfMinutes(data, kind).flat();
  return pairs.length === 0
    ? '#000000'
    : (['match', ['get', 'minutes'], ...pairs, '#888888'] as unknown as ExpressionSpecification);
}

export function colorOfCommunes(mode: number): ExpressionSpecification {
  const pairs = SHARE_CLASSES.flatMap(({ color }, at) => [at, color]);
  return ['match', ['get', `k${mode}`], ...pairs, '#d9d9d9'] as unknown as ExpressionSpecification;
}

export function colorOfCells(data: PageData, mode: number): ExpressionSpecification {
  const pairs = data.bandColors.flatMap((color, at) => [at, color]);
  return ['match', ['get', `t${mode}`], ...pairs, '#b4b4b4'] as unknown as ExpressionSpecification;
}

/** Communes for which a property of the mode is set. */
export function whereSet(property: 'h' | 'b', mode: number): FilterSpecification {
  return ['==', ['get', `${property}${mode}`], 1];
}

function widthByZoom(at8: number, at13: number): ExpressionSpecification {
  return ['interpolate', ['linear'], ['zoom'], 8, at8, 13, at13];
}

/** Half the cell's side in pixels, which double with each zoom; at least a visible dot. */
function radiusOfCells({ cells, bounds }: PageData): ExpressionSpecification {
  const side = cells?.side[0] || 150;
  const metersPerPixel = (40_075_016 * Math.cos((bounds[1] * Math.PI) / 180)) / 512;
  const radius = (zoom: number): number => Math.max(1.2, (side / 1.85 / metersPerPixel) * 2 ** zoom);
  const stops = [8, 9, 10, 11, 12, 13, 14, 16].flatMap((zoom) => [zoom, radius(zoom)]);
  return ['interpolate', ['exponential', 2], ['zoom'], ...stops] as unknown as ExpressionSpecification;
}
