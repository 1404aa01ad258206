/**
 * `rapport.html`: one file that works offline. Headline per mode, map, access times, rates by EPCI and territory,
 * pockets, effect of the border, structures, all communes, quality of the data, method and sources.
 *
 * The map is the static SVG, alone inside `<div id="carte">`: an interactive map can take that place and leave
 * the SVG to printing and to readers without WebGL.
 */
import type { ModeCoverage } from '../coverage/coverage-result.ts';
import { countCommunes, writeHeadline } from './headline.ts';
import {
  writeBorderSection,
  writeCommunesSection,
  writePocketsSection,
  writeStructuresSection,
  writeTerritoriesSection,
} from './html-coverage-sections.ts';
import { writeMethodSection, writeQualitySection, writeSourcesSection } from './html-data-sections.ts';
import { writeFollowUpSection } from './html-follow-up-section.ts';
import { SCRIPT, STYLE } from './html-style.ts';
import { writeTargetsSection } from './html-targets-section.ts';
import { writeTransitSection } from './html-transit-section.ts';
import { writeReceptionSection, writeVariantsSection } from './html-variants-section.ts';
import { describeLicence } from './licences.ts';
import { formatDate, formatRate } from './numbers.ts';
import { OUTPUT_SCHEMA_VERSION, type ReportInput } from './report-input.ts';
import { drawBands } from './svg-bands.ts';
import { drawSvgMap } from './svg-map.ts';
import { escapeMarkup } from './svg-text.ts';
import { TEXTS, wordMode } from './texts.ts';

const MAP_WIDTH = 1072;
const SMALL_MAP_WIDTH = 420;

/** The whole file as text. */
export function writeHtmlReport(input: ReportInput): string {
  const { language, study } = input;
  const texts = TEXTS[language].report;
  const sections = [
    writeGlance(input),
    writeMaps(input),
    section(
      'temps',
      texts.bandsTitle,
      `${note(texts.bandsNote)}<figure>${drawBands(input.result, language)}</figure>`,
    ),
    titled('transports', writeTransitSection(input)),
    section('territoires', texts.territoriesTitle, writeTerritoriesSection(input)),
    section('poches', texts.pocketsTitle, writePocketsSection(input)),
    section('frontiere', texts.borderTitle, writeBorderSection(input)),
    section('structures', texts.structuresTitle, writeStructuresSection(input)),
    writeFollowUpSection(input),
    writeTargetsSection(input),
    titled('accueil', writeReceptionSection(input)),
    titled('variantes', writeVariantsSection(input)),
    section('communes', texts.communesTitle, writeCommunesSection(input)),
    section('qualite', texts.qualityTitle, writeQualitySection(input)),
    section('methode', texts.methodTitle, writeMethodSection(input)),
    section('sources', texts.sourcesTitle, writeSourcesSection(input)),
  ];
  const fictional = study.isFictional
    ? `<div class="fictional">${escapeMarkup(TEXTS[language].fictional)}</div>`
    : '';
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="maillage ${escapeMarkup(input.version)}, schema ${OUTPUT_SCHEMA_VERSION}">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<title>${escapeMarkup(`${study.name} · ${texts.title}`)}</title>
<style>${STYLE}</style>
</head>
<body>
<header><div><h1>${escapeMarkup(study.name)}</h1><p>${escapeMarkup(`${texts.title} · ${formatDate(study.date, language)}`)}</p>${fictional}</div></header>
<main>
${sections.filter((part) => part !== '').join('\n')}
</main>
<footer><div>${escapeMarkup(`${texts.generated} ${input.version}. ${describeLicence(language)}.`)}</div></footer>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function section(id: string, title: string, content: string): string {
  return `<section id="${id}"><h2>${escapeMarkup(title)}</h2>${content}</section>`;
}

function titled(id: string, part: { title: string; content: string } | undefined): string {
  return part === undefined ? '' : section(id, part.title, part.content);
}

function note(text: string): string {
  return `<p class="note">${escapeMarkup(text)}</p>`;
}

function writeGlance(input: ReportInput): string {
  const cards = input.result.modes.map((mode) => writeCard(input, mode));
  return section(
    'essentiel',
    TEXTS[input.language].report.atAGlance,
    `<div class="cards">${cards.join('\n')}</div>`,
  );
}

function writeCard(input: ReportInput, mode: ModeCoverage): string {
  const { language, result, study } = input;
  const { covered, leftOut, departures } = writeHeadline(mode, result, study.date, language);
  const also = departures === '' ? '' : `<p>${escapeMarkup(departures)}</p>`;
  return `<div class="card" data-mode="${escapeMarkup(mode.mode)}"><h3>${escapeMarkup(wordMode(mode.mode, language).title)}</h3><div class="rate">${formatRate(mode.whole.rate, language)}</div><p>${escapeMarkup(covered)}</p>${also}<p class="left">${escapeMarkup(leftOut)}</p></div>`;
}

/** The first mode large; the others beside one another. Nothing where no commune has a polygon. */
function writeMaps(input: ReportInput): string {
  const { language, result } = input;
  const texts = TEXTS[language].report;
  const [first, ...others] = result.modes;
  const large = first && drawSvgMap(input, first, { width: MAP_WIDTH });
  if (large === undefined) return '';
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
  return section(
    'cartes',
    texts.mapTitle,
    `<div id="carte"><figure>${large}</figure></div>${note(texts.mapNote)}${rest}`,
  );
}
