/**
 * The first step from OSM ways to a mode's network: every tag set is judged once. In goes `OsmStreets`; out come
 * compact tables that the later steps read by index.
 */

import { sharedUint8, sharedUint32 } from '../common/shared-arrays.ts';
import type { StreetMode } from '../common/units.ts';
import { NO_INDEX } from '../common/units.ts';
import type { OsmStreets } from '../read/osm/osm-data.ts';
import { type CrossingTimes, knownLengthMeters, shareOutCrossings } from './crossings.ts';
import { profileNode } from './nodes.ts';
import type { WayJudge } from './way-judge.ts';
import type { WayProfile } from './way-profile.ts';

/** Bits of `flagsOfNode`. */
export const NODE_BLOCKED = 1;
export const NODE_ENDS_ONLY = 2;
export const NODE_SIGNALS_FORWARD = 4;
export const NODE_SIGNALS_BACKWARD = 8;
export const NODE_IS_JUNCTION = 16;

export interface ModeStreets {
  /** Distinct profiles; streets with the same one may be joined into one edge. */
  profiles: WayProfile[];
  /** profile -> 1 if both directions are alike. */
  symmetric: Uint8Array;
  /** way -> profile, NO_INDEX if the mode cannot use it. */
  profileOfWay: Uint32Array;
  /** node -> NODE_* bits. */
  flagsOfNode: Uint8Array;
  /** Ids of relations whose duration of a crossing cannot be used. */
  incompleteCrossings: number[];
}

export function judgeStreets(osm: OsmStreets, judge: WayJudge): ModeStreets {
  const { profiles, profileOfTagSet } = judgeTagSets(osm, judge);
  const profileOfWay = sharedUint32(osm.wayCount);
  for (let way = 0; way < osm.wayCount; way++) profileOfWay[way] = profileOfTagSet[osm.tagSetOfWay[way]!]!;
  const crossings = shareOutCrossings(osm);
  giveFerriesTheirSpeed(osm, profiles, profileOfWay, crossings);

  const flagsOfNode = sharedUint8(osm.nodeCount);
  judgeNodes(osm, judge.mode, flagsOfNode);
  const symmetric = Uint8Array.from(profiles, (p) =>
    p.forward.passage === p.backward.passage && p.forward.speedKph === p.backward.speedKph ? 1 : 0,
  );
  return { profiles, symmetric, profileOfWay, flagsOfNode, incompleteCrossings: crossings.incomplete };
}

function judgeTagSets(osm: OsmStreets, judge: WayJudge) {
  const profiles: WayProfile[] = [];
  const idOfKey = new Map<string, number>();
  const profileOfTagSet = new Uint32Array(osm.tagSets.length).fill(NO_INDEX);
  const usedByWay = new Uint8Array(osm.tagSets.length);
  for (let way = 0; way < osm.wayCount; way++) usedByWay[osm.tagSetOfWay[way]!] = 1;
  osm.tagSets.forEach((tags, set) => {
    if (usedByWay[set] === 0) return;
    const judged = judge.judge(tags);
    if (judged === undefined) return;
    const { profile, key } = judged;
    let id = idOfKey.get(key);
    if (id === undefined) {
      id = profiles.length;
      profiles.push(profile);
      idOfKey.set(key, id);
    }
    profileOfTagSet[set] = id;
  });
  return { profiles, profileOfTagSet };
}

/** A ferry whose duration is known moves at the speed that its own length gives: a profile of its own. */
function giveFerriesTheirSpeed(
  osm: OsmStreets,
  profiles: WayProfile[],
  profileOfWay: Uint32Array,
  { secondsOfWay }: CrossingTimes,
): void {
  if (!profiles.some(({ isFerry }) => isFerry)) return;
  for (let way = 0; way < osm.wayCount; way++) {
    const id = profileOfWay[way]!;
    if (id === NO_INDEX) continue;
    const profile = profiles[id]!;
    if (!profile.isFerry) continue;
    const seconds = profile.ferryDurationSeconds ?? secondsOfWay.get(way);
    if (seconds === undefined || seconds <= 0) continue;
    const speedKph = (knownLengthMeters(osm, way) / seconds) * 3.6;
    if (!(speedKph > 0)) continue;
    profileOfWay[way] = profiles.length;
    profiles.push({
      ...profile,
      forward: { ...profile.forward, speedKph },
      backward: { ...profile.backward, speedKph },
      ferryDurationSeconds: undefined,
    });
  }
}

function judgeNodes(osm: OsmStreets, mode: StreetMode, flagsOfNode: Uint8Array): void {
  const flagsOfTagSet = new Int16Array(osm.tagSets.length).fill(-1);
  for (let i = 0; i < osm.taggedNodes.length; i++) {
    const set = osm.tagSetOfTaggedNode[i]!;
    if (flagsOfTagSet[set] === -1) {
      let flags = 0;
      const profile = profileNode(osm.tagSets[set]!, mode);
      if (profile !== undefined) {
        if (profile.passage === 'no') flags |= NODE_BLOCKED;
        if (profile.passage === 'ends') flags |= NODE_ENDS_ONLY;
        if (profile.signals === 'both' || profile.signals === 'forward') flags |= NODE_SIGNALS_FORWARD;
        if (profile.signals === 'both' || profile.signals === 'backward') flags |= NODE_SIGNALS_BACKWARD;
      }
      flagsOfTagSet[set] = flags;
    }
    flagsOfNode[osm.taggedNodes[i]!]! |= flagsOfTagSet[set]!;
  }
}
