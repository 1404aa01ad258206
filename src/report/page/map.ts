/**
 * The interactive map: MapLibre GL, drawn by the reader's own machine from the page's data. Where WebGL is
 * missing or fails, the drawn map stays in its place.
 */
import type { FeatureCollection, Point } from 'geojson';
import {
  type GeoJSONSource,
  Map as GlMap,
  type MapMouseEvent,
  ScaleControl,
  setWorkerUrl,
} from 'maplibre-gl';
import type { PageData } from '../page-data.ts';
import { PAGE_LAYERS, PAGE_TEXTS } from '../page-texts.ts';
import { getElement } from './elements.ts';
import { listFacts } from './facts.ts';
import {
  boxOf,
  buildBands,
  buildCells,
  buildCommunes,
  buildNames,
  type CommuneFeatures,
} from './geometry.ts';
import { showLegend } from './legend.ts';
import { drawMapImages, drawNamePictures } from './map-images.ts';
import {
  buildStyle,
  colorOfCells,
  colorOfCommunes,
  LAYERS_OF,
  LAYERS_OF_THEME,
  type Theme,
  whereSet,
} from './map-style.ts';
import type { PageState, Pick } from './state.ts';

const PADDING_PIXELS = 22;
const NARROW_PADDING_PIXELS = 40;
const NARROW_PIXELS = 500;
/** How near a search goes. */
const NEAREST_ZOOM = 12;
/** Names are placed anew this many times in a doubling of the scale. */
const NAME_STEPS = 4;
/** After this the drawn map takes over, until the interactive one is there after all. */
const LONGEST_START_MILLISECONDS = 15_000;

/** Shows the map in its place, or tells why it cannot. */
export function openMap(data: PageData, state: PageState): void {
  try {
    if (typeof WebGL2RenderingContext === 'undefined') throw new Error('WebGL is missing');
    showInteractiveMap();
    const view = new MapView(data, state);
    view.start();
  } catch {
    showDrawnMap();
  }
}

/** Once the map has had its turn, the sections below it are laid out in full (`html-style.ts`). */
function layOutRest(): void {
  setTimeout(() => document.documentElement.classList.add('laid-out'), 100);
}

function showInteractiveMap(): void {
  document.documentElement.classList.add('has-map');
  getElement('sans-webgl').hidden = true;
}

function showDrawnMap(): void {
  document.documentElement.classList.remove('has-map');
  getElement('sans-webgl').hidden = false;
  layOutRest();
}

class MapView {
  private readonly container = getElement('carte');
  private readonly tip = getElement('carte-bulle');
  private readonly communes: CommuneFeatures;
  private readonly map: GlMap;
  private readonly hiddenLayers = new Set<string>();
  private theme: Theme;
  private hasCells = false;
  /** The mode whose bands the map has. */
  private modeOfBands: number | undefined;
  /** The zoom for which the map's names are placed. */
  private zoomOfNames: number | undefined;
  private readonly namesOfZoom = new Map<number, FeatureCollection<Point>>();

