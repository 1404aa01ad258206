/**
 * The chart of access times: one stacked bar per mode, one segment per band, as an SVG. Dark blue is near, orange
 * beyond, grey not connected; every segment wide enough carries its share.
 */
import type { CoverageResult } from '../coverage/coverage-result.ts';
import { spreadColors } from './map-symbols.ts';
import { formatPeople, formatRate } from './numbers.ts';
import { escapeMarkup } from './svg-text.ts';
import { type Language, TEXTS, wordBands, wordMode } from './texts.ts';

const BLUES: readonly string[] = ['#12436d', '#2f6ea5', '#6aa2cf', '#aacde8', '#dcebf6'];
const ORANGES: readonly string[] = ['#fbc98e', '#e8913c', '#b35900'];
const GREY = '#b4b4b4';

const BAR_HEIGHT = 34;
const ROW_HEIGHT = 64;
const WIDTH = 1072;

/** A colour per band: blues up to the threshold, oranges beyond, grey for the not connected. */
export function colorBands(edgesMinutes: readonly number[], thresholdMinutes: number): string[] {
  const bandCount = edgesMinutes.length + 1;
  const nearCount = edgesMinutes.filter((edge) => edge <= thresholdMinutes).length;
  return [
    ...(nearCount < BLUES.length
      ? Array.from({ length: nearCount }, (_, band) => BLUES[spacedStop(band, nearCount)]!)
      : spreadColors(BLUES, nearCount)),
    ...spreadColors(ORANGES, bandCount - nearCount),
    GREY,
  ];
}

/** Few bands stand far apart; the lightest blue is for more than four. */
function spacedStop(band: number, nearCount: number): number {
  return Math.round((band * (BLUES.length - 2)) / Math.max(1, nearCount - 1));
}

/** Whether white letters are read better on it than black ones (WCAG 2.2, relative luminance below 0.18). */
function isDark(color: string): boolean {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.18;
}

export function drawBands(result: CoverageResult, language: Language): string {
  const labels = wordBands(result.bandEdgesMinutes, language);
  const colors = colorBands(result.bandEdgesMinutes, result.thresholdDeciseconds / 600);
  const shown = result.modes.filter((mode) => mode.whole.population > 0);
  const parts = shown.map((mode, row) => {
    const y = row * ROW_HEIGHT;
    let x = 0;
    const segments = mode.whole.populationOfBand.map((people, band) => {
      const share = people / mode.whole.population;
      const left = x;
      const width = share * WIDTH;
      x += width;
      if (people === 0) return '';
      const tip = `${labels[band]} : ${formatPeople(people, language)} (${formatRate(share, language)})`;
      const inside =
        width < 52
          ? ''
          : `<text x="${(left + width / 2).toFixed(1)}" y="${y + 45}" font-size="13" text-anchor="middle" fill="${isDark(colors[band]!) ? '#ffffff' : '#1b2733'}">${formatRate(share, language)}</text>`;
      return `<g><title>${escapeMarkup(tip)}</title><rect x="${left.toFixed(2)}" y="${y + 23}" width="${width.toFixed(2)}" height="${BAR_HEIGHT}" fill="${colors[band]}" stroke="#ffffff" stroke-width="0.8"/>${inside}</g>`;
    });
    const title = escapeMarkup(wordMode(mode.mode, language).title);
    return `<text x="0" y="${y + 16}" font-size="14" font-weight="700" fill="#1b2733">${title}</text>${segments.join('')}`;
  });
  const legendY = shown.length * ROW_HEIGHT + 22;
  const step = WIDTH / labels.length;
  const legend = labels.map(
    (label, band) =>
      `<rect x="${(band * step).toFixed(1)}" y="${legendY - 11}" width="18" height="13" fill="${colors[band]}" stroke="#8a949d" stroke-width="0.5"/><text x="${(band * step + 24).toFixed(1)}" y="${legendY}" font-size="13" fill="#1b2733">${escapeMarkup(label)}</text>`,
  );
  const height = legendY + 10;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escapeMarkup(TEXTS[language].report.bandsTitle)}" font-family="system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif">${parts.join('\n')}${legend.join('')}</svg>`;
}
