/**
 * The report's map: choice of the mode, search, the interactive map with its panel, and the drawn maps, which
 * print and stand in where there is no script or no WebGL. The page's script (`page/`) brings it to life.
 */
import type { ModeCoverage } from '../coverage/coverage-result.ts';
import { buildPageData } from './build-page-data.ts';
import { countCommunes } from './headline.ts';
import { type HtmlSection, writeNote } from './html-section.ts';
import { formatRate } from './numbers.ts';
import { readPageAssets } from './page-assets.ts';
import type { PageData } from './page-data.ts';
import { PAGE_LAYERS, PAGE_TEXTS, type PageLayer } from './page-texts.ts';
import type { ReportInput } from './report-input.ts';
import { drawSvgMap } from './svg-map.ts';
import { escapeMarkup } from './svg-text.ts';
import { TEXTS, wordMode } from './texts.ts';

/** Fit for paper: there it shrinks by a fifth. */
const MAP_WIDTH = 860;
const SMALL_MAP_WIDTH = 420;
/** Layers that are seen at first. */
const SHOWN_LAYERS: ReadonlySet<PageLayer> = new Set(['hatching', 'structures', 'roads', 'rivers', 'names']);

/** Undefined where there is neither a polygon nor a cell. */
export function writeMaps(input: ReportInput): HtmlSection | undefined {
  const data = buildPageData(input);
  if (data === undefined) return undefined;
  const { language } = input;
  const note = input.geometryOfCommune.size > 0 ? writeNote(TEXTS[language].report.mapNote) : '';
  return {
    id: 'cartes',
    title: TEXTS[language].report.mapTitle,
    content: [
      writeTools(input, data),
      writeInteractive(data),
      writeStatic(input),
      note,
      writeSmall(input),
    ].join('\n'),
    scripts: `<script type="application/json" id="donnees">${writeSafeJson(data)}</script>
<script type="text/plain" id="carte-travail">${readPageAssets().mapWorker}</script>`,
  };
}

