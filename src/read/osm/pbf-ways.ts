/**
 * Decodes the ways of PBF groups that are streets, inline on the inflated bytes, without an object per way: their
 * tags become interned sets, their references are the ids of nodes.
 */
import { GrowingFloat64, GrowingUint32 } from '../../common/growing-arrays.ts';
import { sharedFloat64 } from '../../common/shared-arrays.ts';
import type { PrimitiveBlock, PrimitiveGroup } from './pbf-block.ts';
import { BEYOND_FOUR_BYTES, ColumnScratch, ZERO } from './pbf-columns.ts';
import { UnsortedError } from './pbf-errors.ts';
import { type BlockStrings, RELEVANT_KEYS, type TagSets } from './pbf-strings.ts';
import { isStreetWay } from './street-filter.ts';
import { WayPositions } from './way-positions.ts';

const HIGHWAY_KEY = RELEVANT_KEYS.indexOf('highway');
/** key id -> 1 where a way without `highway` may be a street for the sake of this key. */
const MAY_BE_STREET = Uint8Array.from(RELEVANT_KEYS, (key) =>
  ['route', 'public_transport', 'railway', 'man_made'].includes(key) ? 1 : 0,
);
/** A way with more relevant tags than this would be no street; the scratch grows all the same. */
const TAGS_AT_FIRST = 64;
/** No id is read as this: the numbers of PBF have no sign until they are told to. */
const NO_ID = -1;

export class WayDecoder {
  private readonly ids: GrowingFloat64;
  private readonly firstRefs: GrowingUint32;
  private readonly wayTagSets: GrowingUint32;
  private readonly column = new ColumnScratch();
  private refs: Float64Array;
  private refCount = 0;
  /** References of the way just read, in `column`: runs of the same node are not collapsed there. */
  private valueCount = 0;
  private pairs = new Int32Array(2 * TAGS_AT_FIRST);
  /** Of all ways, streets or not: a later version of a street may be none. */
  private lastId = -Infinity;
  private shortWayCount = 0;
  private readonly positions = new WayPositions();

  /** @param atFirst room for so many ways and references at first */
  constructor(
    private readonly strings: BlockStrings,
    private readonly tagSets: TagSets,
    atFirst: { ways: number; refs: number },
  ) {
    this.ids = new GrowingFloat64(atFirst.ways);
    this.firstRefs = new GrowingUint32(atFirst.ways + 1);
    this.wayTagSets = new GrowingUint32(atFirst.ways);
    this.refs = sharedFloat64(atFirst.refs);
  }

  get count(): number {
    return this.ids.length;
  }

  /** The ways decoded so far; nothing may be decoded any more. */
  finish(): {
    count: number;
    ids: Float64Array;
    firstRefs: Uint32Array;
    tagSets: Uint32Array;
    refs: Float64Array;
    shortWayCount: number;
    positions: WayPositions;
  } {
    this.firstRefs.push(this.refCount);
    return {
      count: this.ids.length,
      ids: this.ids.view(),
      firstRefs: this.firstRefs.view(),
      tagSets: this.wayTagSets.view(),
      refs: this.refs.subarray(0, this.refCount),
      shortWayCount: this.shortWayCount,
      positions: this.positions,
    };
  }

  decode(bytes: Uint8Array, block: PrimitiveBlock, group: PrimitiveGroup): void {
    const { array, length } = group.elements;
    for (let i = 0; i < length; i += 2) this.decodeWay(bytes, block, array[i]!, array[i + 1]!);
  }

