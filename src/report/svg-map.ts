/**
 * The static map: communes coloured by the share of their people within the threshold, uncovered ones hatched,
 * outlines of travel time, roads and rivers where given, structures by type, legend, scale, north, attribution.
 * A whole SVG document, used in the report, as a file and for the README's picture.
 *
 * Blues for covered and oranges for uncovered tell apart for every kind of colour blindness and in grey; the
 * hatching says the same again. Isochrones are outlines, so that they never change a commune's colour.
 */
import type { MultiPolygon, Polygon, Position } from 'geojson';
import { type CommuneCoverage, type ModeCoverage, NO_AREA_CODE } from '../coverage/coverage-result.ts';
import { findThresholdMinutes, wordThreshold } from './headline.ts';
import { drawCells } from './map-cells.ts';
import { findMapBounds } from './map-extent.ts';
import { drawLegend, type LegendItems, measureLegend } from './map-legend.ts';
import { buildProjection, drawLine, drawPolygon, findAspect, type MapProjection } from './map-projection.ts';
import {
  drawHatchings,
  drawScaleBar,
  drawStructure,
  fillOf,
  outlineColors,
  shareClassOf,
} from './map-symbols.ts';
import { formatDate, formatRate } from './numbers.ts';
import { LINE_HEIGHT, listNameShapes, type PlacedName, placeName } from './place-names.ts';
import type { MapLayers, ReportInput } from './report-input.ts';
import { findStructureGroup, listSymbolLines } from './structure-symbols.ts';
import { wordStructureType } from './structure-words.ts';
import { colorBands } from './svg-bands.ts';
import { escapeMarkup } from './svg-text.ts';
import { TEXTS, wordBands, wordMode } from './texts.ts';

export interface SvgMapOptions {
  /** Of the whole picture, pixels. */
  width: number;
  /** A small map has neither legend, labels nor layers. */
  isSmall?: boolean;
  /** Several maps in one page need different ids of their patterns. */
  idPrefix?: string;
  /** The title line above the map; default true. */
  hasTitle?: boolean;
}

const LEGEND_WIDTH = 244;
const MARGIN = 14;
const TITLE_HEIGHT = 46;
const FOOT_HEIGHT = 34;
const LARGEST_ASPECT = 1.25;
const LABEL_COUNT = 30;
/** Of names, the largest that fits. */
const LABEL_SIZES: readonly number[] = [12, 11, 10];
/** Pixels from a structure's middle to the edge of its symbol. */
const SYMBOL_REACH = 7;
const FONT = "font-family=\"system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif\"";

/** An SVG document of one mode; undefined where there is neither a commune with a polygon nor a cell. */
export function drawSvgMap(
  report: ReportInput,
  mode: ModeCoverage,
  options: SvgMapOptions,
): string | undefined {
  const input = withThresholdOnly(report);
  const communes = listDrawn(input, mode);
  const bounds = findMapBounds(input, [mode]);
  if (bounds === undefined) return undefined;
  const isSmall = options.isSmall ?? false;
  const prefix = options.idPrefix ?? 'carte';
  const top = MARGIN + (isSmall || options.hasTitle === false ? 0 : TITLE_HEIGHT);
  const legendWidth = isSmall ? 0 : LEGEND_WIDTH;
  const mapWidth = options.width - legendWidth - 2 * MARGIN;
  const mapHeight = Math.round(mapWidth * Math.min(LARGEST_ASPECT, Math.max(0.5, findAspect(bounds))));
  const items = isSmall ? undefined : listLegendItems(input, mode, communes);
  const height = Math.max(
    top + mapHeight + (isSmall ? MARGIN : FOOT_HEIGHT),
    items === undefined ? 0 : top + measureLegend(items) + MARGIN,
  );
  const frame = { left: MARGIN, top, width: mapWidth, height: mapHeight };
  const projection = buildProjection(bounds, frame);
  const title = writeTitle(input, mode);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${options.width} ${height}" width="${options.width}" height="${height}" role="img" aria-label="${escapeMarkup(`${title.main}. ${title.sub}`)}" ${FONT}>`,
    `<title>${escapeMarkup(`${title.main}. ${title.sub}`)}</title>`,
    `<defs>${drawHatchings(prefix)}`,
    `<clipPath id="${prefix}-cadre"><rect x="0" y="${top - 4}" width="${mapWidth + 2 * MARGIN - 2}" height="${mapHeight + 8}"/></clipPath></defs>`,
    `<rect width="${options.width}" height="${height}" fill="#ffffff"/>`,
  ];
  if (!isSmall && options.hasTitle !== false) {
    parts.push(
      `<text x="${MARGIN}" y="26" font-size="19" font-weight="700" fill="#1b2733">${escapeMarkup(title.main)}</text>`,
      `<text x="${MARGIN}" y="47" font-size="13" fill="#45525f">${escapeMarkup(title.sub)}</text>`,
    );
  }
  parts.push(
    `<g clip-path="url(#${prefix}-cadre)">`,
    communes.length > 0
      ? drawCommunes(communes, projection, prefix, input)
      : drawCells(input, mode, projection, frame),
    isSmall ? '' : drawLayers(input.layersOfMode.get(mode.mode), projection),
    drawStructures(input, projection, isSmall),
    isSmall ? '' : drawLabels(input, communes, projection),
    '</g>',
  );
  if (items !== undefined) {
    const foot = top + mapHeight + 22;
    parts.push(
      drawScaleBar(MARGIN, foot, projection.metersPerPixel, input.language),
      drawNorth(MARGIN + mapWidth - 16, top + 8, TEXTS[input.language].map.north),
      drawAttribution(input, MARGIN + mapWidth, foot),
      drawLegend(items, MARGIN + mapWidth + 18, top + 4, prefix, input.language),
    );
  }
  parts.push('</svg>');
  return `${parts.filter((part) => part !== '').join('\n')}\n`;
}

