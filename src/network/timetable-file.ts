/**
 * The timetable file of one service day: timetables as named arrays, with whatever else is known of the day.
 * Decoding gives views on the bytes read; serialise, then read, is the identity.
 */
import type { HeadwayServices, Timetable, TransferRules } from '../transit/timetable.ts';
import { decodeArrays, encodeArrays, type FileArray } from './array-file.ts';

const KIND = 'timetable';
/** Parts of a timetable that are tables of their own. */
const NESTED = ['headways', 'transferRules'] as const;

type Plain = Record<string, unknown>;

/** @param about JSON that is kept beside the timetables */
export function encodeTimetables(timetables: readonly Timetable[], about: unknown): Uint8Array[] {
  const arrays: Record<string, FileArray> = {};
  const scalars = timetables.map((timetable, i) => {
    const { headways, transferRules, ...rest } = timetable;
    const nested: Plain = {};
    NESTED.forEach((name) => {
      nested[name] = split({ headways, transferRules }[name] as unknown as Plain, `${i}.${name}.`, arrays);
    });
    return { ...split(rest, `${i}.`, arrays), ...nested };
  });
  return encodeArrays(KIND, { about, scalars }, arrays);
}

/** @throws Error where the bytes are no timetable file: the caller reads the feeds anew. */
export function decodeTimetables(buffer: SharedArrayBuffer): { timetables: Timetable[]; about: unknown } {
  const { meta, arrays } = decodeArrays(buffer, KIND);
  const scalars = meta['scalars'];
  if (!Array.isArray(scalars)) throw new Error('no timetables');
  const timetables = scalars.map((kept: Plain, i) => {
    const timetable: Plain = { ...kept, ...pick(arrays, `${i}.`) };
    for (const name of NESTED) {
      timetable[name] = { ...(kept[name] as object), ...pick(arrays, `${i}.${name}.`) } as unknown as
        | HeadwayServices
        | TransferRules;
    }
    if (!(timetable['callOfConnection'] instanceof Uint32Array)) throw new Error('no connections');
    return timetable as unknown as Timetable;
  });
  return { timetables, about: meta['about'] };
}

/** Takes the arrays out under prefixed names; returns what is left. */
function split(table: Plain, prefix: string, arrays: Record<string, FileArray>): Plain {
  const rest: Plain = {};
  for (const [name, value] of Object.entries(table)) {
    if (ArrayBuffer.isView(value)) arrays[prefix + name] = value as FileArray;
    else rest[name] = value;
  }
  return rest;
}

/** The arrays under a prefix, those of nested tables left out. */
function pick(arrays: Readonly<Record<string, FileArray>>, prefix: string): Record<string, FileArray> {
  const picked: Record<string, FileArray> = {};
  for (const [name, array] of Object.entries(arrays)) {
    if (!name.startsWith(prefix)) continue;
    const own = name.slice(prefix.length);
    if (!own.includes('.')) picked[own] = array;
  }
  return picked;
}
