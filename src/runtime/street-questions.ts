/** What a worker thread for streets can be asked, and its answers. All arrays are shared with it, both ways. */
import { lookUpReferences, type NodeTable, readNodeTable } from '../read/osm/node-table.ts';
import { PbfFile } from '../read/osm/pbf-blobs.ts';
import { drawEdges, type EdgeDrawing } from '../streets/draw-edges.ts';
import { buildEdgeIndex, type EdgePoints } from '../streets/edge-index.ts';
import { readCacheEntry } from './cache-entry.ts';
import { type EdgeBoxes, edgeBoxesOf } from './link-points.ts';

export type StreetQuestion =
  /** The nodes of a PBF file; kept for the references that are asked for next. */
  | { kind: 'nodes'; path: string }
  | { kind: 'references'; refs: Float64Array; from: number; to: number; nodeOfRef: Uint32Array }
  | { kind: 'drawing'; drawing: EdgeDrawing }
  | { kind: 'edge-boxes'; edges: EdgePoints }
  | { kind: 'cache-entry'; path: string };

export interface StreetAnswers {
  nodes: NodeTable;
  references: undefined;
  drawing: undefined;
  'edge-boxes': EdgeBoxes | undefined;
  'cache-entry': SharedArrayBuffer | undefined;
}

type Answer = StreetAnswers[keyof StreetAnswers];

/** Answers questions one after the other. */
export class StreetAnswerer {
  private nodes: NodeTable | undefined;

  async answer(question: StreetQuestion): Promise<Answer> {
    switch (question.kind) {
      case 'nodes':
        this.nodes = await readNodes(question.path);
        return this.nodes;
      case 'references':
        lookUpReferences(this.nodes!, question.refs, question.from, question.to, question.nodeOfRef);
        this.nodes = undefined;
        return undefined;
      case 'drawing':
        drawEdges(question.drawing);
        return undefined;
      case 'edge-boxes':
        return edgeBoxesOf(buildEdgeIndex(question.edges));
      case 'cache-entry':
        return readCacheEntry(question.path);
    }
  }
}

async function readNodes(path: string): Promise<NodeTable> {
  const file = await PbfFile.open(path);
  try {
    return await readNodeTable(file);
  } finally {
    await file.close();
  }
}
