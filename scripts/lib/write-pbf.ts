/**
 * Writes `.osm.pbf` (https://wiki.openstreetmap.org/wiki/PBF_Format): elements in, bytes out, block by block,
 * so that memory is bounded by one block. The same elements and options give the same bytes; only zlib itself
 * may compress differently from one build of Node to another, so files of different machines are compared
 * inflated.
 *
 * `encodePbf` sorts small contents and returns one buffer (tests, the example); `PbfWriter` takes elements one
 * at a time in the order of the file and hands each finished block to a sink (generated large extracts).
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import {
  findBounds,
  type OsmBounds,
  type OsmContents,
  type OsmNode,
  type OsmRelation,
  type OsmWay,
  sortContents,
} from './osm-elements.ts';
import { PbfBlock } from './pbf-block.ts';
import { ProtobufBytes } from './protobuf-bytes.ts';

/** Elements in a block: the format's own recommendation and osmium's choice. */
export const ELEMENTS_PER_BLOCK = 8000;

const NANODEGREES_PER_DEGREE = 1e9;

export interface PbfOptions {
  /** Program named in the header. */
  generator?: string;
  /** Origin of the data named in the header. */
  source?: string;
  /** Bounds in the header; `encodePbf` takes those of the nodes where none are given. */
  bounds?: OsmBounds;
  /** Seconds since 1970, in the header as the state of the data and, with `metadata`, on every element. */
  timestampSeconds?: number;
  /** Whether elements carry version, timestamp, changeset and user, as downloads with metadata do. Default false. */
  metadata?: boolean;
  /** Default `ELEMENTS_PER_BLOCK`. */
  elementsPerBlock?: number;
  /** zlib's level 0 to 9; `raw` stores blobs uncompressed. Default 6. */
  compression?: number | 'raw';
  /** Whether nodes are written as DenseNodes (default) or one message each. */
  denseNodes?: boolean;
  /** Nanodegrees in a coordinate unit. Default 100, OSM's own grid. */
  granularity?: number;
  /** Features named in the header that a reader must know. */
  requiredFeatures?: readonly string[];
  /** False keeps `encodePbf` from sorting, and the header from claiming an order. Default true. */
  sorted?: boolean;
}

type Kind = 'node' | 'way' | 'relation';

/** Encodes elements as they come; the order of the calls is the order of the file. */
export class PbfWriter {
  private readonly block: PbfBlock;
  private readonly elementsPerBlock: number;
  private kind: Kind | undefined;

  constructor(
    private readonly sink: (bytes: Uint8Array) => void,
    private readonly options: PbfOptions = {},
  ) {
    this.elementsPerBlock = options.elementsPerBlock ?? ELEMENTS_PER_BLOCK;
    this.block = new PbfBlock({
      denseNodes: options.denseNodes ?? true,
      granularity: options.granularity ?? 100,
      timestampSeconds: options.metadata === true ? (options.timestampSeconds ?? 0) : undefined,
    });
    this.writeBlob('OSMHeader', encodeHeader(options));
  }

  node(node: OsmNode): void {
    this.startElement('node');
    this.block.addNode(node);
  }

  way(way: OsmWay): void {
    this.startElement('way');
    this.block.addWay(way);
  }

  relation(relation: OsmRelation): void {
    this.startElement('relation');
    this.block.addRelation(relation);
  }

  /** Writes the last block. Nothing may follow. */
  finish(): void {
    this.flush();
  }

  private startElement(kind: Kind): void {
    if (kind !== this.kind || this.block.elementCount >= this.elementsPerBlock) this.flush();
    this.kind = kind;
  }

  private flush(): void {
    if (this.block.elementCount > 0) this.writeBlob('OSMData', this.block.takeBytes());
  }

  private writeBlob(type: string, bytes: Uint8Array): void {
    const blob = new ProtobufBytes(bytes.length + 64);
    const { compression = 6 } = this.options;
    if (compression === 'raw') {
      blob.bytesField(1, bytes);
    } else {
      blob.varintField(2, bytes.length);
      blob.bytesField(3, deflateSync(bytes, { level: compression }));
    }
    const header = new ProtobufBytes(32);
    header.textField(1, type);
    header.varintField(3, blob.length);
    const file = new Uint8Array(4 + header.length + blob.length);
    new DataView(file.buffer).setUint32(0, header.length);
    file.set(header.view(), 4);
    file.set(blob.view(), 4 + header.length);
    this.sink(file);
  }
}

function encodeHeader(options: PbfOptions): Uint8Array {
  const header = new ProtobufBytes(256);
  if (options.bounds !== undefined) {
    const [west, south, east, north] = options.bounds;
    const box = new ProtobufBytes(64);
    [west, east, north, south].forEach((degrees, index) => {
      box.zigzagField(index + 1, Math.round(degrees * NANODEGREES_PER_DEGREE));
    });
    header.bytesField(1, box.view());
  }
  header.textField(4, 'OsmSchema-V0.6');
  if (options.denseNodes !== false) header.textField(4, 'DenseNodes');
  for (const feature of options.requiredFeatures ?? []) header.textField(4, feature);
  if (options.sorted !== false) header.textField(5, 'Sort.Type_then_ID');
  header.textField(16, options.generator ?? 'maillage scripts');
  if (options.source !== undefined) header.textField(17, options.source);
  if (options.timestampSeconds !== undefined) header.varintField(32, options.timestampSeconds);
  return header.view();
}

/** A whole file in memory; elements are sorted by type and id unless `sorted` is false. */
export function encodePbf(contents: OsmContents, options: PbfOptions = {}): Buffer {
  const parts: Uint8Array[] = [];
  writeContents(contents, options, (bytes) => parts.push(bytes));
  return Buffer.concat(parts);
}

/** Writes a whole file; elements are sorted by type and id unless `sorted` is false. */
export function writePbf(path: string, contents: OsmContents, options: PbfOptions = {}): void {
  const file = openSync(path, 'w');
  try {
    writeContents(contents, options, (bytes) => writeFully(file, bytes));
  } finally {
    closeSync(file);
  }
}

/** Opens a file for elements one at a time; `finish` closes it. */
export function openPbf(path: string, options: PbfOptions = {}): PbfWriter {
  const file = openSync(path, 'w');
  const writer = new PbfWriter((bytes) => writeFully(file, bytes), options);
  const finish = writer.finish.bind(writer);
  writer.finish = () => {
    finish();
    closeSync(file);
  };
  return writer;
}

function writeContents(contents: OsmContents, options: PbfOptions, sink: (bytes: Uint8Array) => void): void {
  const { nodes, ways, relations } = options.sorted === false ? contents : sortContents(contents);
  const bounds = options.bounds ?? findBounds(nodes);
  const writer = new PbfWriter(sink, bounds === undefined ? options : { ...options, bounds });
  for (const node of nodes) writer.node(node);
  for (const way of ways) writer.way(way);
  for (const relation of relations) writer.relation(relation);
  writer.finish();
}

/** `writeSync` may write less than it is given. */
function writeFully(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(file, bytes, written, bytes.length - written);
  }
}
