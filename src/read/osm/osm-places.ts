/**
 * Where people may live, from OSM files: residential buildings weighted by footprint × storeys, points along
 * residential streets weighted by length, town halls. Used where no population grid is given.
 *
 * A file is read up to three times, so that only what is kept is held: once for the places, once for the rings
 * of buildings drawn as multipolygons (if there are any), once for the positions of their nodes.
 */
import { NoticeList } from '../../common/notices.ts';
import { COORDINATE_UNITS_PER_DEGREE } from '../../common/units.ts';
import type { OsmPlaces, WeightedPlaces } from '../records.ts';
import { GrowingArray } from './growing-array.ts';
import { indexOfId } from './id-lookup.ts';
import type { OsmTags } from './osm-data.ts';
import { forEachOsmElement } from './osm-elements.ts';
import type { OsmMembers } from './osm-visitor.ts';
import { findPlaceKind, levelsOf, type PlaceKind } from './place-tags.ts';
import { joinRings, measureRing, type Positions, spreadAlong } from './ring-geometry.ts';

/** Smaller footprints are outbuildings, square metres. */
const LEAST_FOOTPRINT = 20;
/** Distance between the points along a street, metres. */
const STREET_STEP_METERS = 50;

/** Reads the places of all files; an element that several files hold counts once. */
export async function readOsmPlaces(paths: readonly string[], notices: NoticeList): Promise<OsmPlaces> {
  const collected = new CollectedPlaces();
  /** `w123`: elements of earlier files; only filled where there are several. */
  const known = new Set<string>();
  for (const [i, path] of paths.entries()) {
    const file = new PlacesFile(path, notices, known, i + 1 < paths.length);
    await file.read(collected);
  }
  return collected.finish();
}

interface PlaceRelation {
  kind: PlaceKind;
  levels: number;
  code: string | undefined;
  outer: number[];
  inner: number[];
}

/** The places of one file, as ways and relations whose nodes are not known yet. */
class PlacesFile {
  private readonly kinds: PlaceKind[] = [];
  private readonly levels = new GrowingArray(Float64Array);
  private readonly wayIds = new GrowingArray(Float64Array);
  private readonly firstRefs = new GrowingArray(Uint32Array);
  private readonly refs = new GrowingArray(Float64Array);
  private readonly codeOfWay = new Map<number, string>();
  private readonly relations: PlaceRelation[] = [];
  /** Ways that draw relations -> their nodes, empty until read. */
  private readonly memberRefs = new Map<number, number[]>();
  /** Those that draw an outline: not counted by themselves. */
  private readonly outerWays = new Set<number>();
  private readonly townhallNodes: Array<{ lon: number; lat: number; code: string | undefined }> = [];
  /** What this file added to the known elements. */
  private readonly added: string[] = [];
  private incompleteCount = 0;

  constructor(
    private readonly path: string,
    private readonly notices: NoticeList,
    private readonly known: Set<string>,
    private readonly isFollowed: boolean,
  ) {}

  async read(collected: CollectedPlaces): Promise<void> {
    const options = { notices: this.notices };
    await forEachOsmElement(
      this.path,
      {
        node: (id, lon, lat, tags) => {
          if (tags?.amenity !== 'townhall' || this.isKnown('n', id)) return;
          this.townhallNodes.push({
            lon: lon / COORDINATE_UNITS_PER_DEGREE,
            lat: lat / COORDINATE_UNITS_PER_DEGREE,
            code: tags['ref:INSEE'],
          });
        },
        way: (id, refs, tags) => this.addWay(id, refs, tags),
        relation: (id, tags, members) => this.addRelation(id, tags, members),
        restart: () => this.forget(),
      },
      options,
    );
    for (const { lon, lat, code } of this.townhallNodes) collected.addTownhall(lon, lat, code);
    // Their odd elements have been noticed by now.
    const silent = { notices: new NoticeList(0) };
    if (this.memberRefs.size > 0) {
      const way = (id: number, refs: ArrayLike<number>) => {
        if (this.memberRefs.has(id)) this.memberRefs.set(id, Array.from(refs));
      };
      await forEachOsmElement(this.path, { way }, silent);
    }
    this.firstRefs.push(this.refs.length);
    const positions = new WantedPositions(this.refs, this.memberRefs);
    if (positions.count > 0) {
      const take = (id: number, lon: number, lat: number) => positions.take(id, lon, lat);
      await forEachOsmElement(this.path, { node: take, refPosition: take }, silent);
    }
    this.measureWays(positions, collected);
    this.measureRelations(positions, collected);
    this.noticeIncomplete();
  }

