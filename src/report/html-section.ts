/** A section of the report: the page is an ordered list of functions that write one each. */
import type { ReportInput } from './report-input.ts';
import { escapeMarkup } from './svg-text.ts';

export interface HtmlSection {
  /** Anchor in the page, unique. */
  id: string;
  title: string;
  /** Markup, already escaped. */
  content: string;
  /** Data for the page's script, after the section and as it is. */
  scripts?: string;
}

/** Undefined where the study has nothing to say there. */
export type SectionWriter = (input: ReportInput) => HtmlSection | undefined;

export function wrapSection({ id, title, content, scripts = '' }: HtmlSection): string {
  return `<section id="${id}"><h2>${escapeMarkup(title)}</h2>${bindPunctuation(content)}</section>${scripts}`;
}

/** French puts a space before its double punctuation; a line must not break there. English has none. */
function bindPunctuation(markup: string): string {
  return markup.replace(/ ([:;?!»])(?=[ <.,)]|$)/g, '\u00a0$1').replaceAll('« ', '«\u00a0');
}

export function writeNote(text: string): string {
  return `<p class="note">${escapeMarkup(text)}</p>`;
}