/** JSON that ends no script element, whatever the names in it. */
export function writeSafeJson(data: unknown): string {
  return JSON.stringify(data)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

function writeTools({ result, language }: ReportInput, data: PageData): string {
  const texts = PAGE_TEXTS[language];
  const modes = result.modes.map(
    (mode, at) =>
      `<label><input type="radio" name="mode" value="${at}"${at === 0 ? ' checked' : ''}><span>${escapeMarkup(wordMode(mode.mode, language).title)} <b>${formatRate(mode.whole.rate, language)}</b></span></label>`,
  );
  return `<div class="map-tools with-script"><fieldset class="modes"><legend>${escapeMarkup(texts.mode)}</legend>${modes.join('')}</fieldset>${writeSearch(data)}</div>
<p id="sans-webgl" class="note" hidden>${escapeMarkup(texts.noWebgl)}</p>`;
}

function writeSearch({ communes, language }: PageData): string {
  if (communes.code.length === 0) return '';
  const texts = PAGE_TEXTS[language];
  return `<form class="search" role="search"><label for="recherche-commune">${escapeMarkup(texts.search)}</label><input type="search" id="recherche-commune" list="liste-communes" autocomplete="off" placeholder="${escapeMarkup(texts.searchHint)}"><datalist id="liste-communes"></datalist><p id="recherche-reponse" role="status"></p></form>`;
}

function writeInteractive(data: PageData): string {
  const texts = PAGE_TEXTS[data.language];
  const has = {
    communes: data.topology !== null,
    cells: data.cells !== null,
    bands: data.modes.some(({ bands }) => bands.length > 0),
  };
  const themes = (['communes', 'cells', 'bands'] as const).filter((theme) => has[theme]);
  const themeLines = themes.map(
    (theme, at) =>
      `<label><input type="radio" name="fond" value="${theme}"${at === 0 ? ' checked' : ''}> ${escapeMarkup(texts.themes[theme])}</label>`,
  );
  const hasLayer: Record<PageLayer, boolean> = {
    hatching: has.communes,
    structures: data.structures.length > 0,
    outlines: has.bands,
    roads: data.roads.length > 0,
    rivers: data.rivers.length > 0,
    names: has.communes,
  };
  const layerLines = PAGE_LAYERS.filter((layer) => hasLayer[layer]).map(
    (layer) =>
      `<label><input type="checkbox" id="couche-${layer}"${SHOWN_LAYERS.has(layer) ? ' checked' : ''}> ${escapeMarkup(texts.layer[layer])}</label>`,
  );
  const button = (id: string, sign: string, title: string): string =>
    `<button type="button" id="${id}" title="${escapeMarkup(title)}" aria-label="${escapeMarkup(title)}">${sign}</button>`;
  return `<div class="map-grid">
<div class="map-frame">
<div id="carte" role="region" aria-label="${escapeMarkup(texts.map)}"></div>
<div class="map-buttons">${button('carte-plus', '+', texts.zoomIn)}${button('carte-moins', '−', texts.zoomOut)}${button('carte-tout', '⤢', texts.wholeMap)}</div>
<div class="north" aria-hidden="true"><svg width="18" height="24" viewBox="0 0 18 24"><path d="M9 1l7 20-7-5-7 5z" fill="#1b2733"/></svg>${escapeMarkup(texts.north)}</div>
<div id="carte-bulle" hidden></div>
${data.attribution === '' ? '' : `<div class="attribution">${escapeMarkup(data.attribution)}</div>`}
</div>
<div class="map-side">
<div class="card-holder" aria-live="polite"><div id="fiche" hidden><button type="button" id="fiche-fermer" title="${escapeMarkup(texts.close)}" aria-label="${escapeMarkup(texts.close)}">×</button><div id="fiche-contenu"></div></div></div>
<fieldset><legend>${escapeMarkup(texts.theme)}</legend>${themeLines.join('')}</fieldset>
<fieldset><legend>${escapeMarkup(texts.layers)}</legend>${layerLines.join('')}</fieldset>
<div class="legend-box"><h3>${escapeMarkup(texts.legend)}</h3><div id="legende"></div></div>
</div>
</div>
<p class="note with-map">${escapeMarkup(texts.mapHelp)}</p>`;
}

/** One drawn map per mode; the page shows the current one where it shows any. */
function writeStatic(input: ReportInput): string {
  const figures = input.result.modes.map((mode, at) => {
    const map = drawSvgMap(input, mode, { width: MAP_WIDTH, idPrefix: `carte-${at + 1}` });
    return `<figure data-mode="${escapeMarkup(mode.mode)}"${at === 0 ? ' class="current"' : ''}>${map ?? ''}</figure>`;
  });
  return `<div class="static-maps">${figures.join('\n')}</div>`;
}

/** The modes beside one another, where there are several. */
function writeSmall(input: ReportInput): string {
  const { language, result } = input;
  if (result.modes.length < 2) return '';
  const small = result.modes.map((mode, at) => {
    const map = drawSvgMap(input, mode, {
      width: SMALL_MAP_WIDTH,
      isSmall: true,
      idPrefix: `petite-${at + 1}`,
    });
    return `<figure><figcaption>${escapeMarkup(captionOf(input, mode))}</figcaption>${map ?? ''}</figure>`;
  });
  return `<h3>${escapeMarkup(PAGE_TEXTS[language].allModes)}</h3><div class="small-maps">${small.join('\n')}</div>`;
}

function captionOf({ language }: ReportInput, mode: ModeCoverage): string {
  const parts = [wordMode(mode.mode, language).title, formatRate(mode.whole.rate, language)];
  if (mode.communes.length > 0) {
    const colon = language === 'fr' ? ' :' : ':';
    parts.push(`${TEXTS[language].table.uncoveredCommunes}${colon} ${countCommunes(mode, 'non couverte')}`);
  }
  return parts.join(' · ');
}
