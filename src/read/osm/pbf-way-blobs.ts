/**
 * The second half of a sorted PBF file: the blob where the ways begin is found by halving, then ways that are streets
 * and the relations that the network heeds are read to the end of the file.
 */
import type { OsmRelation } from './osm-data.ts';
import type { PbfFile } from './pbf-blobs.ts';
import { parseBlock } from './pbf-block.ts';
import { UnsortedError } from './pbf-errors.ts';
import { decodeStreetRelations } from './pbf-relations.ts';
import { BlockStrings, type TagSets } from './pbf-strings.ts';
import { WayDecoder } from './pbf-ways.ts';
import type { WayPositions } from './way-positions.ts';

/** Blobs inflated at once while looking for the first ways: as many as the thread pool takes. */
const PROBES = 4;
/**
 * A file of streets alone takes some nine bytes a reference, and 45 a way; growing from nothing would copy them all
 * twice. Memory that is not touched costs nothing.
 */
const BYTES_PER_REF = 8;
const BYTES_PER_WAY = 32;
const MOST_REFS_AT_FIRST = 1 << 22;

export interface SortedWays {
  count: number;
  /** way -> OSM id, ascending; its first reference (length count + 1); its tag set. */
  ids: Float64Array;
  firstRefs: Uint32Array;
  tagSets: Uint32Array;
  /** reference -> OSM id of its node; shared memory. */
  refs: Float64Array;
  relations: OsmRelation[];
  /** Streets of fewer than two nodes, left out. */
  shortWayCount: number;
  positions: WayPositions;
  /** The blob that holds the first way. */
  firstBlob: number;
}

export class WaysReader {
  private readonly strings: BlockStrings;
  private readonly ways: WayDecoder;
  private readonly relations: OsmRelation[] = [];
  private lastRelationId = -Infinity;

  /** @param onBlob is called for every blob read */
  constructor(
    private readonly file: PbfFile,
    tagSets: TagSets,
    private readonly onBlob: () => void,
  ) {
    this.strings = new BlockStrings(tagSets);
    const counted = Math.min(file.sizeBytes, MOST_REFS_AT_FIRST * BYTES_PER_REF);
    this.ways = new WayDecoder(this.strings, tagSets, {
      ways: Math.ceil(counted / BYTES_PER_WAY),
      refs: Math.ceil(counted / BYTES_PER_REF),
    });
  }

  async read(): Promise<SortedWays> {
    const firstBlob = await this.findFirstWayBlob();
    await this.readFrom(firstBlob);
    const { ways, relations } = this;
    return { ...ways.finish(), relations, firstBlob };
  }

  /** The first data blob that holds a way or a relation: a search that looks at several blobs at a time. */
  private async findFirstWayBlob(): Promise<number> {
    let low = 1;
    let high = this.file.blobs.length;
    while (low < high) {
      const step = Math.max(1, Math.ceil((high - low) / (PROBES + 1)));
      const probes: number[] = [];
      for (let blob = low + step - 1; blob < high && probes.length < PROBES; blob += step) probes.push(blob);
      const onlyNodes = await Promise.all(probes.map((blob) => this.holdsOnlyNodes(blob)));
      const firstOther = onlyNodes.indexOf(false);
      const lastNodes = firstOther < 0 ? probes.length - 1 : firstOther - 1;
      if (firstOther >= 0) high = probes[firstOther]!;
      if (lastNodes >= 0) low = probes[lastNodes]! + 1;
    }
    return low;
  }

  private async holdsOnlyNodes(blobIndex: number): Promise<boolean> {
    const blob = this.file.blobs[blobIndex]!;
    if (blob.type !== 'OSMData') return false;
    const bytes = await this.file.inflateBlob(blob);
    const block = this.file.guard(blob, () => parseBlock(bytes));
    return (
      block.groups.length > 0 &&
      block.groups.every((group) => group.kind === 'dense' || group.kind === 'nodes')
    );
  }

  private async readFrom(firstBlob: number): Promise<void> {
    let relationsMet = false;
    for await (const { blob, bytes } of this.file.inflateBlobs(firstBlob, this.file.blobs.length)) {
      this.onBlob();
      if (blob.type !== 'OSMData') continue;
      this.file.guard(blob, () => {
        const block = parseBlock(bytes);
        this.strings.load(bytes, block.stringsFrom, block.stringsTo);
        for (const group of block.groups) {
          const isNode = group.kind === 'dense' || group.kind === 'nodes';
          if (isNode && (blob.index > firstBlob || relationsMet || this.ways.count > 0))
            throw new UnsortedError();
          if (group.kind === 'ways') {
            if (relationsMet) throw new UnsortedError();
            this.ways.decode(bytes, block, group);
          } else if (group.kind === 'relations') {
            relationsMet = true;
            this.lastRelationId = decodeStreetRelations(
              bytes,
              group,
              this.strings,
              this.relations,
              this.lastRelationId,
            );
          }
        }
      });
    }
  }
}
