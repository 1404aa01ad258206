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
export const OUTLINE_COLORS: readonly string[] = ['#1d1147', '#51127c', '#932b80', '#d3436e'];

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

/** A form for each type, hollow beyond the border: form and fill tell apart without colour. */
export function drawStructure(
  group: StructureGroup,
  x: number,
  y: number,
  size: number,
  isHollow: boolean,
): string {
  const fill = isHollow ? '#ffffff' : SYMBOL_FILLS[group];
  const stroke = isHollow ? SYMBOL_FILLS[group] : '#ffffff';
  const style = `fill="${fill}" stroke="${stroke}" stroke-width="${size < 4 ? 0.8 : 1.3}"`;
  const [px, py] = [x.toFixed(1), y.toFixed(1)];
  switch (group) {
    case 'france-services':
      return `<circle cx="${px}" cy="${py}" r="${size}" ${style}/>`;
    case 'departement': {
      const side = size * 1.8;
      return `<rect x="${(x - side / 2).toFixed(1)}" y="${(y - side / 2).toFixed(1)}" width="${side}" height="${side}" ${style}/>`;
    }
    case 'ccas':
      return `<path d="M${px} ${(y - size * 1.2).toFixed(1)}l${size * 1.15} ${size * 2}h${-size * 2.3}z" ${style}/>`;
    case 'other':
      return `<path d="M${px} ${(y - size * 1.3).toFixed(1)}l${size * 1.3} ${size * 1.3}l${-size * 1.3} ${size * 1.3}l${-size * 1.3} ${-size * 1.3}z" ${style}/>`;
  }
}

export const SYMBOL_FILLS: Readonly<Record<StructureGroup, string>> = {
  'france-services': '#10243a',
  departement: '#7a1f5c',
  ccas: '#0b5d4e',
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
