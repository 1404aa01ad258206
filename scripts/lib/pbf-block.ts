/**
 * One PrimitiveBlock of a `.osm.pbf`: elements of one kind, their string table in order of first use, ids,
 * references and coordinates as differences. Filled element by element, then taken as bytes and used again.
 */
import type {
  OsmElementTags,
  OsmMemberType,
  OsmNode,
  OsmRelation,
  OsmState,
  OsmWay,
} from './osm-elements.ts';
import { ProtobufBytes } from './protobuf-bytes.ts';

export interface PbfBlockOptions {
  denseNodes: boolean;
  /** Nanodegrees in a coordinate unit. */
  granularity: number;
  /** Time of every element's metadata; undefined = elements without metadata. */
  timestampSeconds: number | undefined;
}

const MEMBER_TYPES: readonly OsmMemberType[] = ['node', 'way', 'relation'];
const NANODEGREES_PER_DEGREE = 1e9;
/** Beyond the globe: how osmium writes a position that it does not know. */
const UNKNOWN_DEGREES = 214.7483647;
/** Metadata that elements carry, all the same unless they say so: nobody edited them. */
const ELEMENT_VERSION = 1;
const CHANGESET = 1;
const USER_ID = 1;
const USER_NAME = 'maillage';

export class PbfBlock {
  elementCount = 0;

  private readonly indexOfString = new Map<string, number>();
  private readonly strings = new ProtobufBytes(4096);
  private readonly group = new ProtobufBytes(65_536);
  private readonly element = new ProtobufBytes(256);
  private readonly packed = new ProtobufBytes(256);
  private readonly packedMore = new ProtobufBytes(256);
  private readonly packedTypes = new ProtobufBytes(64);

  /** Dense nodes: differences, and pairs of keys and values ended by 0. */
  private readonly denseIds = new ProtobufBytes(16_384);
  private readonly denseLats = new ProtobufBytes(65_536);
  private readonly denseLons = new ProtobufBytes(65_536);
  private readonly denseTags = new ProtobufBytes(16_384);
  private readonly denseStates: OsmState[] = [];
  private denseCount = 0;
  private denseTagged = false;
  private lastId = 0;
  private lastLat = 0;
  private lastLon = 0;

  constructor(private readonly options: PbfBlockOptions) {
    this.reset();
  }

  addNode(node: OsmNode): void {
    this.elementCount += 1;
    const lat = this.toUnits(node.lat);
    const lon = this.toUnits(node.lon);
    if (!this.options.denseNodes) {
      this.addPlainNode(node, lat, lon);
      return;
    }
    this.denseIds.zigzag(node.id - this.lastId);
    this.denseLats.zigzag(lat - this.lastLat);
    this.denseLons.zigzag(lon - this.lastLon);
    this.lastId = node.id;
    this.lastLat = lat;
    this.lastLon = lon;
    this.denseCount += 1;
    this.denseStates.push(node);
    for (const key in node.tags) {
      this.denseTagged = true;
      this.denseTags.varint(this.indexOf(key));
      this.denseTags.varint(this.indexOf(node.tags[key]));
    }
    this.denseTags.varint(0);
  }

  addWay(way: OsmWay): void {
    this.elementCount += 1;
    this.element.clear();
    this.element.varintField(1, way.id);
    this.addTags(way.tags);
    this.addInfo(way);
    this.packed.clear();
    let last = 0;
    for (const ref of way.refs) {
      this.packed.zigzag(ref - last);
      last = ref;
    }
    this.element.packedField(8, this.packed);
    if (way.positions !== undefined) this.addPositions(way.positions);
    this.group.bytesField(3, this.element.view());
  }

  addRelation(relation: OsmRelation): void {
    this.elementCount += 1;
    this.element.clear();
    this.element.varintField(1, relation.id);
    this.addTags(relation.tags);
    this.addInfo(relation);
    this.packed.clear();
    this.packedMore.clear();
    this.packedTypes.clear();
    let last = 0;
    for (const { type, ref, role } of relation.members) {
      this.packed.varint(this.indexOf(role));
      this.packedMore.zigzag(ref - last);
      this.packedTypes.varint(MEMBER_TYPES.indexOf(type));
      last = ref;
    }
    this.element.packedField(8, this.packed);
    this.element.packedField(9, this.packedMore);
    this.element.packedField(10, this.packedTypes);
    this.group.bytesField(4, this.element.view());
  }

  /** The encoded PrimitiveBlock; the block is empty afterwards. */
  takeBytes(): Uint8Array {
    if (this.denseCount > 0) this.group.bytesField(2, this.encodeDense());
    const block = new ProtobufBytes(this.strings.length + this.group.length + 64);
    block.bytesField(1, this.strings.view());
    block.bytesField(2, this.group.view());
    if (this.options.granularity !== 100) block.varintField(17, this.options.granularity);
    this.reset();
    return block.view();
  }

