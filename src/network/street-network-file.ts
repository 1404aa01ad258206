/**
 * The network file of one mode: a `StreetNetwork` and its spatial index as named arrays. Decoding gives views
 * on the bytes read; serialise, then read, is the identity.
 */
import Flatbush from 'flatbush';
import type { Notice } from '../common/notices.ts';
import { buildEdgeIndex } from '../streets/edge-index.ts';
import type { StreetNetwork } from '../streets/street-network.ts';
import { decodeArrays, encodeArrays, type FileArray } from './array-file.ts';

const KIND = 'street-network';

/** A network ready for use: with its spatial index (undefined where there is no edge). */
export interface IndexedNetwork {
  network: StreetNetwork;
  index: Flatbush | undefined;
}

/** Notices of a network: of reading the roads (the same for every mode), and of building this mode. */
export interface NetworkNotes {
  reading: readonly Notice[];
  building: readonly Notice[];
}

export function indexNetwork(network: StreetNetwork): IndexedNetwork {
  return { network, index: buildEdgeIndex(network) };
}

/** @param notes what was noticed while reading and building, kept so that a cached run tells the same. */
export function encodeNetwork({ network, index }: IndexedNetwork, notes: NetworkNotes): Uint8Array[] {
  const meta: Record<string, unknown> = { notes };
  const arrays: Record<string, FileArray> = {};
  for (const [name, value] of Object.entries(network)) {
    if (ArrayBuffer.isView(value)) arrays[name] = value as FileArray;
    else meta[name] = value;
  }
  arrays['edgeIndex'] = new Uint8Array(index === undefined ? new ArrayBuffer(0) : index.data);
  return encodeArrays(KIND, meta, arrays);
}

/** @throws Error where the bytes are no network file: the caller builds it anew. */
export function decodeNetwork(buffer: SharedArrayBuffer): IndexedNetwork & { notes: NetworkNotes } {
  const { meta, arrays } = decodeArrays(buffer, KIND);
  const { edgeIndex, ...rest } = arrays;
  const { notes, ...scalars } = meta;
  const network = { ...scalars, ...rest } as unknown as StreetNetwork;
  for (const name of REQUIRED) if (!(name in network)) throw new Error(`no array ${name}`);
  if (edgeIndex === undefined) throw new Error('no spatial index');
  return {
    network,
    notes: notes as NetworkNotes,
    index: edgeIndex.length === 0 ? undefined : Flatbush.from(ownBuffer(edgeIndex)),
  };
}

/** The index takes its buffer as its own when it is written again: a copy of some megabytes, about 1 ms. */
function ownBuffer(bytes: FileArray): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(bytes.byteLength);
  new Uint8Array(buffer).set(bytes);
  return buffer;
}

const REQUIRED: ReadonlyArray<keyof StreetNetwork> = [
  'mode',
  'vertexCount',
  'edgeCount',
  'arcCount',
  'longestArc',
  'bounds',
  'lonOfVertex',
  'latOfVertex',
  'firstPointOfEdge',
  'lonOfPoint',
  'latOfPoint',
  'lengthOfEdge',
  'classOfEdge',
  'tunnelOfEdge',
  'wayIdOfEdge',
  'drivingTimeOfEdgeDir',
  'delayOfEdgeDir',
  'departureVertexOfEdgeDir',
  'firstArrivalOfEdgeDir',
  'arrivalVertices',
  'firstArcInto',
  'arcsInto',
  'firstArcFrom',
  'arcsFrom',
  'componentOfVertex',
  'sizeOfComponent',
  'departureReachOfEdge',
  'arrivalReachOfEdge',
];
