/**
 * `rapport.html`: one file that works offline. Headline per mode, map, access times, rates by EPCI and territory,
 * pockets, effect of the border, structures, all communes, quality of the data, method and sources.
 *
 * A further section is a function of the input, added to SECTIONS at its place.
 */
import { writeBands } from './html-bands.ts';
import { writeCommunesSection } from './html-communes-section.ts';
import {
  writeBorderSection,
  writePocketsSection,
  writeStructuresSection,
  writeTerritoriesSection,
} from './html-coverage-sections.ts';
import { writeMethodSection, writeQualitySection, writeSourcesSection } from './html-data-sections.ts';
import { writeFollowUpSection } from './html-follow-up-section.ts';
import { writeGlance } from './html-glance.ts';
import { writeMaps } from './html-maps.ts';
import { type HtmlSection, type SectionWriter, wrapSection } from './html-section.ts';
import { STYLE } from './html-style.ts';
import { writeTargetsSection } from './html-targets-section.ts';
import { writeTransitSection } from './html-transit-section.ts';
import { writeReceptionSection, writeVariantsSection } from './html-variants-section.ts';
import { describeLicence } from './licences.ts';
import { formatDate } from './numbers.ts';
import { readPageAssets } from './page-assets.ts';
import { PAGE_TEXTS } from './page-texts.ts';
import { OUTPUT_SCHEMA_VERSION, type ReportInput } from './report-input.ts';
import { escapeMarkup } from './svg-text.ts';
import { TEXTS } from './texts.ts';

/** The page from top to bottom. */
const SECTIONS: readonly SectionWriter[] = [
  writeGlance,
  writeMaps,
  (input) => titled('temps', 'bandsTitle', input, writeBands),
  (input) => identified('transports', writeTransitSection(input)),
  (input) => titled('territoires', 'territoriesTitle', input, writeTerritoriesSection),
  (input) => titled('poches', 'pocketsTitle', input, writePocketsSection),
  (input) => titled('frontiere', 'borderTitle', input, writeBorderSection),
  (input) => titled('structures', 'structuresTitle', input, writeStructuresSection),
  writeFollowUpSection,
  writeTargetsSection,
  (input) => identified('accueil', writeReceptionSection(input)),
  (input) => identified('variantes', writeVariantsSection(input)),
  writeCommunesSection,
  (input) => titled('qualite', 'qualityTitle', input, writeQualitySection),
  (input) => titled('methode', 'methodTitle', input, writeMethodSection),
  (input) => titled('sources', 'sourcesTitle', input, writeSourcesSection),
];

/** The whole file as text. */
export function writeHtmlReport(input: ReportInput): string {
  const { language, study } = input;
  const texts = TEXTS[language].report;
  const sections = SECTIONS.flatMap((write) => write(input) ?? []);
  const links = sections.map(({ id, title }) => `<li><a href="#${id}">${escapeMarkup(title)}</a></li>`);
  const fictional = study.isFictional
    ? `<div class="fictional">${escapeMarkup(TEXTS[language].fictional)}</div>`
    : '';
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="maillage ${escapeMarkup(input.version)}, schema ${OUTPUT_SCHEMA_VERSION}">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; worker-src blob:; connect-src blob:; img-src data: blob:">
<title>${escapeMarkup(`${study.name} · ${texts.title}`)}</title>
<style>${STYLE}</style>
<script>document.documentElement.className='js'</script>
</head>
<body>
<a class="skip" href="#contenu">${escapeMarkup(PAGE_TEXTS[language].skip)}</a>
<header><div><h1>${escapeMarkup(study.name)}</h1><p>${escapeMarkup(`${texts.title} · ${formatDate(study.date, language)}`)}</p>${fictional}</div></header>
<nav aria-label="${escapeMarkup(PAGE_TEXTS[language].contents)}"><ul>${links.join('')}</ul></nav>
<main id="contenu" tabindex="-1">
${sections.map(wrapSection).join('\n')}
</main>
<footer><div>${escapeMarkup(`${texts.generated} ${input.version}. ${study.isFictional ? TEXTS[language].fictional : `${describeLicence(language)}.`}`)}</div></footer>
<script>${readPageAssets().script}</script>
</body>
</html>
`;
}

type TitleWord = Extract<keyof (typeof TEXTS)['fr']['report'], `${string}Title`>;

function titled(
  id: string,
  title: TitleWord,
  input: ReportInput,
  write: (input: ReportInput) => string | undefined,
): HtmlSection | undefined {
  const content = write(input);
  return content === undefined ? undefined : { id, title: TEXTS[input.language].report[title], content };
}

function identified(
  id: string,
  part: { title: string; content: string } | undefined,
): HtmlSection | undefined {
  return part && { id, ...part };
}
