/**
 * `carte.svg`: the map of the headline mode as a sheet of A4, upright or lying, whichever shows the territory
 * larger. Title with mode, date, threshold and rate, legend, scale, north, sources with their licences as the
 * manifest has them, and "fictif" where the study is. `carte.png` is this drawing.
 *
 * Lengths are CSS pixels (96 to an inch), so that fonts have the sizes of print.
 */
import type { ModeCoverage } from '../coverage/coverage-result.ts';
import type { CheckRole } from './check-findings.ts';
import { CHECK_TEXTS } from './check-texts.ts';
import { EXPORT_TEXTS } from './export-texts.ts';
import { findThresholdMinutes, writeHeadline } from './headline.ts';
import { describeLicence } from './licences.ts';
import { drawCells } from './map-cells.ts';
import { findMapBounds } from './map-extent.ts';
import { drawLegend, type LegendItems } from './map-legend.ts';
import { buildProjection, findAspect, type MapFrame } from './map-projection.ts';
import { drawHatchings, drawScaleBar } from './map-symbols.ts';
import type { InputFile, ReportInput } from './report-input.ts';
import { colorBands } from './svg-bands.ts';
import {
  type DrawnCommune,
  drawCommunes,
  drawLabels,
  drawLayers,
  drawNorth,
  drawStructures,
  listDrawn,
  listLegendItems,
  withThresholdOnly,
} from './svg-map.ts';
import { escapeMarkup } from './svg-text.ts';
import { measureText, shortenToWidth, wrapToWidth } from './text-width.ts';
import { TEXTS, wordBands, wordMode } from './texts.ts';

const PIXELS_PER_MM = 96 / 25.4;
const A4_MM = { short: 210, long: 297 } as const;
const MARGIN = 38;
const LEGEND_WIDTH = 214;
const GAP = 16;
const TITLE_SIZE = 21;
const TEXT_SIZE = 12.5;
const TEXT_LINE = 17;
const FOOT_SIZE = 9;
const FOOT_LINE = 12;
const LABEL_COUNT = 40;
/** Between the territory's edge and the frame. */
const PADDING = 8;
const INK = '#1b2733';
const PREFIX = 'feuille';

/** Width in millimetres of a sheet that `drawMapSheet` drew. */
export function sheetWidthMm(sheet: string): number {
  const width = /^<svg [^>]*? width="(\d+)mm"/.exec(sheet);
  if (width === null) throw new Error('no sheet of this module');
  return Number(width[1]);
}

interface Sheet {
  widthMm: number;
  heightMm: number;
  width: number;
  height: number;
  titleLines: string[];
  footLines: string[];
  frame: MapFrame;
}

