/**
 * The pictures that the map draws with: the hatching, a symbol for each kind of structure, and names from right to
 * left.
 */
import { SYMBOL_FILLS, symbolColors, symbolPath } from '../map-symbols.ts';
import type { PageData } from '../page-data.ts';
import type { StructureGroup } from '../text-keys.ts';
import { isRightToLeft, namePicture } from './geometry.ts';

const PIXEL_RATIO = 2;
/** Side of a symbol in page pixels, its outline included. */
const SYMBOL_SIDE = 18;
/** Distance of the hatching's stripes in page pixels. */
const HATCH_SIDE = 8;

export interface MapImage {
  name: string;
  data: ImageData;
  pixelRatio: number;
}

export function drawMapImages(): MapImage[] {
  const groups = Object.keys(SYMBOL_FILLS) as StructureGroup[];
  return [
    paint('hatching', HATCH_SIDE, HATCH_SIDE, paintHatching),
    ...groups.flatMap((group) => [
      paint(group, SYMBOL_SIDE, SYMBOL_SIDE, (context) => paintSymbol(context, group, false)),
      paint(`${group}-beyond`, SYMBOL_SIDE, SYMBOL_SIDE, (context) => paintSymbol(context, group, true)),
    ]),
  ];
}

function paint(
  name: string,
  width: number,
  height: number,
  draw: (context: CanvasRenderingContext2D) => void,
): MapImage {
  const canvas = document.createElement('canvas');
  canvas.width = width * PIXEL_RATIO;
  canvas.height = height * PIXEL_RATIO;
  const context = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
  context.scale(PIXEL_RATIO, PIXEL_RATIO);
  draw(context);
  return {
    name,
    data: context.getImageData(0, 0, canvas.width, canvas.height),
    pixelRatio: PIXEL_RATIO,
  };
}

const NAME_FONT = '600 12px system-ui, "Segoe UI", "DejaVu Sans", sans-serif';
const NAME_HEIGHT = 20;
const NAME_MARGIN = 4;
/** Letters of a longer name that are left out. */
const LONGEST_NAME = 40;

/** Names from right to left as pictures: the browser's own text orders and joins their letters. */
export function drawNamePictures({ communes }: PageData): MapImage[] {
  return communes.name.flatMap((name, index) =>
    isRightToLeft(name) ? [paintName(namePicture(index), shorten(name))] : [],
  );
}

function shorten(name: string): string {
  const letters = [...name];
  return letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME - 1).join('')}…` : name;
}

function paintName(picture: string, name: string): MapImage {
  const ruler = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
  ruler.font = NAME_FONT;
  const width = Math.ceil(ruler.measureText(name).width) + 2 * NAME_MARGIN;
  return paint(picture, width, NAME_HEIGHT, (context) => {
    context.font = NAME_FONT;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    context.lineWidth = 3.2;
    context.strokeStyle = '#ffffff';
    context.fillStyle = '#1b2733';
    context.strokeText(name, width / 2, NAME_HEIGHT / 2);
    context.fillText(name, width / 2, NAME_HEIGHT / 2);
  });
}

/** One stripe from corner to corner, and the corners of its neighbours, so that tiles join. */
function paintHatching(context: CanvasRenderingContext2D): void {
  context.strokeStyle = 'rgba(90, 40, 0, 0.62)';
  context.lineWidth = 1.5;
  context.beginPath();
  for (const shift of [-HATCH_SIDE, 0, HATCH_SIDE]) {
    context.moveTo(shift - 2, HATCH_SIDE + 2);
    context.lineTo(shift + HATCH_SIDE + 2, -2);
  }
  context.stroke();
}

/** Half of a symbol's extent, near enough to the drawn map's in relation to the page. */
const SYMBOL_SIZE = 6;

function paintSymbol(context: CanvasRenderingContext2D, group: StructureGroup, isHollow: boolean): void {
  const { fill, stroke } = symbolColors(group, isHollow);
  const form = new Path2D(symbolPath(group, SYMBOL_SIDE / 2, SYMBOL_SIDE / 2, SYMBOL_SIZE));
  context.fillStyle = fill;
  context.strokeStyle = stroke;
  context.lineWidth = 1.6;
  context.fill(form);
  context.stroke(form);
}
