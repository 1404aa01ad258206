/**
 * What was probably meant by a value that is not allowed: a share where a percentage is asked or the other way
 * round, hours or seconds for minutes, a path as Windows, a shell or a browser writes it. In goes a key and its
 * value; out comes a remedy.
 */

/** Keys that hold a share between 0 and 1. */
const SHARE_KEYS = /^(uncovered_below|follow_up\.sdaasap_completion|targets\.path\.\d+)$/;
const MINUTES_KEYS = /^threshold_minutes$/;
/** A minute; nobody means a hundred-thousandth of an hour. */
const SHORTEST_HOURS = 1 / 60;

export function suggestMeant(key: string, value: unknown): string | undefined {
  if (typeof value === 'string' && /^\d+([.,]\d+)?\s*%$/.test(value.trim()) && SHARE_KEYS.test(key)) {
    return askShare(Number.parseFloat(value.replace(',', '.')));
  }
  if (typeof value !== 'number') return undefined;
  if (SHARE_KEYS.test(key) && value > 1 && value <= 100) return askShare(value);
  if (MINUTES_KEYS.test(key) && value >= SHORTEST_HOURS && value < 1) {
    return `Did you mean ${trim(value * 60)}? The key is in minutes, not in hours.`;
  }
  if (MINUTES_KEYS.test(key) && value > 240 && value <= 14_400) {
    return `Did you mean ${trim(value / 60)}? The key is in minutes, not in seconds.`;
  }
  return undefined;
}

function askShare(percent: number): string {
  return `Did you mean ${trim(percent / 100)}? The key is a share between 0 and 1, not a percentage.`;
}

/** Numbers in quotes, with a decimal comma, with blanks between thousands, or with their unit behind them. */
const WRITTEN_NUMBER = /^([+-]?\d{1,3}(?:[ \u00a0\u202f_]\d{3})+|[+-]?\d+)(?:[.,](\d+))?\s*(?:[a-zé/]+)?$/i;

/** For a text where a number is asked: the number as YAML takes it. */
export function suggestNumber(allowed: string, value: unknown): string | undefined {
  if (typeof value !== 'string' || !/\b(number|speed|share|minutes)\b/.test(allowed)) return undefined;
  const found = WRITTEN_NUMBER.exec(value.trim());
  if (found === null) return undefined;
  const [, whole, decimals] = found;
  const plain = `${whole!.replace(/[^\d+-]/g, '')}${decimals === undefined ? '' : `.${decimals}`}`;
  return `Write the number alone, without quotes and with a point before decimals: ${plain}`;
}

/** 0.57, not 0.5700000000000001. */
function trim(value: number): string {
  return String(Math.round(value * 1e6) / 1e6);
}

/** Why a path that is not there may be none; undefined where it looks like one. */
export function suggestPath(written: string): string | undefined {
  if (/^file:/i.test(written)) return 'Write the path of the file, not its address: without file://.';
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(written)) {
    return 'This is an address: download the file, and write its path; no command opens a connection.';
  }
  if (/^~/.test(written)) return '~ is not followed here: write the whole path.';
  if (/^["'«“].*["'»”]$/.test(written)) return 'Take the quotes inside the quotes away.';
  if (process.platform !== 'win32' && /\\/.test(written)) return 'Write / between folders, not \\.';
  return undefined;
}

/** For a path in double quotes, where a backslash begins an escape. `written`: what stands between the quotes. */
export function askForSingleQuotes(written: string | undefined): string {
  const path = written ?? 'C:\\donnees\\routes.osm.pbf';
  return `In double quotes a backslash begins an escape (\\t is a tab): write the path in single quotes, '${path}', or with slashes, ${path.replaceAll('\\', '/')}.`;
}