/** An SVG document; undefined where there is nothing to draw. */
export function drawMapSheet(report: ReportInput, mode: ModeCoverage): string | undefined {
  const input = withThresholdOnly(report);
  const communes = listDrawn(input, mode);
  const bounds = findMapBounds(input, [mode]);
  if (bounds === undefined) return undefined;
  const aspect = findAspect(bounds);
  const [lying, upright] = [layOut(input, mode, true), layOut(input, mode, false)];
  const sheet = scaleOf(upright, aspect) > scaleOf(lying, aspect) ? upright : lying;
  const { frame } = sheet;
  const projection = buildProjection(bounds, inset(frame, PADDING));
  const alt = escapeMarkup([input.study.name, ...sheet.titleLines].join(' · '));
  const bottom = frame.top + frame.height;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${sheet.width} ${sheet.height}" width="${sheet.widthMm}mm" height="${sheet.heightMm}mm" role="img" aria-label="${alt}" font-family="'DejaVu Sans', Verdana, sans-serif">`,
    `<title>${alt}</title>`,
    `<defs>${drawHatchings(PREFIX)}</defs>`,
    `<rect width="${sheet.width}" height="${sheet.height}" fill="#ffffff"/>`,
    communes.length > 0
      ? drawCommunes(communes, projection, PREFIX, input)
      : drawCells(input, mode, projection),
    drawLayers(input.layersOfMode.get(mode.mode), projection),
    drawStructures(input, projection, false),
    drawLabels(input, communes, projection, LABEL_COUNT),
    drawMargins(sheet),
    drawHead(input, sheet),
    drawNorth(frame.left + frame.width - 18, frame.top + 10, TEXTS[input.language].map.north),
    drawLegend(
      legendOf(input, mode, communes),
      frame.left + frame.width + GAP,
      frame.top,
      PREFIX,
      input.language,
    ),
    drawScaleBar(frame.left, bottom + 20, projection.metersPerPixel, input.language),
    ...sheet.footLines.map((line, at) =>
      drawText(line, frame.left, bottom + 38 + at * FOOT_LINE, FOOT_SIZE, '#45525f'),
    ),
    '</svg>',
  ]
    .filter((part) => part !== '')
    .join('\n')}\n`;
}

function layOut(input: ReportInput, mode: ModeCoverage, isLying: boolean): Sheet {
  const [widthMm, heightMm] = isLying ? [A4_MM.long, A4_MM.short] : [A4_MM.short, A4_MM.long];
  const [width, height] = [widthMm, heightMm].map((mm) => Math.round(mm * PIXELS_PER_MM * 10) / 10) as [
    number,
    number,
  ];
  const inner = width - 2 * MARGIN;
  const { covered, leftOut } = writeHeadline(mode, input.result, input.study.date, input.language);
  const titleLines = [
    ...wrapToWidth(covered, TEXT_SIZE, inner, 4),
    ...(leftOut === '' ? [] : wrapToWidth(leftOut, TEXT_SIZE, inner, 3)),
  ];
  const footLines = listFootTexts(input).flatMap((text) => wrapToWidth(text, FOOT_SIZE, inner, 4));
  const top =
    MARGIN + TITLE_SIZE + titleLines.length * TEXT_LINE + (input.study.isFictional ? TEXT_LINE : 0) + 14;
  const foot = 38 + footLines.length * FOOT_LINE;
  return {
    widthMm,
    heightMm,
    width,
    height,
    titleLines,
    footLines,
    frame: {
      left: MARGIN,
      top,
      width: inner - LEGEND_WIDTH - GAP,
      height: height - MARGIN - foot - top,
    },
  };
}

/** Pixels that the territory's width takes. */
function scaleOf({ frame }: Sheet, aspect: number): number {
  return Math.min(frame.width, frame.height / aspect);
}

function inset({ left, top, width, height }: MapFrame, by: number): MapFrame {
  return { left: left + by, top: top + by, width: width - 2 * by, height: height - 2 * by };
}

/** Paper over what lies outside the frame: a clip path would cost the renderer a third of its time. */
function drawMargins({ width, height, frame }: Sheet): string {
  const hole = `M${frame.left} ${frame.top.toFixed(1)}v${frame.height.toFixed(1)}h${frame.width.toFixed(1)}v${(-frame.height).toFixed(1)}z`;
  return `<path d="M0 0H${width}V${height}H0z${hole}" fill="#ffffff" fill-rule="evenodd"/><path d="${hole}" fill="none" stroke="#8a949d" stroke-width="0.8"/>`;
}

function drawHead(input: ReportInput, sheet: Sheet): string {
  const { study, language, result } = input;
  const inner = sheet.width - 2 * MARGIN;
  const mode = wordMode(result.modes[0]?.mode ?? '', language).title;
  const modeWidth = measureText(mode, TITLE_SIZE * 0.8) + GAP;
  const name = shortenToWidth(study.name, TITLE_SIZE, inner - modeWidth, true);
  let y = MARGIN + TITLE_SIZE - 6;
  const parts = [
    drawText(name, MARGIN, y, TITLE_SIZE, INK, 'font-weight="700"'),
    drawText(mode, MARGIN + inner, y, TITLE_SIZE * 0.8, INK, 'text-anchor="end"'),
  ];
  y += 5;
  for (const line of sheet.titleLines) {
    y += TEXT_LINE;
    parts.push(drawText(line, MARGIN, y, TEXT_SIZE, INK));
  }
  if (study.isFictional) {
    y += TEXT_LINE;
    parts.push(drawText(TEXTS[language].fictional, MARGIN, y, TEXT_SIZE, '#8a3c00', 'font-weight="700"'));
  }
  return parts.join('\n');
}

function drawText(text: string, x: number, y: number, size: number, fill: string, more = ''): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-size="${size}" fill="${fill}"${more === '' ? '' : ` ${more}`}>${escapeMarkup(text)}</text>`;
}

function legendOf(input: ReportInput, mode: ModeCoverage, communes: readonly DrawnCommune[]): LegendItems {
  const items = listLegendItems(input, mode, communes);
  if (communes.length > 0) return items;
  const edges = input.result.bandEdgesMinutes;
  const colors = colorBands(edges, findThresholdMinutes(input.result));
  const bands = wordBands(edges, input.language).map((label, band) => ({ label, color: colors[band]! }));
  return { ...items, bands: bands.filter((_, band) => mode.whole.populationOfBand[band]! > 0) };
}

/** Sources, licence and maker. Invented data has no one to attribute it to. */
function listFootTexts(input: ReportInput): string[] {
  const texts = EXPORT_TEXTS[input.language];
  const computedBy = texts.computedBy(input.version);
  if (input.study.isFictional) {
    const names = input.inputs.map(({ path }) => baseName(path)).join(', ');
    return [`${texts.inventedFrom}${texts.colon}${names}. ${computedBy}.`];
  }
  const sources = groupByRole(input.inputs).map(([role, files]) => {
    const described = [...new Set(files.map(describeSource))].join(', ');
    return `${CHECK_TEXTS[input.language].roles[role as CheckRole] ?? role}${texts.colon}${described}`;
  });
  return [
    `${texts.sources}${texts.colon}${sources.join(' ; ')}.`,
    `${texts.licence}${texts.colon}${describeLicence(input.language)}. ${computedBy}.`,
  ];
}

function groupByRole(inputs: readonly InputFile[]): Array<[string, InputFile[]]> {
  const filesOfRole = new Map<string, InputFile[]>();
  for (const file of inputs) filesOfRole.set(file.role, [...(filesOfRole.get(file.role) ?? []), file]);
  return [...filesOfRole];
}

/** The producer where it is known, else the file's name. */
function describeSource({ path, source, licence }: InputFile): string {
  const name = source ?? baseName(path);
  return licence === undefined ? name : `${name} (${licence})`;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
