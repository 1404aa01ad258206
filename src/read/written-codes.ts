/**
 * The code of a commune as it is written -> INSEE's five characters. Every file that holds codes of communes, and the
 * study, is read through here, so that what is understood in one is understood in all.
 */

const WHOLE_CODE = /^(?:\d{5}|2[AB]\d{3})$/;
/** `71270.0` and `71270,` of programs that took a code for a number, `71 270` of people and of number formats. */
const WRITTEN_CODE = /^(\d{1,2}|2[ab])\s?(\d{3})(?:[.,]0*)?$/i;

/**
 * A code as spreadsheets and programs write it (`71270.0`, `71 270`, `'1004`, `="01004"`, `2a004`) -> its figures,
 * a lost zero still missing. What is no code stays as it is, without blanks around.
 */
export function cleanCode(written: string): string {
  if (WHOLE_CODE.test(written)) return written;
  const text = written.trim();
  const bare = text.replace(/^="?(.*?)"?$/, '$1').replace(/^['\u2018\u2019]/, '');
  const match = WRITTEN_CODE.exec(bare.trim());
  return match === null ? text : (match[1]! + match[2]!).toUpperCase();
}

/** The same, with the zero: `1004` -> `01004`. */
export function restoreCode(written: string): string {
  const code = cleanCode(written);
  return /^\d{4}$/.test(code) ? `0${code}` : code;
}
