/**
 * The string table of a PBF block, classified lazily: a string is compared with the keys that matter once per
 * block, when first met as a key, and decoded only when it is the value of such a key. Tag sets are interned
 * over the whole file.
 */
import type { OsmTags } from './osm-data.ts';
import { RELEVANT_NODE_KEYS, RELEVANT_WAY_KEYS } from './relevant-keys.ts';

/** Key id -> key, over the keys of ways and of nodes: equal tags give one tag set, whoever carries them. */
export const RELEVANT_KEYS: readonly string[] = [
  ...new Set([...RELEVANT_WAY_KEYS, ...RELEVANT_NODE_KEYS]),
].sort();

const IRRELEVANT = -1;

/** Interned values and tag sets of one file. */
export class TagSets {
  readonly tagSets: OsmTags[] = [];
  private readonly values: string[] = [];
  private readonly idOfValue = new Map<string, number>();
  /** Hash -> tag set ids with that hash. */
  private readonly idsOfHash = new Map<number, number[]>();
  /** tag set -> its (key id, value id) pairs. */
  private readonly pairsOfSet: Int32Array[] = [];

  internValue(value: string): number {
    let id = this.idOfValue.get(value);
    if (id === undefined) {
      id = this.values.length;
      this.values.push(value);
      this.idOfValue.set(value, id);
    }
    return id;
  }

  /** Interns the first `count` pairs (key id, value id) of `pairs`, which must be in ascending key order. */
  internSet(pairs: Int32Array, count: number): number {
    let hash = count;
    for (let i = 0; i < 2 * count; i++) hash = (Math.imul(hash, 31) + pairs[i]!) | 0;
    let ids = this.idsOfHash.get(hash);
    if (ids === undefined) {
      ids = [];
      this.idsOfHash.set(hash, ids);
    }
    for (const id of ids) if (samePairs(this.pairsOfSet[id]!, pairs, count)) return id;
    const id = this.tagSets.length;
    const tags: Record<string, string> = {};
    for (let i = 0; i < count; i++) tags[RELEVANT_KEYS[pairs[2 * i]!]!] = this.values[pairs[2 * i + 1]!]!;
    this.tagSets.push(tags);
    this.pairsOfSet.push(pairs.slice(0, 2 * count));
    ids.push(id);
    return id;
  }
}

function samePairs(stored: Int32Array, pairs: Int32Array, count: number): boolean {
  if (stored.length !== 2 * count) return false;
  for (let i = 0; i < 2 * count; i++) if (stored[i] !== pairs[i]) return false;
  return true;
}

/** One block's strings: `start`/`end` byte offsets, and what each string is as a key and as a value. */
export class BlockStrings {
  private bytes: Uint8Array = new Uint8Array(0);
  private count = 0;
  private start = new Uint32Array(1024);
  private end = new Uint32Array(1024);
  /** string -> 0 not met yet, IRRELEVANT, or key id + 1. Separate for ways and nodes, whose keys differ. */
  private readonly keyClass: [Int16Array, Int16Array] = [new Int16Array(1024), new Int16Array(1024)];
  /** string -> interned value id + 1, 0 = not decoded yet. */
  private valueId = new Int32Array(1024);
  private readonly keyIdOfName: [Map<string, number>, Map<string, number>];

  constructor(private readonly sets: TagSets) {
    const index = (keys: readonly string[]) => new Map(keys.map((key) => [key, RELEVANT_KEYS.indexOf(key)]));
    this.keyIdOfName = [index(RELEVANT_WAY_KEYS), index(RELEVANT_NODE_KEYS)];
  }

  /** Reads a StringTable message lying at bytes[from, to). */
  load(bytes: Uint8Array, from: number, to: number): void {
    this.bytes = bytes;
    let p = from;
    let n = 0;
    while (p < to) {
      if (bytes[p++] !== 0x0a) throw new RangeError('unexpected field in a string table');
      let length = 0;
      let shift = 0;
      let byte: number;
      do {
        byte = bytes[p++]!;
        length |= (byte & 0x7f) << shift;
        shift += 7;
      } while (byte >= 0x80 && shift < 35);
      if (n === this.start.length) this.grow();
      this.start[n] = p;
      p += length;
      this.end[n++] = p;
    }
    if (p !== to) throw new RangeError('string table beyond its end');
    this.count = n;
    this.keyClass[0].fill(0, 0, n);
    this.keyClass[1].fill(0, 0, n);
    this.valueId.fill(0, 0, n);
  }

  text(string: number): string {
    if (string >= this.count) throw new RangeError('string index beyond the table');
    return Buffer.from(
      this.bytes.buffer,
      this.bytes.byteOffset + this.start[string]!,
      this.end[string]! - this.start[string]!,
    ).toString('utf8');
  }

  /** Key id of a string as a key of ways (kind 0) or of nodes (kind 1); -1 if it does not matter there. */
  keyId(string: number, kind: 0 | 1): number {
    const classes = this.keyClass[kind];
    const known = classes[string];
    if (known !== 0 && string < this.count) return known === IRRELEVANT ? -1 : known! - 1;
    const id = this.keyIdOfName[kind].get(this.text(string));
    classes[string] = id === undefined ? IRRELEVANT : id + 1;
    return id ?? -1;
  }

  internedValue(string: number): number {
    let id = this.valueId[string]!;
    if (id === 0 || string >= this.count) {
      id = this.sets.internValue(this.text(string)) + 1;
      this.valueId[string] = id;
    }
    return id - 1;
  }

  private grow(): void {
    const wider = (array: Uint32Array) => {
      const grown = new Uint32Array(array.length * 2);
      grown.set(array);
      return grown;
    };
    this.start = wider(this.start);
    this.end = wider(this.end);
    this.keyClass[0] = new Int16Array(this.start.length);
    this.keyClass[1] = new Int16Array(this.start.length);
    this.valueId = new Int32Array(this.start.length);
  }
}
