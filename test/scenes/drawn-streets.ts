/**
 * Small street networks drawn as text. A letter is a node; two characters along a line, and one line, are 50 m:
 *
 *     a---b---c      a to b is 100 m; every other character only decorates
 *         |
 *         d          b to d is 100 m
 *
 * Scenes lie at the equator, where a degree is the same both ways, and streets run along the axes. With
 * `ROUND_SPEEDS` (36 km/h where nothing else is said) 100 m take 10 s, so that every time is a whole number of
 * deciseconds, and the rounding of the engine shows nowhere.
 */
import type { OsmContents, OsmNode, OsmRelation, OsmWay } from '../../scripts/lib/osm-elements.ts';
import { METERS_PER_DEGREE } from '../../src/common/geo.ts';
import { NoticeList } from '../../src/common/notices.ts';
import type { StreetMode } from '../../src/common/units.ts';
import { OsmStreetsBuilder } from '../../src/read/osm/osm-builder.ts';
import type { OsmStreets } from '../../src/read/osm/osm-data.ts';
import { buildStreetNetwork } from '../../src/streets/build-network.ts';
import { STREET_CLASSES } from '../../src/streets/street-classes.ts';
import type { StreetNetwork } from '../../src/streets/street-network.ts';
import type { SpeedTable } from '../../src/streets/way-profile.ts';
import { DEFAULT_SPEEDS } from '../streets/speed-defaults.ts';

export const METERS_PER_CHARACTER = 25;
export const METERS_PER_LINE = 50;
/** Far enough from 0 that no coordinate is negative. */
const WEST = 1;

/** 36 km/h (100 m in 10 s) for cars and cyclists, 18 km/h for walkers; limits are driven in full. */
export const ROUND_SPEEDS: SpeedTable = {
  ...DEFAULT_SPEEDS,
  shareOfLimit: Object.fromEntries(STREET_CLASSES.map((name) => [name, 1])),
  untaggedKph: Object.fromEntries(STREET_CLASSES.map((name) => [name, 36])),
  bike: { kph: 36, pushedKph: 18, junctionSeconds: 1, signalsSeconds: 3 },
  walk: { kph: 18 },
  ferryKph: 36,
  ferryWaitMinutes: 0,
};

/** The same without any delay: times are lengths. */
export const NO_DELAYS: SpeedTable = {
  ...ROUND_SPEEDS,
  delays: { higherClassSeconds: 0, junctionSeconds: 0, roundaboutSeconds: 0, signalsSeconds: 0 },
  bike: { ...ROUND_SPEEDS.bike, junctionSeconds: 0, signalsSeconds: 0 },
};

/** `key=value key=value`. */
export function parseTags(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split(/\s+/)
      .filter((part) => part !== '')
      .map((part) => {
        const at = part.indexOf('=');
        return [part.slice(0, at), part.slice(at + 1)];
      }),
  );
}

export interface Drawing {
  map: string;
  /** Letters of a way -> its tags; `highway=residential` where empty. The letters name the way. */
  ways: Record<string, string>;
  /** Letter -> tags. */
  nodes?: Record<string, string>;
  /** `restriction=no_left_turn from=ab via=b to=bc`: ways and nodes by their letters; several: `via=bc,cd`. */
  restrictions?: string[];
  /** Letter -> the letter at whose place it stands too: two nodes, no distance. */
  twins?: Record<string, string>;
  /** Letters that ways refer to but the file lacks. */
  missing?: string;
}

export interface DrawnStreets {
  contents: OsmContents;
  osm: OsmStreets;
  notices: NoticeList;
  /** `a` = the node, `ab` = halfway between two nodes, `aab` = a third of the way: the mean of its letters. */
  placeAt(letters: string): { lon: number; lat: number };
  network(mode: StreetMode, table?: SpeedTable): StreetNetwork;
  idOfWay(letters: string): number;
}

