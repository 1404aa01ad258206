/** The report's maps: the first mode large, the others beside one another. */
import { countCommunes } from './headline.ts';
import { type HtmlSection, writeNote } from './html-section.ts';
import { formatRate } from './numbers.ts';
import type { ReportInput } from './report-input.ts';
import { drawSvgMap } from './svg-map.ts';
import { escapeMarkup } from './svg-text.ts';
import { TEXTS, wordMode } from './texts.ts';

const MAP_WIDTH = 1072;
const SMALL_MAP_WIDTH = 420;

/** Undefined where no commune has a polygon. */
export function writeMaps(input: ReportInput): HtmlSection | undefined {
  const { language, result } = input;
  const texts = TEXTS[language].report;
  const [first, ...others] = result.modes;
  const large = first && drawSvgMap(input, first, { width: MAP_WIDTH });
  if (large === undefined) return undefined;
  const small = others.map((mode, at) => {
    const map = drawSvgMap(input, mode, {
      width: SMALL_MAP_WIDTH,
      isSmall: true,
      idPrefix: `carte-${at + 2}`,
    });
    const caption = `${wordMode(mode.mode, language).title} · ${formatRate(mode.whole.rate, language)} · ${TEXTS[language].table.uncoveredCommunes} : ${countCommunes(mode, 'non couverte')}`;
    return `<figure><figcaption>${escapeMarkup(caption)}</figcaption>${map}</figure>`;
  });
  const rest =
    small.length === 0
      ? ''
      : `<h3>${escapeMarkup(texts.otherMaps)}</h3><div class="small-maps">${small.join('\n')}</div>`;
  return {
    id: 'cartes',
    title: texts.mapTitle,
    content: `<div id="carte"><figure>${large}</figure></div>${writeNote(texts.mapNote)}${rest}`,
  };
}
