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
  for (let at = 0; at < text.length; at++) {
    if (isControl(text.charCodeAt(at)))
      return [...text].filter((one) => !isControl(one.charCodeAt(0))).join('');
  }
  return text;
}

/** Line feed and tab are none. */
function isControl(code: number): boolean {
  return code < 0x20 && code !== 0x0a && code !== 0x09;
}
