/**
 * Turn restrictions as forbidden sequences of directed edges.
 *
 * A restriction relation names the ways `from` and `to` and what lies between them: a node, or one or more
 * ways. Resolved on the edges, `no_*` forbids the sequence from … to; `only_*` forbids every other way on. That nobody
 * turns round at a junction to drive the sequence all the same is the graph's business (`turning-back.ts`).
 *
 * Where the ways of a relation meet in several places, or are several, each possible turn is compared with the name
 * of the restriction; unless exactly one fits, the relation is left out whole. Specification:
 * https://wiki.openstreetmap.org/wiki/Relation:restriction
 */
import { NO_INDEX, type StreetMode } from '../common/units.ts';
import type { OsmRelation, OsmStreets } from '../read/osm/osm-data.ts';
import type { Edges } from './edges.ts';
import { findSorted } from './find-sorted.ts';
import type { Pieces } from './pieces.ts';
import { type RestrictionRule, restrictionApplies } from './restriction-rules.ts';
import { isTurn, type Turn, TurnArms } from './turn-arms.ts';
import type { UsableMoves } from './usable-moves.ts';
import { ViaPaths } from './via-paths.ts';

export interface ResolvedRestrictions {
  /** Each a sequence of edgeDirs that no trip may contain, of length 2 or more. */
  forbidden: number[][];
  /** Ids of relations that apply to the mode but name no path on its streets, with the reason. */
  unresolved: Array<{ relationId: number; reason: string }>;
}

/** Nodes at which restrictions of the mode need a junction: `via` nodes, and the ends of `via` ways. */
export function nodesOfRestrictions(osm: OsmStreets, mode: StreetMode): number[] {
  const nodes: number[] = [];
  for (const restriction of osm.restrictions) {
    if (restrictionApplies(restriction.tags, mode) === undefined) continue;
    for (const member of restriction.members) {
      if (!hasRole(member, 'via')) continue;
      if (member.type === 'n') pushKnown(nodes, findSorted(osm.idOfNode, member.id));
      if (member.type !== 'w') continue;
      const way = findSorted(osm.idOfWay, member.id);
      if (way === NO_INDEX) continue;
      for (const node of endsOfWay(osm, way)) pushKnown(nodes, node);
    }
  }
  return nodes;
}

export function resolveRestrictions(
  osm: OsmStreets,
  pieces: Pieces,
  edges: Edges,
  moves: UsableMoves | undefined,
  mode: StreetMode,
): ResolvedRestrictions {
  const result: ResolvedRestrictions = { forbidden: [], unresolved: [] };
  if (moves === undefined) return result;
  const resolver = new Resolver(osm, pieces, edges, moves);
  for (const restriction of osm.restrictions) {
    const rule = restrictionApplies(restriction.tags, mode);
    if (rule === undefined) continue;
    const outcome = resolver.resolve(restriction, rule);
    if (typeof outcome === 'string')
      result.unresolved.push({ relationId: restriction.relationId, reason: outcome });
    else for (const sequence of outcome) result.forbidden.push(sequence);
  }
  return result;
}

function hasRole(member: OsmRelation['members'][number], role: string): boolean {
  return member.role.trim().toLowerCase() === role;
}

function endsOfWay(osm: OsmStreets, way: number): [number, number] {
  return [osm.nodeOfRef[osm.firstRefOfWay[way]!]!, osm.nodeOfRef[osm.firstRefOfWay[way + 1]! - 1]!];
}

function pushKnown(nodes: number[], node: number): void {
  if (node !== NO_INDEX) nodes.push(node);
}

interface Members {
  from: number[];
  to: number[];
  viaNodes: number[];
  viaWays: number[];
}

class Resolver {
  private readonly arms: TurnArms;
  private readonly viaPaths: ViaPaths;

  constructor(
    private readonly osm: OsmStreets,
    pieces: Pieces,
    edges: Edges,
    private readonly moves: UsableMoves,
  ) {
    this.arms = new TurnArms(osm, pieces, edges, moves);
    this.viaPaths = new ViaPaths(pieces, edges, moves, this.arms);
  }

  /** The sequences that the relation forbids, or why it cannot be understood. */
  resolve(restriction: OsmRelation, rule: RestrictionRule): number[][] | string {
    const members = this.membersOf(restriction, rule);
    if (typeof members === 'string') return members;
    const turns =
      members.viaWays.length === 0 ? this.turnsAtNode(members, rule) : this.turnsOverWays(members);
    if (typeof turns === 'string') return turns;
    const meant = meantTurns(turns, rule);
    if (meant === undefined) return 'its ways meet in several places: which arm is meant is open';
    return meant.flatMap((turn) => (rule.kind === 'no' ? [sequenceOf(turn)] : this.allBut(turn)));
  }

