/**
 * Colours and symbols of the map, shared by the drawing and its legend.
 */
import type { CommuneCoverage } from '../coverage/coverage-result.ts';
import { formatNumber } from './numbers.ts';
import type { Language, StructureGroup } from './texts.ts';

export type ShareClassKey = 'all' | 'from80' | 'from50' | 'below50' | 'zero' | 'noPeople';

export interface ShareClass {
  key: ShareClassKey;
  color: string;
}

/** Blue to orange through near-white, after ColorBrewer's PuOr/RdBu: safe for the colour-blind. */
export const SHARE_CLASSES: readonly ShareClass[] = [
  { key: 'all', color: '#3b7fb6' },
  { key: 'from80', color: '#85b6d9' },
  { key: 'from50', color: '#cfe3f1' },
  { key: 'below50', color: '#fbc98e' },
  { key: 'zero', color: '#e8913c' },
  { key: 'noPeople', color: '#d9d9d9' },
];

/** Outlines from the shortest time on: dark to light. */
const OUTLINE_STOPS: readonly string[] = ['#1d1147', '#51127c', '#932b80', '#d3436e'];

/** A colour of its own for each of so many outlines. */
export function outlineColors(count: number): string[] {
  return spreadColors(OUTLINE_STOPS, count);
}

/** So many colours, all different, along the stops from the first to the last; few of them keep to the first stops. */
export function spreadColors(stops: readonly string[], count: number): string[] {
  if (count <= stops.length) return stops.slice(0, count);
  return Array.from({ length: count }, (_, at) => {
    const place = (at * (stops.length - 1)) / (count - 1);
    const from = Math.min(Math.floor(place), stops.length - 2);
    return mixColors(stops[from]!, stops[from + 1]!, place - from);
  });
}

function mixColors(a: string, b: string, share: number): string {
  const parts = [1, 3, 5].map((at) => {
    const [from, to] = [a, b].map((color) => Number.parseInt(color.slice(at, at + 2), 16)) as [
      number,
      number,
    ];
    return Math.round(from + (to - from) * share)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${parts.join('')}`;
}

export function shareClassOf({ rate }: CommuneCoverage): ShareClass {
  return shareClassOfRate(rate);
}

export function shareClassOfRate(rate: number | undefined): ShareClass {
  if (rate === undefined) return classByKey('noPeople');
  if (rate === 1) return classByKey('all');
  if (rate === 0) return classByKey('zero');
  if (rate >= 0.8) return classByKey('from80');
  return classByKey(rate >= 0.5 ? 'from50' : 'below50');
}

/** One hatching over each colour, and one over white for the legend's own line (`hachures`). */
export function drawHatchings(idPrefix: string): string {
  const hatchings = [
    ...SHARE_CLASSES.map(({ key, color }) => ({ id: `${idPrefix}-hachures-${key}`, color })),
    { id: `${idPrefix}-hachures`, color: '#ffffff' },
  ];
  return hatchings
    .map(
      ({ id, color }) =>
        `<pattern id="${id}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="${color}"/><rect width="1.6" height="6" fill="#7a3d00" fill-opacity="0.6"/></pattern>`,
    )
    .join('');
}

/** The commune's colour, hatched where it is `non couverte`. */
export function fillOf(commune: CommuneCoverage, idPrefix: string): string {
  const { key, color } = shareClassOf(commune);
  return commune.etat === 'non couverte' ? `url(#${idPrefix}-hachures-${key})` : color;
}

function classByKey(key: ShareClassKey): ShareClass {
  return SHARE_CLASSES.find((shareClass) => shareClass.key === key) as ShareClass;
}

/** A form for each group, hollow beyond the border: form and fill tell apart without colour. */
export function drawStructure(
  group: StructureGroup,
  x: number,
  y: number,
  size: number,
  isHollow: boolean,
): string {
  const { fill, stroke } = symbolColors(group, isHollow);
  return `<path d="${symbolPath(group, x, y, size)}" fill="${fill}" stroke="${stroke}" stroke-width="${size < 4 ? 0.8 : 1.3}"/>`;
}

export function symbolColors(group: StructureGroup, isHollow: boolean): { fill: string; stroke: string } {
  const color = SYMBOL_FILLS[group];
  return isHollow ? { fill: '#ffffff', stroke: color } : { fill: color, stroke: '#ffffff' };
}

/** The form round its middle as SVG path data, which a canvas draws as well. */
export function symbolPath(group: StructureGroup, x: number, y: number, size: number): string {
  const at = (dx: number, dy: number): string => `${round(x + dx * size)} ${round(y + dy * size)}`;
  const corners = SYMBOL_CORNERS[group];
  if (corners !== undefined) return `M${corners.map(([dx, dy]) => at(dx, dy)).join('L')}Z`;
  const radius = round(size);
  return `M${at(-1, 0)}a${radius} ${radius} 0 1 0 ${round(2 * size)} 0a${radius} ${radius} 0 1 0 ${round(-2 * size)} 0Z`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Corners in units of the size; a group without corners is a circle. */
const SYMBOL_CORNERS: Readonly<Partial<Record<StructureGroup, ReadonlyArray<readonly [number, number]>>>> = {
  departement: [
    [-0.9, -0.9],
    [0.9, -0.9],
    [0.9, 0.9],
    [-0.9, 0.9],
  ],
  ccas: [
    [0, -1.2],
    [1.15, 0.8],
    [-1.15, 0.8],
  ],
  // A house.
  mairie: [
    [0, -1.25],
    [1.05, -0.3],
    [0.8, -0.3],
    [0.8, 1],
    [-0.8, 1],
    [-0.8, -0.3],
    [-1.05, -0.3],
  ],
  // A cross.
  itinerant: [
    [-0.4, -1.2],
    [0.4, -1.2],
    [0.4, -0.4],
    [1.2, -0.4],
    [1.2, 0.4],
    [0.4, 0.4],
    [0.4, 1.2],
    [-0.4, 1.2],
    [-0.4, 0.4],
    [-1.2, 0.4],
    [-1.2, -0.4],
    [-0.4, -0.4],
  ],
  other: [
    [0, -1.3],
    [1.3, 0],
    [0, 1.3],
    [-1.3, 0],
  ],
};

export const SYMBOL_FILLS: Readonly<Record<StructureGroup, string>> = {
  'france-services': '#10243a',
  departement: '#7a1f5c',
  ccas: '#0b5d4e',
  mairie: '#8a3c00',
  itinerant: '#5b1fa0',
  other: '#4a4a4a',
};

/** A bar of a round length, at most 120 pixels, with its length in kilometres or metres. */
export function drawScaleBar(x: number, y: number, metersPerPixel: number, language: Language): string {
  const greatest = 120 * metersPerPixel;
  const power = 10 ** Math.floor(Math.log10(greatest));
  const length = [5, 2, 1].map((digit) => digit * power).find((meters) => meters <= greatest) ?? power;
  const pixels = length / metersPerPixel;
  const label =
    length >= 1000 ? `${formatNumber(length / 1000, language)} km` : `${formatNumber(length, language)} m`;
  return (
    `<g stroke="#1b2733" stroke-width="1.4" fill="none"><path d="M${x} ${y - 5}v5h${pixels.toFixed(1)}v-5"/></g>` +
    `<text x="${(x + pixels + 6).toFixed(1)}" y="${y}" font-size="11" fill="#1b2733">${label}</text>`
  );
}
