/**
 * Structures that several lists hold: found by the same place (within 150 m, or the same commune where a position
 * is only a commune's) and a similar type or name. Each pair is a notice that names both rows; on request the
 * later one is merged into the earlier, which keeps its own values and takes the other's for its blanks.
 *
 * One list's rows are never compared with each other, and each row finds at most one partner in each other list.
 */

import { basename } from 'node:path';
import { distanceMeters, METERS_PER_DEGREE } from '../common/geo.ts';
import type { NoticeList } from '../common/notices.ts';
import { normaliseHeader } from './csv-headings.ts';
import type { Structure } from './records.ts';

/** Two geocodings of one address, or the two doors of one building, lie about this far apart at most, metres. */
const SAME_PLACE_METERS = 150;
/** Least likeness of names where the type alone does not tell, and where types differ. */
const SIMILAR_NAMES = 0.5;
const SAME_NAMES = 0.75;
/** Types of which one place may well hold several. */
const MANY_AT_ONE_PLACE: ReadonlySet<string> = new Set(['', 'association', 'departements']);
const STOP_WORDS = new Set('a au aux d de des du en et l la le les sous sur'.split(' '));
/** Words of the kind of place rather than of its own name. */
const KIND_WORDS = new Set(
  'accueil antenne bus ccas centre cias communal espace fs france itinerant itinerante labellise maison mds point pole services service social action solidarite solidarites departementale intercommunal'.split(
    ' ',
  ),
);

export interface DuplicatePair {
  /** Positions in the lists laid end to end; `first` stands in an earlier list. */
  first: number;
  second: number;
  /** Metres between them; undefined where one position is only a commune's. */
  meters: number | undefined;
}

/** Pairs in the order of their second structure. */
export function findDuplicates(lists: ReadonlyArray<readonly Structure[]>): DuplicatePair[] {
  const pairs: DuplicatePair[] = [];
  const earlier: Structure[] = [];
  const listOf: number[] = [];
  lists.forEach((list, listIndex) => {
    const places = new EarlierPlaces(earlier);
    const taken = new Set<number>();
    list.forEach((structure, position) => {
      for (let other = 0; other < listIndex; other++) {
        const found = findPartner(
          structure,
          places.near(structure).filter((each) => listOf[each] === other && !taken.has(each)),
          earlier,
        );
        if (found === undefined) continue;
        taken.add(found.first);
        pairs.push({ ...found, second: earlier.length + position });
        break;
      }
    });
    for (const structure of list) {
      earlier.push(structure);
      listOf.push(listIndex);
    }
  });
  return pairs;
}

/** Reports the pairs, and merges them where asked. `keptIdOf`: id of a structure merged away -> the one kept. */
export function joinDuplicates(
  lists: ReadonlyArray<readonly Structure[]>,
  merge: boolean,
  notices: NoticeList,
): { structures: Structure[]; keptIdOf: ReadonlyMap<string, string> } {
  const structures = lists.flat();
  const keptIdOf = new Map<string, string>();
  const rootOf = new Map<number, number>();
  for (const { first, second, meters } of findDuplicates(lists)) {
    noticePair(structures[first]!, structures[second]!, meters, merge, notices);
    if (!merge) continue;
    const root = rootOf.get(first) ?? first;
    rootOf.set(second, root);
    structures[root] = fillBlanks(structures[root]!, structures[second]!);
    keptIdOf.set(structures[second]!.id, structures[root]!.id);
  }
  return { structures: structures.filter((_, position) => !rootOf.has(position)), keptIdOf };
}

function noticePair(
  first: Structure,
  second: Structure,
  meters: number | undefined,
  merge: boolean,
  notices: NoticeList,
): void {
  const apart = meters === undefined ? 'same commune' : `${Math.round(meters)} m apart`;
  notices.add({
    code: merge ? 'structure-duplicate-merged' : 'structure-duplicate',
    severity: merge ? 'info' : 'warning',
    message: `${second.nom} seems to stand in another list too, as ${first.nom}`,
    action: merge
      ? `merged: ${first.id} keeps its values and takes these for its blanks`
      : 'both kept; merge_duplicates: true under structures_selection merges them',
    file: second.file,
    row: second.row,
    id: second.id,
    value: `${basename(first.file)} row ${first.row}, id ${first.id}, ${apart}`,
  });
}

/** Earlier structures by latitude and by commune. */
class EarlierPlaces {
  private readonly byLat: number[];
  private readonly ofCommune = new Map<string, number[]>();

  constructor(private readonly structures: readonly Structure[]) {
    this.byLat = structures.map((_, position) => position).sort((a, b) => this.latOf(a) - this.latOf(b));
    structures.forEach(({ codeInsee }, position) => {
      if (codeInsee === undefined) return;
      const others = this.ofCommune.get(codeInsee);
      if (others === undefined) this.ofCommune.set(codeInsee, [position]);
      else others.push(position);
    });
  }

  /** Structures within 150 m, and those of the same commune where a position is only the commune's; ascending. */
  near(structure: Structure): number[] {
    const found = new Set<number>();
    const reach = SAME_PLACE_METERS / METERS_PER_DEGREE;
    for (let place = this.firstFrom(structure.lat - reach); place < this.byLat.length; place++) {
      const position = this.byLat[place]!;
      if (this.latOf(position) > structure.lat + reach) break;
      if (metersBetween(structure, this.structures[position]!) <= SAME_PLACE_METERS) found.add(position);
    }
    for (const position of this.ofCommune.get(structure.codeInsee ?? '') ?? []) {
      if (isOnlyCommune(structure, this.structures[position]!)) found.add(position);
    }
    return [...found].sort((a, b) => a - b);
  }

