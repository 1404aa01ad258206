/**
 * The legend of the static map: only what the map shows.
 */
import { drawStructure, outlineColors, SHARE_CLASSES, type ShareClassKey } from './map-symbols.ts';
import { PAGE_TEXTS } from './page-texts.ts';
import type { SymbolLine } from './structure-symbols.ts';
import { escapeMarkup } from './svg-text.ts';
import { wrapToWidth } from './text-width.ts';
import { type Language, TEXTS } from './texts.ts';

export interface LegendItems {
  /** Where the map colours cells by time instead of communes by share. */
  bands: ReadonlyArray<{ label: string; color: string }>;
  classes: ReadonlySet<ShareClassKey>;
  /** Classes in which communes are `non couverte`, hatched on the map. */
  hatchedClasses: ReadonlySet<ShareClassKey>;
  /** "en moins de 30 minutes" */
  threshold: string;
  minutes: readonly number[];
  hasRoads: boolean;
  hasRivers: boolean;
  symbols: readonly SymbolLine[];
}

const LINE = 20;
const HEADING = 24;
const GAP = 10;
const TEXT_SIZE = 12;
const TEXT_LINE = 15;
/** Beside the symbols. */
const TEXT_WIDTH = 180;
const MOST_LINES = 3;

/** Height in pixels of the legend that `drawLegend` draws. */
export function measureLegend(items: LegendItems): number {
  return layOut(items, 0, 0, '', 'fr').height;
}

export function drawLegend(
  items: LegendItems,
  x: number,
  y: number,
  idPrefix: string,
  language: Language,
): string {
  const { parts } = layOut(items, x, y, idPrefix, language);
  return `<g font-size="12" fill="#1b2733">${parts.join('')}</g>`;
}

function layOut(
  items: LegendItems,
  x: number,
  y: number,
  idPrefix: string,
  language: Language,
): { parts: string[]; height: number } {
  const texts = TEXTS[language];
  const parts: string[] = [];
  let at = y;
  const heading = (text: string): void => {
    at += HEADING - 10;
    parts.push(`<text x="${x}" y="${at}" font-weight="700">${escapeMarkup(text)}</text>`);
    at += 10;
  };
  const line = (symbol: (middle: number) => string, text: string): void => {
    const middle = at + LINE / 2;
    const lines = wrapToWidth(text, TEXT_SIZE, TEXT_WIDTH, MOST_LINES);
    parts.push(symbol(middle));
    lines.forEach((each, index) => {
      parts.push(`<text x="${x + 32}" y="${middle + 4 + index * TEXT_LINE}">${escapeMarkup(each)}</text>`);
    });
    at += LINE + (lines.length - 1) * TEXT_LINE;
  };

  if (items.bands.length > 0) heading(PAGE_TEXTS[language].legendOf.cells);
  for (const { label, color } of items.bands) line((middle) => swatch(x, middle, color), label);
  if (items.classes.size > 0) {
    heading(texts.map.share);
    parts.push(
      `<text x="${x}" y="${at + 5}" font-size="11" fill="#45525f">${escapeMarkup(items.threshold)}</text>`,
    );
    at += 14;
  }
  for (const shareClass of SHARE_CLASSES.filter(({ key }) => items.classes.has(key))) {
    line((middle) => {
      const isHatched = items.hatchedClasses.has(shareClass.key);
      const fill = isHatched ? `url(#${idPrefix}-hachures-${shareClass.key})` : shareClass.color;
      return swatch(x, middle, fill);
    }, texts.map[shareClass.key]);
  }
  if (items.hatchedClasses.size > 0) {
    line((middle) => swatch(x, middle, `url(#${idPrefix}-hachures)`), texts.map.uncovered);
  }
  at += GAP;

  if (items.minutes.length > 0) {
    heading(texts.map.outlines);
    items.minutes.forEach((minutes, index) => {
      const color = outlineColors(items.minutes.length)[index];
      line((middle) => stroke(x, middle, color, 1.6), String(minutes));
    });
    at += GAP;
  }

  if (items.symbols.length > 0) {
    heading(texts.map.structures);
    for (const { group, isHollow, text } of items.symbols) {
      line((middle) => drawStructure(group, x + 12, middle, 5, isHollow), text);
    }
    at += GAP;
  }
  if (items.hasRoads) line((middle) => stroke(x, middle, '#6b6b6b', 1.2), texts.map.roads);
  if (items.hasRivers) line((middle) => stroke(x, middle, '#5b8fb9', 2), texts.map.rivers);
  return { parts, height: at - y };
}

function stroke(x: number, y: number, color: string, width: number): string {
  return `<path d="M${x} ${y}h24" stroke="${color}" stroke-width="${width}"/>`;
}

function swatch(x: number, middle: number, fill: string): string {
  return `<rect x="${x}" y="${middle - 7}" width="24" height="14" fill="${fill}" stroke="#8a949d" stroke-width="0.5"/>`;
}