export function drawStreets(drawing: Drawing): DrawnStreets {
  const nodes: OsmNode[] = [];
  drawing.map.split('\n').forEach((line, row) => {
    [...line].forEach((character, column) => {
      if (!/[a-zA-Z0-9]/.test(character)) return;
      const tags = drawing.nodes?.[character];
      nodes.push({
        id: character.charCodeAt(0),
        lon: WEST + (column * METERS_PER_CHARACTER) / METERS_PER_DEGREE,
        lat: -(row * METERS_PER_LINE) / METERS_PER_DEGREE,
        ...(tags === undefined ? {} : { tags: parseTags(tags) }),
      });
    });
  });
  for (const [letter, other] of Object.entries(drawing.twins ?? {})) {
    const { lon, lat } = nodes.find(({ id }) => id === other.charCodeAt(0))!;
    nodes.push({ id: letter.charCodeAt(0), lon, lat });
  }
  const nodeOf = new Map(nodes.map((node) => [node.id, node]));
  const wayNames = Object.keys(drawing.ways);
  const idOfWay = (letters: string) => {
    const position = wayNames.indexOf(letters);
    if (position < 0) throw new Error(`no way ${letters} is drawn`);
    return 1000 + position;
  };
  const ways: OsmWay[] = wayNames.map((letters) => ({
    id: idOfWay(letters),
    refs: [...letters].map((letter) => letter.charCodeAt(0)),
    tags: wayTags(drawing.ways[letters]!),
  }));
  const relations = (drawing.restrictions ?? []).map((text, i): OsmRelation => {
    const { from, via, to, ...tags } = parseTags(text);
    const viaNames = via!.split(',');
    const isNode = viaNames.length === 1 && viaNames[0]!.length === 1;
    return {
      id: 1 + i,
      tags: { type: 'restriction', ...tags },
      members: [
        ...from!.split(',').map((name) => ({ type: 'way' as const, ref: idOfWay(name), role: 'from' })),
        ...viaNames.map((name) => ({
          type: isNode ? ('node' as const) : ('way' as const),
          ref: isNode ? name.charCodeAt(0) : idOfWay(name),
          role: 'via',
        })),
        ...to!.split(',').map((name) => ({ type: 'way' as const, ref: idOfWay(name), role: 'to' })),
      ],
    };
  });
  const kept = nodes.filter((node) => !(drawing.missing ?? '').includes(String.fromCharCode(node.id)));
  const contents: OsmContents = { nodes: kept, ways, relations };
  const notices = new NoticeList();
  const osm = toStreets(contents, notices);
  return {
    contents,
    osm,
    notices,
    idOfWay,
    placeAt: (letters) => {
      const places = [...letters].map((letter) => nodeOf.get(letter.charCodeAt(0))!);
      return {
        lon: places.reduce((sum, { lon }) => sum + lon, 0) / places.length,
        lat: places.reduce((sum, { lat }) => sum + lat, 0) / places.length,
      };
    },
    network: (mode, table = NO_DELAYS) => buildStreetNetwork(osm, mode, table).network,
  };
}

function wayTags(text: string): Record<string, string> {
  const tags = parseTags(text);
  return tags.route === undefined && tags.railway === undefined ? { highway: 'residential', ...tags } : tags;
}

/** The elements as the readers would give them. */
export function toStreets(contents: OsmContents, notices = new NoticeList()): OsmStreets {
  const builder = new OsmStreetsBuilder(notices);
  const units = (degrees: number) => Math.round(degrees * 1e7);
  for (const { id, lon, lat, tags } of contents.nodes) builder.addNode(id, units(lon), units(lat), tags);
  for (const { id, refs, tags } of contents.ways) builder.addWay(id, refs, tags ?? {});
  for (const { id, members, tags } of contents.relations) {
    builder.addRelation(
      id,
      tags ?? {},
      members.map(({ type, ref, role }) => ({
        type: type === 'node' ? 'n' : type === 'way' ? 'w' : 'r',
        id: ref,
        role,
      })),
    );
  }
  return builder.build();
}