  private encodeDense(): Uint8Array {
    const dense = new ProtobufBytes(
      this.denseIds.length + this.denseLats.length * 2 + this.denseTags.length + 64,
    );
    dense.packedField(1, this.denseIds);
    const seconds = this.options.timestampSeconds;
    if (seconds !== undefined) {
      const info = new ProtobufBytes(6 * this.denseCount);
      const repeat = (field: number, first: number, others: number): void => {
        this.packed.clear();
        for (let i = 0; i < this.denseCount; i++) this.packed.varint(i === 0 ? first : others);
        info.packedField(field, this.packed);
      };
      // Version is plain; the others are zigzag differences, so 0 after the first.
      repeat(1, ELEMENT_VERSION, ELEMENT_VERSION);
      repeat(2, 2 * seconds, 0);
      repeat(3, 2 * CHANGESET, 0);
      repeat(4, 2 * USER_ID, 0);
      repeat(5, 2 * this.indexOf(USER_NAME), 0);
      dense.bytesField(5, info.view());
    } else if (this.denseStates.some(hasState)) {
      const info = new ProtobufBytes(6 * this.denseCount);
      const list = (field: number, stated: (state: OsmState) => number): void => {
        this.packed.clear();
        for (const state of this.denseStates) this.packed.varint(stated(state));
        info.packedField(field, this.packed);
      };
      list(1, ({ version = 0 }) => version);
      if (this.denseStates.some(({ isDeleted }) => isDeleted))
        list(6, ({ isDeleted }) => (isDeleted ? 0 : 1));
      dense.bytesField(5, info.view());
    }
    dense.packedField(8, this.denseLats);
    dense.packedField(9, this.denseLons);
    if (this.denseTagged) dense.packedField(10, this.denseTags);
    return dense.view();
  }

  private addPlainNode(node: OsmNode, lat: number, lon: number): void {
    this.element.clear();
    this.element.zigzagField(1, node.id);
    this.addTags(node.tags);
    this.addInfo(node);
    this.element.zigzagField(8, lat);
    this.element.zigzagField(9, lon);
    this.group.bytesField(1, this.element.view());
  }

  private addTags(tags: OsmElementTags | undefined): void {
    this.packed.clear();
    this.packedMore.clear();
    for (const key in tags) {
      this.packed.varint(this.indexOf(key));
      this.packedMore.varint(this.indexOf(tags[key]));
    }
    this.element.packedField(2, this.packed);
    this.element.packedField(3, this.packedMore);
  }

  private addPositions(positions: NonNullable<OsmWay['positions']>): void {
    for (const [field, axis] of [
      [9, 'lat'],
      [10, 'lon'],
    ] as const) {
      this.packed.clear();
      let last = 0;
      for (const position of positions) {
        const units = this.toUnits(position?.[axis] ?? UNKNOWN_DEGREES);
        this.packed.zigzag(units - last);
        last = units;
      }
      this.element.packedField(field, this.packed);
    }
  }

  private addInfo(state: OsmState): void {
    const seconds = this.options.timestampSeconds;
    const info = new ProtobufBytes(32);
    if (seconds === undefined) {
      if (!hasState(state)) return;
      info.varintField(1, state.version ?? 0);
      if (state.isDeleted) info.varintField(6, 0);
      this.element.bytesField(4, info.view());
      return;
    }
    info.varintField(1, ELEMENT_VERSION);
    info.varintField(2, seconds);
    info.varintField(3, CHANGESET);
    info.varintField(4, USER_ID);
    info.varintField(5, this.indexOf(USER_NAME));
    this.element.bytesField(4, info.view());
  }

  private indexOf(text: string): number {
    let index = this.indexOfString.get(text);
    if (index === undefined) {
      // 0 ends a dense node's tags, so the first entry stays unused.
      index = this.indexOfString.size + 1;
      this.indexOfString.set(text, index);
      this.strings.textField(1, text);
    }
    return index;
  }

  private toUnits(degrees: number): number {
    return Math.round((degrees * NANODEGREES_PER_DEGREE) / this.options.granularity);
  }

  private reset(): void {
    this.elementCount = 0;
    this.indexOfString.clear();
    this.strings.clear();
    this.strings.textField(1, '');
    this.group.clear();
    for (const bytes of [this.denseIds, this.denseLats, this.denseLons, this.denseTags]) bytes.clear();
    this.denseCount = 0;
    this.denseStates.length = 0;
    this.denseTagged = false;
    this.lastId = 0;
    this.lastLat = 0;
    this.lastLon = 0;
  }
}

function hasState({ version, isDeleted }: OsmState): boolean {
  return version !== undefined || isDeleted === true;
}