  private addWay(id: number, refs: ArrayLike<number>, tags: OsmTags): void {
    const kind = findPlaceKind(tags);
    if (kind === undefined || refs.length < 2 || this.isKnown('w', id)) return;
    if (kind === 'building' && (refs.length < 4 || refs[0] !== refs[refs.length - 1])) return;
    const code = tags['ref:INSEE'];
    if (kind === 'townhall' && code !== undefined) this.codeOfWay.set(this.kinds.length, code);
    this.kinds.push(kind);
    this.levels.push(levelsOf(tags));
    this.wayIds.push(id);
    this.firstRefs.push(this.refs.length);
    for (let i = 0; i < refs.length; i++) this.refs.push(refs[i]!);
  }

  private addRelation(id: number, tags: OsmTags, members: OsmMembers): void {
    if (tags.type !== 'multipolygon') return;
    const kind = findPlaceKind(tags);
    if (kind === undefined || kind === 'street' || this.isKnown('r', id)) return;
    const waysOf = (isInner: boolean) =>
      members
        .filter(({ type, role }) => type === 'w' && (role === 'inner') === isInner)
        .map((member) => member.id);
    const relation = {
      kind,
      levels: levelsOf(tags),
      code: tags['ref:INSEE'],
      outer: waysOf(false),
      inner: waysOf(true),
    };
    this.relations.push(relation);
    for (const way of relation.outer) this.outerWays.add(way);
    for (const way of [...relation.outer, ...relation.inner]) this.memberRefs.set(way, []);
  }

  private measureWays(positions: WantedPositions, collected: CollectedPlaces): void {
    for (let way = 0; way < this.kinds.length; way++) {
      const kind = this.kinds[way]!;
      if (kind !== 'street' && this.outerWays.has(this.wayIds.at(way))) continue;
      const ids: number[] = [];
      for (let ref = this.firstRefs.at(way); ref < this.firstRefs.at(way + 1); ref++)
        ids.push(this.refs.at(ref));
      const line = positions.of(ids);
      if (kind === 'street') {
        if (line.lon.length >= 2)
          spreadAlong(line, STREET_STEP_METERS, (lon, lat, meters) => collected.addStreet(lon, lat, meters));
      } else if (line.lon.length < ids.length) this.incompleteCount++;
      else {
        const { area, lon, lat } = measureRing(line);
        if (kind === 'townhall') collected.addTownhall(lon, lat, this.codeOfWay.get(way));
        else collected.addBuilding(lon, lat, area, this.levels.at(way));
      }
    }
  }

  private measureRelations(positions: WantedPositions, collected: CollectedPlaces): void {
    for (const { kind, levels, code, outer, inner } of this.relations) {
      const ringsOf = (ways: readonly number[]) =>
        joinRings(ways.map((way) => this.memberRefs.get(way)!))
          .map((ids) => ({ ids, line: positions.of(ids) }))
          .filter(({ ids, line }) => line.lon.length === ids.length)
          .map(({ line }) => measureRing(line));
      const outerRings = ringsOf(outer);
      const outerArea = outerRings.reduce((sum, { area }) => sum + area, 0);
      const innerArea = ringsOf(inner).reduce((sum, { area }) => sum + area, 0);
      if (outerArea === 0) {
        this.incompleteCount++;
        continue;
      }
      if (kind === 'townhall') collected.addTownhall(outerRings[0]!.lon, outerRings[0]!.lat, code);
      // Courtyards are shared out among the rings by their size.
      const builtShare = Math.max(0, 1 - innerArea / outerArea);
      if (kind === 'building') {
        for (const { lon, lat, area } of outerRings)
          collected.addBuilding(lon, lat, area * builtShare, levels);
      }
    }
  }

