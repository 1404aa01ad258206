/**
 * Text that goes into HTML and SVG: escaped, always.
 */

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Safe between tags and inside quoted attributes. Control characters, which XML forbids, are dropped. */
export function escapeMarkup(text: string): string {
  return stripControls(text).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

function stripControls(text: string): string {
  return [...text]
    .filter((character) => character >= ' ' || character === '\n' || character === '\t')
    .join('');
}