/** Of the outlines of time, the threshold's alone: all of them hide the communes at the size of a page. */
export function withThresholdOnly(input: ReportInput): ReportInput {
  const threshold = findThresholdMinutes(input.result);
  const layersOfMode = Array.from(input.layersOfMode, ([mode, { isochrones, ...layers }]) => {
    const features = (isochrones?.features ?? []).filter(
      ({ properties }) => properties.minutes === threshold,
    );
    return [mode, { ...layers, isochrones: { type: 'FeatureCollection' as const, features } }] as const;
  });
  return { ...input, layersOfMode: new Map(layersOfMode) };
}

export interface DrawnCommune {
  /** Position in the result's communes. */
  index: number;
  commune: CommuneCoverage;
  geometry: Polygon | MultiPolygon;
}

export function listDrawn(input: ReportInput, mode: ModeCoverage): DrawnCommune[] {
  return mode.communes.flatMap((commune, index) => {
    const geometry = input.geometryOfCommune.get(commune.area.code);
    return geometry === undefined || commune.area.code === NO_AREA_CODE ? [] : [{ index, commune, geometry }];
  });
}

export function* positionsOf(geometries: ReadonlyArray<Polygon | MultiPolygon>): Generator<Position> {
  for (const geometry of geometries) {
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    for (const rings of polygons) yield* rings[0];
  }
}

function writeTitle(input: ReportInput, mode: ModeCoverage): { main: string; sub: string } {
  const { language, result, study } = input;
  const { title } = wordMode(mode.mode, language);
  const parts = [
    `${title} : ${formatRate(mode.whole.rate, language)} ${wordThreshold(result, language)}`,
    formatDate(study.date, language),
    ...(study.isFictional ? [TEXTS[language].fictional] : []),
  ];
  if (language === 'en') parts[0] = parts[0].replace(' : ', ': ');
  return { main: study.name, sub: parts.join(' · ') };
}

export function drawCommunes(
  communes: readonly DrawnCommune[],
  projection: MapProjection,
  prefix: string,
  input: ReportInput,
): string {
  const paths = communes.flatMap(({ commune, geometry, index }) => {
    const path = drawPolygon(geometry, projection);
    if (path === '') return [];
    const fill = fillOf(commune, prefix);
    const tip = `${commune.area.nom} : ${formatRate(commune.rate, input.language)}`;
    return [`<path d="${path}" fill="${fill}" data-c="${index}"><title>${escapeMarkup(tip)}</title></path>`];
  });
  return `<g stroke="#ffffff" stroke-width="0.7" stroke-linejoin="round" fill-rule="evenodd">${paths.join('\n')}</g>`;
}

export function drawLayers(layers: MapLayers | undefined, projection: MapProjection): string {
  if (layers === undefined) return '';
  const rivers = (layers.rivers ?? []).map((line) => drawLine(line, projection)).join('');
  const roads = (layers.mainRoads ?? []).map((line) => drawLine(line, projection)).join('');
  const bands = [...(layers.isochrones?.features ?? [])].sort(
    (a, b) => b.properties.minutes - a.properties.minutes,
  );
  const minutes = [...new Set(bands.map((band) => band.properties.minutes))].sort((a, b) => a - b);
  const colors = outlineColors(minutes.length);
  const outlines = bands.map((band) => {
    const color = colors[minutes.indexOf(band.properties.minutes)];
    return `<path d="${drawPolygon(band.geometry, projection)}" stroke="${color}"/>`;
  });
  return [
    rivers === ''
      ? ''
      : // Blue water on blue communes is seen by its white banks.
        `<path d="${rivers}" fill="none" stroke="#ffffff" stroke-opacity="0.85" stroke-width="3.4" stroke-linecap="round"/><path d="${rivers}" fill="none" stroke="#5b8fb9" stroke-width="1.8" stroke-linecap="round"/>`,
    roads === ''
      ? ''
      : `<path d="${roads}" fill="none" stroke="#6b6b6b" stroke-opacity="0.75" stroke-width="0.9"/>`,
    outlines.length === 0
      ? ''
      : `<g fill="none" stroke-width="1.2" stroke-linejoin="round">${outlines.join('')}</g>`,
  ].join('\n');
}