  private isKnown(type: 'n' | 'w' | 'r', id: number): boolean {
    if (this.known.size === 0 && !this.isFollowed) return false;
    const key = type + id;
    if (this.known.has(key)) return true;
    if (this.isFollowed) {
      this.known.add(key);
      this.added.push(key);
    }
    return false;
  }

  private forget(): void {
    this.kinds.length = this.relations.length = this.townhallNodes.length = 0;
    for (const list of [this.levels, this.wayIds, this.firstRefs, this.refs]) list.clear();
    for (const list of [this.codeOfWay, this.memberRefs, this.outerWays]) list.clear();
    for (const key of this.added) this.known.delete(key);
    this.added.length = 0;
  }

  private noticeIncomplete(): void {
    if (this.incompleteCount === 0) return;
    this.notices.add({
      code: 'osm-building-incomplete',
      severity: 'info',
      message: `${this.incompleteCount} buildings or town halls have no closed outline in the file`,
      action: 'left out of where people live',
      count: this.incompleteCount,
      file: this.path,
    });
  }
}

/** Positions of the nodes that places refer to. */
class WantedPositions {
  readonly count: number;
  private readonly ids: Float64Array;
  private readonly lons: Int32Array;
  private readonly lats: Int32Array;
  private readonly found: Uint8Array;

  constructor(refs: GrowingArray<Float64Array>, memberRefs: ReadonlyMap<number, readonly number[]>) {
    const ids = new GrowingArray(Float64Array);
    for (let ref = 0; ref < refs.length; ref++) ids.push(refs.at(ref));
    for (const line of memberRefs.values()) for (const id of line) ids.push(id);
    const sorted = ids.toArray().sort();
    let count = 0;
    for (let i = 0; i < sorted.length; i++)
      if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[count++] = sorted[i]!;
    this.count = count;
    this.ids = sorted.slice(0, count);
    this.lons = new Int32Array(count);
    this.lats = new Int32Array(count);
    this.found = new Uint8Array(count);
  }

  take(id: number, lonE7: number, latE7: number): void {
    const place = indexOfId(this.ids, id);
    if (place < 0) return;
    this.lons[place] = lonE7;
    this.lats[place] = latE7;
    this.found[place] = 1;
  }

  /** Positions of the ids, without those that the file lacks. */
  of(ids: readonly number[]): Positions {
    const line: Positions = { lon: [], lat: [] };
    for (const id of ids) {
      const place = indexOfId(this.ids, id);
      if (place < 0 || this.found[place] === 0) continue;
      line.lon.push(this.lons[place]!);
      line.lat.push(this.lats[place]!);
    }
    return line;
  }
}

/** The places of all files, growing. */
class CollectedPlaces {
  private readonly buildings = new GrowingPlaces();
  private readonly streets = new GrowingPlaces();
  private readonly townhalls = new GrowingPlaces();
  private readonly codes: Array<string | undefined> = [];

  addBuilding(lon: number, lat: number, footprint: number, levels: number): void {
    if (footprint >= LEAST_FOOTPRINT) this.buildings.add(lon, lat, footprint * levels);
  }

  addStreet(lon: number, lat: number, meters: number): void {
    this.streets.add(lon, lat, meters);
  }

  addTownhall(lon: number, lat: number, code: string | undefined): void {
    this.townhalls.add(lon, lat, 1);
    this.codes.push(code);
  }

  finish(): OsmPlaces {
    const { lon, lat } = this.townhalls.finish();
    return {
      buildings: this.buildings.finish(),
      streets: this.streets.finish(),
      townhalls: { lon, lat, communeCode: this.codes },
    };
  }
}

class GrowingPlaces {
  private readonly lon = new GrowingArray(Float64Array);
  private readonly lat = new GrowingArray(Float64Array);
  private readonly weight = new GrowingArray(Float64Array);

  add(lon: number, lat: number, weight: number): void {
    this.lon.push(lon);
    this.lat.push(lat);
    this.weight.push(weight);
  }

  finish(): WeightedPlaces {
    return { lon: this.lon.toArray(), lat: this.lat.toArray(), weight: this.weight.toArray() };
  }
}
