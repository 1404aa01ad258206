/**
 * From a stop to the structures: the walk, and the wait until the structure opens. Structures with the same
 * opening hours are one group, and of each group only the nearest counts, so that the scan meets a few links
 * at a stop instead of one per structure.
 */
import { UNREACHED } from '../common/units.ts';

/** Walks from stops to structures: links by stop; deciseconds. */
export interface EgressLinks {
  /** stop -> its first link; length stopCount + 1. */
  first: Uint32Array;
  structure: Uint32Array;
  deciseconds: Int32Array;
}

/**
 * When structures accept arrivals on the day: windows by structure, seconds of the day, `open` included and
 * `close` excluded. A structure without windows accepts arrivals at any time.
 */
export interface OpeningHours {
  /** structure -> its first window; length structureCount + 1. */
  first: Uint32Array;
  openSeconds: Int32Array;
  closeSeconds: Int32Array;
}

/** Egress links reduced to one per stop and group of equal opening hours. */
export interface EgressGroups {
  /** stop -> its first link; length stopCount + 1. */
  first: Uint32Array;
  group: Uint32Array;
  deciseconds: Int32Array;
  /** link -> the nearest structure of the group; of equals the first in input order. */
  structure: Uint32Array;
  /** group -> its first window; length groupCount + 1. Group 0 is always open and has none. */
  firstWindow: Uint32Array;
  /** window -> deciseconds of the day, ascending and disjoint within a group. */
  open: Int32Array;
  close: Int32Array;
}

export function groupEgress(links: EgressLinks, hours: OpeningHours | undefined): EgressGroups {
  const { groupOfStructure, windows } = groupStructures(hours);
  const stopCount = links.first.length - 1;
  const first = new Uint32Array(stopCount + 1);
  const group: number[] = [];
  const deciseconds: number[] = [];
  const structure: number[] = [];
  for (let stop = 0; stop < stopCount; stop++) {
    first[stop] = group.length;
    for (let link = links.first[stop]!; link < links.first[stop + 1]!; link++) {
      const to = links.structure[link]!;
      const walk = links.deciseconds[link]!;
      const own = groupOfStructure(to);
      let slot = first[stop]!;
      while (slot < group.length && group[slot] !== own) slot++;
      if (slot === group.length) {
        group.push(own);
        deciseconds.push(walk);
        structure.push(to);
      } else if (walk < deciseconds[slot]! || (walk === deciseconds[slot] && to < structure[slot]!)) {
        deciseconds[slot] = walk;
        structure[slot] = to;
      }
    }
  }
  first[stopCount] = group.length;
  const firstWindow = new Uint32Array(windows.length + 1);
  windows.forEach((list, index) => {
    firstWindow[index + 1] = firstWindow[index]! + list.length;
  });
  return {
    first,
    group: Uint32Array.from(group),
    deciseconds: Int32Array.from(deciseconds),
    structure: Uint32Array.from(structure),
    firstWindow,
    open: Int32Array.from(windows.flat(), ([open]) => open * 10),
    close: Int32Array.from(windows.flat(), ([, close]) => close * 10),
  };
}

/** The links to some of the structures only. @param isKept structure -> 1 where it is one of them */
export function pickEgress(links: EgressLinks, isKept: Uint8Array): EgressLinks {
  const kept = new Uint32Array(links.structure.length);
  const first = new Uint32Array(links.first.length);
  const count = listKept(links, isKept, kept, first);
  const structure = new Uint32Array(count);
  const deciseconds = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    structure[i] = links.structure[kept[i]!]!;
    deciseconds[i] = links.deciseconds[kept[i]!]!;
  }
  return { first, structure, deciseconds };
}

/** Lists the kept links into `kept`, and where those of each stop begin into `first`; returns how many there are. */
function listKept(links: EgressLinks, isKept: Uint8Array, kept: Uint32Array, first: Uint32Array): number {
  let count = 0;
  for (let stop = 0; stop + 1 < first.length; stop++) {
    const end = links.first[stop + 1]!;
    for (let link = links.first[stop]!; link < end; link++) {
      if (isKept[links.structure[link]!] === 1) kept[count++] = link;
    }
    first[stop + 1] = count;
  }
  return count;
}

/** When one who reaches a structure of the group at `time` (deciseconds) is let in; UNREACHED after closing. */
export function admittedAt(groups: EgressGroups, group: number, time: number): number {
  if (group === 0) return time;
  const { firstWindow, open, close } = groups;
  for (let window = firstWindow[group]!; window < firstWindow[group + 1]!; window++) {
    if (time < close[window]!) return Math.max(time, open[window]!);
  }
  return UNREACHED;
}

/** The egress link by which one who alights at `time` is let in first, or -1; of equals the nearer structure. */
export function findEgress(groups: EgressGroups, stop: number, time: number): number {
  let best = -1;
  let earliest = UNREACHED;
  for (let link = groups.first[stop]!; link < groups.first[stop + 1]!; link++) {
    const admitted = admittedAt(groups, groups.group[link]!, time + groups.deciseconds[link]!);
    if (admitted > earliest || admitted === UNREACHED) continue;
    if (admitted === earliest && groups.deciseconds[link]! >= groups.deciseconds[best]!) continue;
    earliest = admitted;
    best = link;
  }
  return best;
}

type Window = readonly [open: number, close: number];

function groupStructures(hours: OpeningHours | undefined): {
  groupOfStructure: (structure: number) => number;
  windows: Window[][];
} {
  const windows: Window[][] = [[]];
  if (hours === undefined) return { groupOfStructure: () => 0, windows };
  const groupOfKey = new Map<string, number>([['[]', 0]]);
  const groups = new Uint32Array(hours.first.length - 1);
  for (let structure = 0; structure < groups.length; structure++) {
    const list = mergedWindows(hours, structure);
    const key = JSON.stringify(list);
    let group = groupOfKey.get(key);
    if (group === undefined) {
      group = windows.length;
      groupOfKey.set(key, group);
      windows.push(list);
    }
    groups[structure] = group;
  }
  return { groupOfStructure: (structure) => groups[structure]!, windows };
}

/** Published hours overlap and come in any order. */
function mergedWindows(hours: OpeningHours, structure: number): Window[] {
  const list: Array<[number, number]> = [];
  for (let window = hours.first[structure]!; window < hours.first[structure + 1]!; window++) {
    list.push([hours.openSeconds[window]!, hours.closeSeconds[window]!]);
  }
  list.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const merged: Array<[number, number]> = [];
  for (const [open, close] of list) {
    const last = merged[merged.length - 1];
    if (last !== undefined && open <= last[1]) last[1] = Math.max(last[1], close);
    else if (close > open) merged.push([open, close]);
  }
  return merged;
}
