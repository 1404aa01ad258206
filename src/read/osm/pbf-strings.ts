/**
 * The string table of a PBF block, classified lazily: a string is compared with the keys that matter once per
 * block, when first met as a key, and decoded only when it is the value of such a key. Tag sets are interned
 * over the whole file.
 */
import { GrowingInt32, GrowingUint32 } from '../../common/growing-arrays.ts';
import type { OsmTags } from './osm-data.ts';
import { listFields } from './pbf-block.ts';
import { RELEVANT_NODE_KEYS, RELEVANT_WAY_KEYS } from './relevant-keys.ts';

/** Key id -> key, over the keys of ways and of nodes: equal tags give one tag set, whoever carries them. */
export const RELEVANT_KEYS: readonly string[] = [
  ...new Set([...RELEVANT_WAY_KEYS, ...RELEVANT_NODE_KEYS]),
].sort();

const IRRELEVANT = -1;
/** Key of a string in its table: field 1, bytes. */
const STRING_KEY = 0x0a;

/** Interned values and tag sets of one file. */
export class TagSets {
  readonly tagSets: OsmTags[] = [];
  private readonly values: string[] = [];
  private readonly idOfValue = new Map<string, number>();
  /** Open addressing: slot -> tag set + 1, 0 = free; a power of two, at most half full. */
  private slots = new Uint32Array(1 << 12);
  /** tag set -> its hash, and where its (key id, value id) pairs begin; one more at the end. */
  private readonly hashOfSet = new GrowingInt32(1 << 10);
  private readonly firstPair = new GrowingUint32(1 << 10);
  private readonly pairs = new GrowingInt32(1 << 13);

  constructor() {
    this.firstPair.push(0);
  }

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
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    hash ^= hash >>> 13;
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (let entry = this.slots[slot]!; entry !== 0; entry = this.slots[slot]!) {
      if (this.hashOfSet.array[entry - 1] === hash && this.isSet(entry - 1, pairs, count)) return entry - 1;
      slot = (slot + 1) & mask;
    }
    return this.addSet(pairs, count, hash, slot);
  }

  /** Interns a whole set: that of another file or thread. */
  internTags(tags: OsmTags): number {
    const keys = Object.keys(tags);
    const pairs = new Int32Array(2 * keys.length);
    keys
      .map((key) => [RELEVANT_KEYS.indexOf(key), this.internValue(tags[key]!)] as const)
      .sort(([a], [b]) => a - b)
      .forEach((pair, i) => {
        pairs.set(pair, 2 * i);
      });
    return this.internSet(pairs, keys.length);
  }

  private isSet(set: number, pairs: Int32Array, count: number): boolean {
    const stored = this.pairs.array;
    const first = this.firstPair.array[set]!;
    if (this.firstPair.array[set + 1]! - first !== 2 * count) return false;
    for (let i = 0; i < 2 * count; i++) if (stored[first + i] !== pairs[i]) return false;
    return true;
  }

  private addSet(pairs: Int32Array, count: number, hash: number, slot: number): number {
    const id = this.tagSets.length;
    const tags: Record<string, string> = {};
    for (let i = 0; i < count; i++) tags[RELEVANT_KEYS[pairs[2 * i]!]!] = this.values[pairs[2 * i + 1]!]!;
    this.tagSets.push(tags);
    for (let i = 0; i < 2 * count; i++) this.pairs.push(pairs[i]!);
    this.firstPair.push(this.pairs.length);
    this.hashOfSet.push(hash);
    this.slots[slot] = id + 1;
    if (2 * this.tagSets.length > this.slots.length) this.widen();
    return id;
  }

  private widen(): void {
    const slots = new Uint32Array(2 * this.slots.length);
    const mask = slots.length - 1;
    for (let set = 0; set < this.tagSets.length; set++) {
      let slot = this.hashOfSet.array[set]! & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = set + 1;
    }
    this.slots = slots;
  }
}

/** One block's strings: where they lie, and what each string is as a key and as a value. */
export class BlockStrings {
  private bytes: Uint8Array = new Uint8Array(0);
  private count = 0;
  /** Where the strings lie: beginning and end of each. */
  private readonly places = new GrowingUint32(2048);
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
    this.places.length = 0;
    if (listFields(bytes, from, to, STRING_KEY, this.places) !== to)
      throw new RangeError('unexpected field in a string table');
    const n = this.places.length / 2;
    if (n > this.valueId.length) this.makeRoom(n);
    this.count = n;
    this.keyClass[0].fill(0, 0, n);
    this.keyClass[1].fill(0, 0, n);
    this.valueId.fill(0, 0, n);
  }

  text(string: number): string {
    if (!(string >= 0 && string < this.count)) throw new RangeError('string index beyond the table');
    const start = this.places.array[2 * string]!;
    const end = this.places.array[2 * string + 1]!;
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + start, end - start).toString('utf8');
  }

  /** Key id of a string as a key of ways (kind 0) or of nodes (kind 1); -1 if it does not matter there. */
  keyId(string: number, kind: 0 | 1): number {
    const classes = this.keyClass[kind];
    const known = classes[string];
    if (known !== 0 && string >= 0 && string < this.count) return known === IRRELEVANT ? -1 : known! - 1;
    const id = this.keyIdOfName[kind].get(this.text(string));
    classes[string] = id === undefined ? IRRELEVANT : id + 1;
    return id ?? -1;
  }

  internedValue(string: number): number {
    let id = this.valueId[string]!;
    if (id === 0 || string < 0 || string >= this.count) {
      id = this.sets.internValue(this.text(string)) + 1;
      this.valueId[string] = id;
    }
    return id - 1;
  }

  private makeRoom(count: number): void {
    const room = 2 * count;
    this.keyClass[0] = new Int16Array(room);
    this.keyClass[1] = new Int16Array(room);
    this.valueId = new Int32Array(room);
  }
}