  /** The first place of `byLat` whose latitude is not below `lat`. */
  private firstFrom(lat: number): number {
    let low = 0;
    let high = this.byLat.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.latOf(this.byLat[middle]!) < lat) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private latOf(position: number): number {
    return this.structures[position]!.lat;
  }
}

/** The best partner among candidates; where only the commune is known, one that no other equals. */
function findPartner(
  structure: Structure,
  candidates: readonly number[],
  structures: readonly Structure[],
): Omit<DuplicatePair, 'second'> | undefined {
  let best: { first: number; meters: number | undefined; score: number } | undefined;
  let isTied = false;
  for (const first of candidates) {
    const other = structures[first]!;
    if (isMoving(structure) !== isMoving(other)) continue;
    const meters = isOnlyCommune(structure, other) ? undefined : metersBetween(structure, other);
    const names = likenessOfNames(structure, other);
    if (!isSimilar(structure, other, names, meters)) continue;
    const score = names + (meters === undefined ? 0 : 1 - meters / SAME_PLACE_METERS);
    if (best !== undefined && score < best.score) continue;
    isTied = best !== undefined && score === best.score;
    if (!isTied) best = { first, meters, score };
  }
  if (best === undefined || (isTied && best.meters === undefined)) return undefined;
  return { first: best.first, meters: best.meters };
}

function isSimilar(a: Structure, b: Structure, names: number, meters: number | undefined): boolean {
  if (familyOf(a) === familyOf(b)) {
    if (meters !== undefined && !MANY_AT_ONE_PLACE.has(a.type)) return true;
    return names >= SIMILAR_NAMES;
  }
  return meters !== undefined && dice(wordsOf(a), wordsOf(b)) >= SAME_NAMES;
}

/** Maisons de services au public have become France services. */
function familyOf({ type }: Structure): string {
  return type === 'msap' ? 'france-service' : type;
}

function isMoving({ format }: Structure): boolean {
  return format === 'bus' || format === 'itinerant';
}

function isOnlyCommune(a: Structure, b: Structure): boolean {
  const isSame = a.codeInsee !== undefined && a.codeInsee === b.codeInsee;
  return isSame && (a.positionOrigin !== undefined || b.positionOrigin !== undefined);
}

function metersBetween(a: Structure, b: Structure): number {
  return distanceMeters(a.lon, a.lat, b.lon, b.lat);
}

/** 0 to 1 by the words of their own; 1 where one name only says more than the other. */
function likenessOfNames(a: Structure, b: Structure): number {
  const [wordsA, wordsB] = [ownWordsOf(a), ownWordsOf(b)];
  const [fewer, more] = wordsA.size <= wordsB.size ? [wordsA, wordsB] : [wordsB, wordsA];
  if ([...fewer].every((word) => more.has(word))) return 1;
  return dice(wordsA, wordsB);
}

function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size + b.size === 0) return 0;
  return (2 * [...a].filter((word) => b.has(word)).length) / (a.size + b.size);
}

function wordsOf({ nom }: Structure): Set<string> {
  return new Set(
    normaliseHeader(nom)
      .split('_')
      .filter((word) => word !== '' && !STOP_WORDS.has(word)),
  );
}

function ownWordsOf(structure: Structure): Set<string> {
  return new Set([...wordsOf(structure)].filter((word) => !KIND_WORDS.has(word)));
}

/** The first list's values, and the other's where they are blank. */
function fillBlanks(first: Structure, other: Structure): Structure {
  const takesType =
    (first.type === '' && other.type !== '') ||
    (first.isTypeUnknown === true && other.isTypeUnknown !== true);
  const takesCircle = takesType || (!first.cercleStated && other.cercleStated);
  const takesEngagement = !first.engageeStated && other.engageeStated;
  const takesPosition = first.positionOrigin !== undefined && other.positionOrigin === undefined;
  return {
    ...first,
    type: takesType ? other.type : first.type,
    isTypeUnknown: takesType ? other.isTypeUnknown : first.isTypeUnknown,
    cercle: takesCircle ? other.cercle : first.cercle,
    cercleStated: takesCircle ? other.cercleStated : first.cercleStated,
    engagee: takesEngagement ? other.engagee : first.engagee,
    engageeStated: takesEngagement || first.engageeStated,
    lon: takesPosition ? other.lon : first.lon,
    lat: takesPosition ? other.lat : first.lat,
    positionOrigin: takesPosition ? undefined : first.positionOrigin,
    adresse: first.adresse ?? other.adresse,
    codeInsee: first.codeInsee ?? other.codeInsee,
    dateEngagement: first.dateEngagement ?? other.dateEngagement,
    dateCharte: first.dateCharte ?? other.dateCharte,
    polyvalent: first.polyvalent ?? other.polyvalent,
    satisfaction: first.satisfaction ?? other.satisfaction,
    audit: first.audit ?? other.audit,
    avecRdv: first.avecRdv ?? other.avecRdv,
    sansRdv: first.sansRdv ?? other.sansRdv,
    telephone: first.telephone ?? other.telephone,
    numerique: first.numerique ?? other.numerique,
    ...takeHours(first, other),
  };
}

/** Hours, and what is known of them, from one list: the first that says any that are understood. */
function takeHours(
  first: Structure,
  other: Structure,
): Pick<Structure, 'horaires' | 'unreadHours' | 'isClosedThatWeek'> {
  const from = first.horaires === undefined && other.horaires !== undefined ? other : first;
  const { horaires, isClosedThatWeek } = from;
  const unreadHours = horaires === undefined ? (first.unreadHours ?? other.unreadHours) : undefined;
  return { horaires, unreadHours, isClosedThatWeek };
}
