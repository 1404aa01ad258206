/**
 * How wide a text is in DejaVu Sans, near enough to break lines on a printed sheet: an SVG does not break them
 * itself, and a viewer's font is not known. Widths in thousandths of the font's size, after the font's own
 * tables, rounded up by class of character.
 */

/** Class of characters -> thousandths of the font size. */
const WIDTHS: ReadonlyArray<readonly [RegExp, number]> = [
  [/[ijl'’|!.,:;·\u00a0\u202f ]/, 330],
  [/[frtI()[\]/-]/, 410],
  [/[mwMW%@©]/, 960],
  [/[A-ZÀ-Þ<>=+]/, 740],
  [/./su, 630],
];
const BOLD = 1.11;

export function measureText(text: string, fontSize: number, isBold = false): number {
  let thousandths = 0;
  for (const character of text) thousandths += widthOf(character);
  return (thousandths / 1000) * fontSize * (isBold ? BOLD : 1);
}

function widthOf(character: string): number {
  return WIDTHS.find(([characters]) => characters.test(character))?.[1] ?? 1000;
}

/** The text, cut with an ellipsis where it is wider. */
export function shortenToWidth(text: string, fontSize: number, width: number, isBold = false): string {
  if (measureText(text, fontSize, isBold) <= width) return text;
  // Forward, once: a name may have any length.
  let kept = '';
  let used = measureText('…', fontSize, isBold);
  for (const character of text) {
    used += measureText(character, fontSize, isBold);
    if (used > width) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Lines no wider than `width`, broken at ordinary spaces; what does not fit in the last one is cut. */
export function wrapToWidth(
  text: string,
  fontSize: number,
  width: number,
  greatestLineCount: number,
): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || measureText(longer, fontSize) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  if (line !== '') lines.push(line);
  if (lines.length > greatestLineCount) {
    lines.splice(greatestLineCount - 1, lines.length, lines.slice(greatestLineCount - 1).join(' '));
  }
  return lines.map((each) => shortenToWidth(each, fontSize, width));
}