  constructor(
    private readonly data: PageData,
    private readonly state: PageState,
  ) {
    const { language, bounds } = data;
    const texts = PAGE_TEXTS[language];
    this.communes = buildCommunes(data);
    this.theme = data.topology === null ? (data.cells === null ? 'bands' : 'cells') : 'communes';
    const worker = new Blob([getElement('carte-travail').textContent ?? ''], { type: 'text/javascript' });
    // The fragment makes MapLibre start a classic worker: pages opened as files may start no module from a Blob.
    setWorkerUrl(`${URL.createObjectURL(worker)}#travail.cjs`);
    this.map = new GlMap({
      container: this.container,
      style: buildStyle(data, this.communes),
      bounds: [bounds[0], bounds[1], bounds[2], bounds[3]],
      fitBoundsOptions: { padding: this.findPadding() },
      attributionControl: false,
      cooperativeGestures: true,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0,
      maxZoom: 16,
      locale: texts.gestures,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.addControl(new ScaleControl({ maxWidth: 110 }), 'bottom-left');
    const canvas = this.map.getCanvas();
    canvas.setAttribute('aria-label', `${texts.map}. ${texts.mapHelp}`);
    canvas.setAttribute('role', 'application');
  }

  start(): void {
    const { map, state } = this;
    const tooLate = setTimeout(() => showDrawnMap(), LONGEST_START_MILLISECONDS);
    map.on('style.load', () => {
      for (const { name, data, pixelRatio } of [...drawMapImages(), ...drawNamePictures(this.data)]) {
        map.addImage(name, data, { pixelRatio });
      }
      this.bindPanel();
      this.showNames();
      this.showMode();
      this.showTheme();
    });
    map.on('load', () => {
      clearTimeout(tooLate);
      showInteractiveMap();
      map.once('idle', () => {
        this.container.dataset.ready = 'true';
        layOutRest();
      });
    });
    // Nearer, names that were placed fit still; farther they would not.
    map.on('zoom', () => {
      if (this.map.getZoom() < (this.zoomOfNames ?? Infinity)) this.showNames();
    });
    map.on('zoomend', () => this.showNames());
    map.on('mousemove', (event) => this.hover(event));
    map.on('mouseout', () => {
      this.tip.hidden = true;
    });
    map.on('click', (event) => state.pick(this.findUnder(event), true));
    state.whenMode(() => this.showMode());
    state.whenPicked((isFromMap) => this.showPicked(isFromMap));
    getElement('carte-plus').addEventListener('click', () => map.zoomIn());
    getElement('carte-moins').addEventListener('click', () => map.zoomOut());
    getElement('carte-tout').addEventListener('click', () => this.showWhole());
  }

  /** A narrow map leaves room for the names at its sides. */
  private findPadding(): number {
    return this.container.clientWidth < NARROW_PIXELS ? NARROW_PADDING_PIXELS : PADDING_PIXELS;
  }

  private showWhole(): void {
    const [west, south, east, north] = this.data.bounds;
    this.map.fitBounds([west, south, east, north], { padding: this.findPadding() });
  }

  private bindPanel(): void {
    for (const input of document.querySelectorAll<HTMLInputElement>('input[name="fond"]')) {
      if (input.checked) this.theme = input.value as Theme;
      input.addEventListener('change', () => {
        this.theme = input.value as Theme;
        this.showTheme();
      });
    }
    for (const layer of PAGE_LAYERS) {
      const input = document.getElementById(`couche-${layer}`) as HTMLInputElement | null;
      if (input === null) {
        for (const id of LAYERS_OF[layer]) this.setVisible(id, false);
        this.hiddenLayers.add(layer);
        continue;
      }
      const show = (): void => {
        if (input.checked) this.hiddenLayers.delete(layer);
        else this.hiddenLayers.add(layer);
        for (const id of LAYERS_OF[layer]) this.setVisible(id, input.checked);
        this.loadBands();
        this.showLegend();
      };
      input.addEventListener('change', show);
      show();
    }
  }

  private setVisible(layer: string, isVisible: boolean): void {
    this.map.setLayoutProperty(layer, 'visibility', isVisible ? 'visible' : 'none');
  }

  private showTheme(): void {
    if (this.theme === 'cells') this.loadCells();
    this.loadBands();
    const shown = LAYERS_OF_THEME[this.theme];
    for (const layer of Object.values(LAYERS_OF_THEME).flat()) this.setVisible(layer, shown.includes(layer));
    this.showLegend();
  }

  /** Only when they are first asked for: they are most of the page's geometry. */
  private loadCells(): void {
    const { cells } = this.data;
    if (cells === null || this.hasCells) return;
    this.hasCells = true;
    (this.map.getSource('cells') as GeoJSONSource).setData(buildCells(this.data, cells));
  }

  /** Likewise: neither as a theme nor as outlines are they seen at first. */
  private loadBands(): void {
    const { mode } = this.state;
    if (this.modeOfBands === mode || (this.theme !== 'bands' && this.hiddenLayers.has('outlines'))) return;
    this.modeOfBands = mode;
    (this.map.getSource('bands') as GeoJSONSource).setData(buildBands(this.data, mode));
  }

  private showNames(): void {
    const zoom = Math.floor(this.map.getZoom() * NAME_STEPS) / NAME_STEPS;
    const source = this.map.getSource('names') as GeoJSONSource | undefined;
    if (zoom === this.zoomOfNames || source === undefined) return;
    this.zoomOfNames = zoom;
    const names = this.namesOfZoom.get(zoom) ?? buildNames(this.data, this.communes, zoom);
    this.namesOfZoom.set(zoom, names);
    source.setData(names);
  }

  private showMode(): void {
    const { map, data } = this;
    const { mode } = this.state;
    if (map.getLayer('communes') === undefined) return;
    map.setPaintProperty('communes', 'fill-color', colorOfCommunes(mode));
    map.setPaintProperty('cells', 'fill-color', colorOfCells(data, mode));
    map.setPaintProperty('cell-points', 'circle-color', colorOfCells(data, mode));
    map.setFilter('hatching', whereSet('h', mode));
    map.setFilter('borderline', whereSet('b', mode));
    this.loadBands();
    this.showLegend();
  }

  private showLegend(): void {
    showLegend(this.data, this.state.mode, this.theme, this.hiddenLayers);
  }

  /** The structure, else the cell, else the commune under the pointer. */
  private findUnder({ point }: MapMouseEvent): Pick | undefined {
    const { map } = this;
    const around: [[number, number], [number, number]] = [
      [point.x - 4, point.y - 4],
      [point.x + 4, point.y + 4],
    ];
    const [structure] = map.queryRenderedFeatures(around, { layers: ['structures'] });
    if (structure !== undefined) return { kind: 'structure', index: Number(structure.id) };
    const [found] = map.queryRenderedFeatures([point.x, point.y], {
      layers: ['cells', 'cell-points', 'communes', 'ground'],
    });
    if (found === undefined) return undefined;
    return { kind: found.source === 'communes' ? 'commune' : 'cell', index: Number(found.id) };
  }

  private hover(event: MapMouseEvent): void {
    const pick = this.findUnder(event);
    this.map.getCanvas().style.cursor = pick === undefined ? '' : 'pointer';
    this.tip.hidden = pick === undefined;
    if (pick === undefined) return;
    const { title, lines } = listFacts(this.data, this.state.mode, pick);
    const [first, second] = lines;
    const shown = pick.kind === 'structure' ? first : second;
    this.tip.replaceChildren();
    const name = document.createElement('b');
    name.textContent = title;
    this.tip.append(name, document.createElement('br'), shown.filter((text) => text !== '').join(' : '));
    const isRight = event.point.x > this.container.clientWidth / 2;
    this.tip.style.left = isRight ? '' : `${event.point.x + 14}px`;
    this.tip.style.right = isRight ? `${this.container.clientWidth - event.point.x + 14}px` : '';
    this.tip.style.top = `${Math.max(6, event.point.y - 18)}px`;
  }

  private showPicked(isFromMap: boolean): void {
    const { picked } = this.state;
    const index = picked?.kind === 'commune' ? picked.index : -1;
    this.map.setFilter('picked', ['==', ['id'], index]);
    if (isFromMap || index < 0) return;
    const commune = this.communes.features.find(({ id }) => Number(id) === index);
    if (commune === undefined) return;
    this.map.fitBounds(boxOf(commune.geometry), { padding: 80, maxZoom: NEAREST_ZOOM });
  }
}
