/** The pictures that the map draws with: the hatching, and a symbol for each kind of structure. */
import { SYMBOL_FILLS } from '../map-symbols.ts';
import type { StructureGroup } from '../text-keys.ts';

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
    paint('hatching', HATCH_SIDE, paintHatching),
    ...groups.flatMap((group) => [
      paint(group, SYMBOL_SIDE, (context) => paintSymbol(context, group, false)),
      paint(`${group}-beyond`, SYMBOL_SIDE, (context) => paintSymbol(context, group, true)),
    ]),
  ];
}

function paint(name: string, side: number, draw: (context: CanvasRenderingContext2D) => void): MapImage {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side * PIXEL_RATIO;
  const context = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
  context.scale(PIXEL_RATIO, PIXEL_RATIO);
  draw(context);
  return {
    name,
    data: context.getImageData(0, 0, canvas.width, canvas.height),
    pixelRatio: PIXEL_RATIO,
  };
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

function paintSymbol(context: CanvasRenderingContext2D, group: StructureGroup, isHollow: boolean): void {
  const middle = SYMBOL_SIDE / 2;
  const color = SYMBOL_FILLS[group];
  context.beginPath();
  if (group === 'france-services') context.arc(middle, middle, 6, 0, 2 * Math.PI);
  else if (group === 'departement') context.rect(middle - 5.5, middle - 5.5, 11, 11);
  else if (group === 'ccas') {
    context.moveTo(middle, middle - 7);
    context.lineTo(middle + 7, middle + 5.5);
    context.lineTo(middle - 7, middle + 5.5);
  } else {
    context.moveTo(middle, middle - 7.5);
    context.lineTo(middle + 7.5, middle);
    context.lineTo(middle, middle + 7.5);
    context.lineTo(middle - 7.5, middle);
  }
  context.closePath();
  context.fillStyle = isHollow ? '#ffffff' : color;
  context.strokeStyle = isHollow ? color : '#ffffff';
  context.lineWidth = 1.6;
  context.fill();
  context.stroke();
}
