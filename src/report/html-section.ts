/** A section of the report: the page is an ordered list of functions that write one each. */
import type { ReportInput } from './report-input.ts';
import { escapeMarkup } from './svg-text.ts';

export interface HtmlSection {
  /** Anchor in the page, unique. */
  id: string;
  title: string;
  /** Markup, already escaped. */
  content: string;
}

/** Undefined where the study has nothing to say there. */
export type SectionWriter = (input: ReportInput) => HtmlSection | undefined;

export function wrapSection({ id, title, content }: HtmlSection): string {
  return `<section id="${id}"><h2>${escapeMarkup(title)}</h2>${content}</section>`;
}

export function writeNote(text: string): string {
  return `<p class="note">${escapeMarkup(text)}</p>`;
}