export function drawStructures(input: ReportInput, projection: MapProjection, isSmall: boolean): string {
  const size = isSmall ? 3 : 5;
  return input.structures
    .map((structure) => {
      const [x, y] = projection.project(structure.lon, structure.lat);
      const symbol = drawStructure(findStructureGroup(structure), x, y, size, structure.isBeyondBorder);
      return `<g>${symbol}<title>${escapeMarkup(structure.nom)}</title></g>`;
    })
    .join('\n');
}

/** Names of the most populous communes of those that hold theirs, clear of the structures. */
export function drawLabels(
  input: ReportInput,
  communes: readonly DrawnCommune[],
  projection: MapProjection,
  greatestCount = LABEL_COUNT,
): string {
  const ordered = communes
    .filter(({ commune }) => commune.population > 0)
    .sort(
      (a, b) =>
        b.commune.population - a.commune.population || (a.commune.area.code < b.commune.area.code ? -1 : 1),
    );
  const symbols = input.structures.map(({ lon, lat }) => {
    const [x, y] = projection.project(lon, lat);
    return {
      left: x - SYMBOL_REACH,
      right: x + SYMBOL_REACH,
      top: y - SYMBOL_REACH,
      bottom: y + SYMBOL_REACH,
    };
  });
  const labels: string[] = [];
  for (const { commune, geometry } of ordered) {
    if (labels.length === greatestCount) break;
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    const rings = polygons.flat().map((ring) => ring.map(([lon, lat]) => projection.project(lon!, lat!)));
    const placed = placeName(rings, listNameShapes(commune.area.nom, LABEL_SIZES), symbols);
    if (placed !== undefined) labels.push(writeLabel(placed));
  }
  return `<g class="noms" font-weight="600" fill="#1b2733" text-anchor="middle" stroke="#ffffff" stroke-width="3" stroke-opacity="0.85" paint-order="stroke" stroke-linejoin="round">${labels.join('')}</g>`;
}

function writeLabel({ x, y, shape }: PlacedName): string {
  const { lines, fontSize, height } = shape;
  // The first base line, so that letters with and without tails stand in the middle of the box.
  const first = (y - height / 2 + fontSize * 0.82).toFixed(1);
  const start = `<text x="${x.toFixed(1)}" y="${first}" font-size="${fontSize}"`;
  if (lines.length === 1) return `${start}>${escapeMarkup(lines[0]!)}</text>`;
  const spans = lines.map((line, at) =>
    at === 0
      ? escapeMarkup(line)
      : `<tspan x="${x.toFixed(1)}" dy="${(fontSize * LINE_HEIGHT).toFixed(2)}">${escapeMarkup(line)}</tspan>`,
  );
  return `${start}>${spans.join('')}</text>`;
}

export function drawNorth(x: number, y: number, label: string): string {
  return `<g fill="#1b2733"><path d="M${x} ${y}l6 17l-6 -4.5l-6 4.5z"/><text x="${x}" y="${y + 30}" font-size="12" font-weight="700" text-anchor="middle">${escapeMarkup(label)}</text></g>`;
}

/** Invented data has no one to attribute it to: the title says that it is fictional. */
function drawAttribution(input: ReportInput, right: number, y: number): string {
  if (input.study.isFictional) return '';
  const { attributionOsm, attributionCommunes } = TEXTS[input.language].map;
  const sources = input.geometryOfCommune.size > 0 ? [attributionOsm, attributionCommunes] : [attributionOsm];
  return `<text x="${right}" y="${y}" font-size="10" fill="#5a6772" text-anchor="end">${escapeMarkup(sources.join(' · '))}</text>`;
}

export function listLegendItems(
  input: ReportInput,
  mode: ModeCoverage,
  communes: readonly DrawnCommune[],
): LegendItems {
  const layers = input.layersOfMode.get(mode.mode);
  const { bandEdgesMinutes: edges, thresholdDeciseconds } = input.result;
  const colors = colorBands(edges, thresholdDeciseconds / 600);
  return {
    bands:
      communes.length > 0
        ? []
        : wordBands(edges, input.language).map((label, band) => ({ label, color: colors[band] })),
    classes: new Set(communes.map(({ commune }) => shareClassOf(commune).key)),
    hatchedClasses: new Set(
      communes
        .filter(({ commune }) => commune.etat === 'non couverte')
        .map(({ commune }) => shareClassOf(commune).key),
    ),
    threshold: wordThreshold(input.result, input.language),
    minutes: [
      ...new Set((layers?.isochrones?.features ?? []).map((feature) => feature.properties.minutes)),
    ].sort((a, b) => a - b),
    hasRoads: (layers?.mainRoads?.length ?? 0) > 0,
    hasRivers: (layers?.rivers?.length ?? 0) > 0,
    symbols: listSymbolLines(
      input.structures.map((structure) => ({
        group: findStructureGroup(structure),
        isBeyondBorder: structure.isBeyondBorder,
        type: wordStructureType(structure.type, input.language),
      })),
      input.language,
    ),
  };
}
