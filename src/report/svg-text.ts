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

/** Safe between tags and inside quoted attributes. What XML forbids is dropped. */
export function escapeMarkup(text: string): string {
  return stripForbidden(text).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

function stripForbidden(text: string): string {
  for (let at = 0; at < text.length; at++) {
    // By characters, not by their halves: a half alone is forbidden, the two of a pair are not.
    if (isForbidden(text.charCodeAt(at)))
      return [...text].filter((one) => !isForbidden(one.codePointAt(0)!)).join('');
  }
  return text;
}

/**
 * What XML 1.0 has no place for (its production 2, Char): controls but line feed and tab, halves of pairs, U+FFFE
 * and U+FFFF.
 */
function isForbidden(codePoint: number): boolean {
  if (codePoint < 0x20) return codePoint !== 0x0a && codePoint !== 0x09;
  return (codePoint >= 0xd800 && codePoint < 0xe000) || codePoint === 0xfffe || codePoint === 0xffff;
}
