/** The legend beside the interactive map: only what the map shows at the moment. */
import { drawStructure, SHARE_CLASSES, shareClassOfRate } from '../map-symbols.ts';
import type { PageData } from '../page-data.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { listSymbolLines } from '../structure-symbols.ts';
import { TEXTS } from '../texts.ts';
import { getElement, make } from './elements.ts';
import { colorOfMinutes, type Theme } from './map-style.ts';

export function showLegend(
  data: PageData,
  modeIndex: number,
  theme: Theme,
  hiddenLayers: ReadonlySet<string>,
): void {
  const { language, structures } = data;
  const texts = PAGE_TEXTS[language];
  const words = TEXTS[language];
  const mode = data.modes[modeIndex];
  const legend = getElement('legende');
  legend.replaceChildren();
  let list = document.createElement('ul');
  const head = (title: string): void => {
    list = make('ul');
    legend.append(make('h4', title), list);
  };
  const line = (symbol: HTMLElement, text: string): void => {
    const item = make('li');
    item.append(symbol, text);
    list.append(item);
  };

  if (theme === 'communes') {
    head(texts.legendOf.communes(data.threshold));
    const present = new Set(mode.rate.map((rate) => shareClassOfRate(rate ?? undefined).key));
    for (const { key, color } of SHARE_CLASSES) if (present.has(key)) line(swatch(color), words.map[key]);
  } else if (theme === 'cells') {
    head(texts.legendOf.cells);
    data.bandLabels.forEach((label, at) => {
      line(swatch(data.bandColors[at]), label);
    });
  } else {
    head(texts.legendOf.bands);
    const present = new Set(mode.bands.map(({ minutes }) => minutes));
    for (const [minutes, color] of colorOfMinutes(data, 'fill')) {
      if (present.has(minutes)) line(swatch(color), texts.within(String(minutes)));
    }
  }
  if (!hiddenLayers.has('hatching') && data.topology !== null) {
    if (mode.state.includes('non couverte')) line(make('span', '', 'swatch hatched'), words.map.uncovered);
    if (mode.borderline.includes(true)) line(make('span', '', 'stroke dashed'), texts.borderline);
  }
  if (!hiddenLayers.has('outlines') && mode.bands.length > 0) {
    head(texts.layer.outlines);
    for (const [minutes, color] of colorOfMinutes(data, 'outline')) {
      line(stroke(color), texts.within(String(minutes)));
    }
  }
  if (!hiddenLayers.has('structures') && structures.length > 0) {
    head(words.map.structures);
    for (const { group, isHollow, text } of listSymbolLines(structures, language)) {
      line(symbolOf(group, isHollow), text);
    }
  }
  const lines = [
    ...(data.roads.length > 0 && !hiddenLayers.has('roads') ? [['#6b6b6b', texts.roads] as const] : []),
    ...(data.rivers.length > 0 && !hiddenLayers.has('rivers') ? [['#5b8fb9', texts.rivers] as const] : []),
  ];
  if (lines.length > 0) head(texts.lines);
  for (const [color, text] of lines) line(stroke(color), text);
}

function swatch(color: string): HTMLElement {
  const element = make('span', '', 'swatch');
  element.style.background = color;
  return element;
}

function stroke(color: string): HTMLElement {
  const element = make('span', '', 'stroke');
  element.style.borderTopColor = color;
  return element;
}

/** The markup holds numbers and our own colours only. */
function symbolOf(group: Parameters<typeof drawStructure>[0], isHollow: boolean): HTMLElement {
  const element = make('span', '', 'symbol');
  element.innerHTML = `<svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">${drawStructure(group, 9, 9, 5, isHollow)}</svg>`;
  return element;
}