  private decodeWay(bytes: Uint8Array, block: PrimitiveBlock, from: number, to: number): void {
    let p = from;
    let id = NO_ID;
    let keysFrom = 0;
    let keysTo = 0;
    let valuesFrom = 0;
    let valuesTo = 0;
    let refsFrom = 0;
    let refsTo = 0;
    let latsFrom = 0;
    let latsTo = 0;
    let lonsFrom = 0;
    let lonsTo = 0;
    while (p < to) {
      const key = bytes[p++]!;
      let byte = bytes[p++]!;
      let value = byte & 0x7f;
      for (let shift = 7; byte >= 0x80 && shift < 28; shift += 7) {
        byte = bytes[p++]!;
        value |= (byte & 0x7f) << shift;
      }
      if (byte >= 0x80) {
        // An id; a length of more than four bytes is beyond any block.
        if ((key & 7) !== 0) throw new RangeError('field beyond its way');
        let wide = value + ZERO[0]!;
        for (let scale = BEYOND_FOUR_BYTES[0]!; byte >= 0x80; scale *= 128) {
          byte = bytes[p++]!;
          wide += (byte & 0x7f) * scale;
        }
        if (key === 0x08) id = wide;
      } else if (key === 0x08) id = value;
      else if ((key & 7) === 2) {
        if (key === 0x12) {
          keysFrom = p;
          keysTo = p + value;
        } else if (key === 0x1a) {
          valuesFrom = p;
          valuesTo = p + value;
        } else if (key === 0x42) {
          refsFrom = p;
          refsTo = p + value;
        } else if (key === 0x4a) {
          latsFrom = p;
          latsTo = p + value;
        } else if (key === 0x52) {
          lonsFrom = p;
          lonsTo = p + value;
        }
        p += value;
      } else if ((key & 7) !== 0) throw new RangeError('unexpected field in a way');
    }
    if (p !== to) throw new RangeError('way beyond its end');
    if (id === NO_ID) throw new RangeError('a way without id');
    if (id <= this.lastId || id > Number.MAX_SAFE_INTEGER) throw new UnsortedError();
    this.lastId = id;
    const pairCount = this.decodeTags(bytes, keysFrom, keysTo, valuesFrom, valuesTo);
    if (pairCount === 0) return;
    const first = this.refCount;
    this.appendRefs(bytes, refsFrom, refsTo);
    if (this.refCount < first + 2) {
      this.refCount = first;
      this.shortWayCount++;
      return;
    }
    if (lonsFrom < lonsTo)
      this.positions.append(bytes, block, this.column.values.subarray(0, this.valueCount), first, {
        latsFrom,
        latsTo,
        lonsFrom,
        lonsTo,
      });
    this.ids.push(id);
    this.firstRefs.push(first);
    this.wayTagSets.push(this.tagSets.internSet(this.pairs, pairCount));
  }

  /** Appends a way's references, runs of the same node collapsed. */
  private appendRefs(bytes: Uint8Array, from: number, to: number): void {
    const { column } = this;
    const count = column.decode(bytes, from, to);
    this.valueCount = count;
    const { values } = column;
    if (this.refCount + count > this.refs.length) {
      const wider = sharedFloat64(Math.max(this.refCount + count, 2 * this.refs.length));
      wider.set(this.refs.subarray(0, this.refCount));
      this.refs = wider;
    }
    const { refs } = this;
    let n = this.refCount;
    let previous = Number.NaN;
    for (let i = 0; i < count; i++) {
      const id = values[i]!;
      if (id === previous) continue;
      refs[n++] = id;
      previous = id;
    }
    this.refCount = n;
  }

  /** Fills `pairs` with the relevant tags in key order; 0 if the way is no street. */
  private decodeTags(
    bytes: Uint8Array,
    keysFrom: number,
    keysTo: number,
    valuesFrom: number,
    valuesTo: number,
  ): number {
    const { strings } = this;
    let k = keysFrom;
    let v = valuesFrom;
    let count = 0;
    let isHighway = false;
    let mayBeStreet = false;
    while (k < keysTo) {
      let key = bytes[k++]!;
      if (key >= 0x80) {
        key &= 0x7f;
        let shift = 7;
        let byte: number;
        do {
          byte = bytes[k++]!;
          key |= (byte & 0x7f) << shift;
          shift += 7;
        } while (byte >= 0x80);
      }
      let value = bytes[v++]!;
      if (value >= 0x80) {
        value &= 0x7f;
        let shift = 7;
        let byte: number;
        do {
          byte = bytes[v++]!;
          value |= (byte & 0x7f) << shift;
          shift += 7;
        } while (byte >= 0x80);
      }
      const keyId = strings.keyId(key, 0);
      if (keyId < 0) continue;
      if (keyId === HIGHWAY_KEY) isHighway = true;
      else if (MAY_BE_STREET[keyId] === 1) mayBeStreet = true;
      if (2 * count === this.pairs.length) {
        const wider = new Int32Array(4 * count);
        wider.set(this.pairs);
        this.pairs = wider;
      }
      const { pairs } = this;
      // Insertion into key order: files list keys alphabetically, so this rarely moves anything.
      let at = count++;
      while (at > 0 && pairs[2 * at - 2]! > keyId) {
        pairs[2 * at] = pairs[2 * at - 2]!;
        pairs[2 * at + 1] = pairs[2 * at - 1]!;
        at--;
      }
      pairs[2 * at] = keyId;
      pairs[2 * at + 1] = value;
    }
    if (k !== keysTo || v !== valuesTo) throw new RangeError('keys and values of different lengths');
    if (!isHighway && !mayBeStreet) return 0;
    const { pairs } = this;
    if (!isHighway && !isStreetWay((name) => this.valueOf(name, count))) return 0;
    for (let i = 0; i < count; i++) pairs[2 * i + 1] = strings.internedValue(pairs[2 * i + 1]!);
    return count;
  }

  private valueOf(name: string, count: number): string | undefined {
    const keyId = RELEVANT_KEYS.indexOf(name);
    for (let i = 0; i < count; i++) {
      if (this.pairs[2 * i] === keyId) return this.strings.text(this.pairs[2 * i + 1]!);
    }
    return undefined;
  }
}