  private membersOf(restriction: OsmRelation, { several }: RestrictionRule): Members | string {
    const find = (role: string, type: 'n' | 'w') =>
      restriction.members
        .filter((member) => member.type === type && hasRole(member, role))
        .map(({ id }) => findSorted(type === 'w' ? this.osm.idOfWay : this.osm.idOfNode, id));
    const [from, to] = [find('from', 'w'), find('to', 'w')];
    if (from.length === 0 || to.length === 0) return 'no "from" or no "to" way';
    // Each of several ways is barred by itself: one beyond the extract takes nothing from the others.
    const isGone = (ways: number[], role: 'from' | 'to') =>
      several === role ? ways.every((way) => way === NO_INDEX) : ways.includes(NO_INDEX);
    if (isGone(from, 'from') || isGone(to, 'to')) return 'a member way is not in the file';
    const known = (ways: number[]) => [...new Set(ways.filter((way) => way !== NO_INDEX))];
    const viaWays = find('via', 'w');
    if (viaWays.includes(NO_INDEX)) return 'a "via" way is not in the file';
    const viaNodes = find('via', 'n');
    if (viaWays.length === 0) {
      if (viaNodes.length !== 1) return 'no usable "via"';
      if (viaNodes[0] === NO_INDEX) return 'the "via" node is not in the file';
    } else {
      // Beside ways, nodes may only name the places where these begin and end.
      const ends = viaWays.flatMap((way) => endsOfWay(this.osm, way));
      if (viaNodes.some((node) => node === NO_INDEX || !ends.includes(node))) return 'no usable "via"';
    }
    return { from: known(from), to: known(to), viaNodes, viaWays: known(viaWays) };
  }

  private turnsAtNode({ from, to, viaNodes }: Members, { turn }: RestrictionRule): Turn[] | string {
    const node = viaNodes[0]!;
    const arriving = from.flatMap((way) => this.arms.at(way, node, true));
    const leaving = to.flatMap((way) => this.arms.at(way, node, false));
    if (arriving.length === 0) return '"from" does not reach "via" for this mode';
    if (leaving.length === 0) return '"to" does not leave "via" for this mode';
    const turns = arriving.flatMap((a) => leaving.map((b): Turn => ({ arriving: a, along: [], leaving: b })));
    // Round on one way: back by the arm that one came by.
    const isRound = turn === 'u' && from.length === 1 && to.length === 1 && from[0] === to[0];
    return isRound ? turns.filter(isBack) : turns;
  }

  private turnsOverWays({ from, to, viaWays }: Members): Turn[] | string {
    const turns = this.viaPaths.turnsOver(from, viaWays, to);
    return turns.length > 0 ? turns : 'the members form no path for this mode';
  }

  /** The sequences that leave the way of a turn at its end for another. */
  private allBut({ arriving, along, leaving }: Turn): number[][] {
    const prefix = [arriving.edgeDir, ...along];
    const others = this.moves.from(this.moves.headOf(prefix[prefix.length - 1]!));
    return Array.from(others)
      .filter((move) => move !== leaving.edgeDir)
      .map((move) => [...prefix, move]);
  }
}

function isBack({ arriving, leaving }: Turn): boolean {
  return leaving.edgeDir === (arriving.edgeDir ^ 1);
}

function sequenceOf({ arriving, along, leaving }: Turn): number[] {
  return [arriving.edgeDir, ...along, leaving.edgeDir];
}

/** Those of the possible turns that the relation means; undefined where that is open. */
function meantTurns(turns: readonly Turn[], { turn, several, kind }: RestrictionRule): Turn[] | undefined {
  if (turns.length === 1) return [...turns];
  // No turning round on a way that runs through the node means all its arms.
  if (turn === 'u' && kind === 'no' && turns.every((one) => one.along.length === 0 && isBack(one)))
    return [...turns];
  if (several !== undefined) {
    const own = turns.map(({ arriving, leaving }) => (several === 'from' ? arriving.way : leaving.way));
    const other = turns.map(({ arriving, leaving }) => (several === 'from' ? leaving : arriving).edgeDir);
    return new Set(own).size === turns.length && new Set(other).size === 1 ? [...turns] : undefined;
  }
  if (turn === undefined) return undefined;
  const fitting = turns.filter(({ arriving, leaving }) => isTurn(turn, arriving, leaving));
  return fitting.length === 1 ? fitting : undefined;
}
