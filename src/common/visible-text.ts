/**
 * Text from files as a terminal may show it. A control character there moves the cursor, changes colours or the
 * window's title, or answers for the user; U+0080 to U+009F are controls too (U+009B begins what ESC [ begins). Marks
 * of direction (U+202E) show what follows in another order, U+2028 and U+2029 end a line for some programs, and
 * U+FFFE and U+FFFF are no characters.
 */

/** Every such character but line feed and tab as its number, `\u001b`. */
export function showControls(text: string): string {
  return hasControls(text) ? [...text].map(showControl).join('') : text;
}

/** As `showControls`, in one line: line feeds and tabs are shown too. */
export function showInOneLine(text: string): string {
  return showControls(text).replace(/[\n\t]/g, (character) => (character === '\n' ? '\\n' : '\\t'));
}

/** Without any of them, line feeds and tabs too: for names in tables, whose columns are narrow. */
export function withoutControls(text: string): string {
  return [...text].filter((character) => !/\p{Cc}/u.test(character) && !hasControls(character)).join('');
}

/** Characters of a value that a message shows: enough to find it again. */
export const LONGEST_VALUE = 80;
/** Characters of a whole sentence, which may list columns or keys; of a path, whose ends tell most. */
const LONGEST_SENTENCE = 600;
const LONGEST_PATH = 240;

/** A value as a message shows it: its beginning. */
export function shortened(value: string, longest = LONGEST_VALUE): string {
  // Not between the halves of a character.
  return value.length <= longest ? value : `${value.slice(0, longest).replace(/[\ud800-\udbff]$/, '')}…`;
}

export function shortenedSentence(text: string): string {
  return shortened(text, LONGEST_SENTENCE);
}

/** Both ends of a path that is longer than any screen. */
export function shortenedPath(path: string): string {
  if (path.length <= LONGEST_PATH) return path;
  return `${path.slice(0, LONGEST_VALUE)}…${path.slice(-LONGEST_VALUE)}`;
}

/** As `showControls`, for every text in a record, list or map. */
export function showControlsIn<T>(value: T): T {
  if (typeof value === 'string') return showControls(value) as T;
  if (Array.isArray(value)) return value.map(showControlsIn) as T;
  if (value instanceof Map) return new Map([...value].map(showControlsIn)) as T;
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, showControlsIn(inner)])) as T;
}

function showControl(character: string): string {
  const code = character.charCodeAt(0);
  return isControl(code) ? `\\u${code.toString(16).padStart(4, '0')}` : character;
}

function hasControls(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (isControl(text.charCodeAt(at))) return true;
  return false;
}

const LINE_FEED = 0x0a;
const TAB = 0x09;

function isControl(code: number): boolean {
  if (code < 0x20) return code !== LINE_FEED && code !== TAB;
  if (code < 0x7f) return false;
  return code < 0xa0 || (code >= 0x2028 && isLayoutMark(code)) || code >= 0xfffe;
}

/** Ends of lines and paragraphs, and marks that turn the direction of a text or keep it apart. */
function isLayoutMark(code: number): boolean {
  return code <= 0x202e || (code >= 0x2066 && code <= 0x2069);
}
