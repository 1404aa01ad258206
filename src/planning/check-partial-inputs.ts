/**
 * Grids and lists that cover a part of the territory: a grid cut at a border, lists of other départements. In go
 * communes, their people and structures; out come notices. Roads are looked at in `check-street-cover.ts`.
 */
import type { Notice } from '../common/notices.ts';
import { buildPolygonIndex } from '../common/polygon-index.ts';
import type { Commune, Structure } from '../read/records.ts';
import type { CommuneCodes } from './check-population.ts';

/**
 * Codes of notices that tell of an input which covers only a part: the rate is then that of the part. Beside a result
 * they are warnings; before one they are errors, since the input is to be replaced.
 */
export const PARTIAL_INPUT_CODES: ReadonlySet<string> = new Set([
  'commune-partly-without-streets',
  'population-covers-part',
  'no-structure-in-territory',
]);

/** A commune whose grid has less than this share of what the others let expect is cut, or left out. */
const LEAST_SHARE_OF_EXPECTED = 0.5;
/** Fewest people missing of a commune that is told of: small ones differ by chance. */
const LEAST_PEOPLE_OF_COMMUNE = 50;
/** From so many people missing in all, and such a share of all, the headline is no longer that of the territory. */
const LEAST_PEOPLE_MISSING = 500;
const LEAST_SHARE_MISSING = 0.03;
/** Names in a message. */
const SHOWN_NAMES = 5;

/**
 * Communes in which a grid counts hardly anybody, though people live there. What a commune lets expect is its known
 * population times the median ratio of those that the grid has: a grid below the official level is no gap.
 * @param people of the grid, by commune code
 */
export function checkGridCover(
  communes: readonly Commune[],
  people: ReadonlyMap<string, number>,
  codes: CommuneCodes,
): Notice[] {
  const known = communes.flatMap((commune) => {
    const population = codes.officialPopulationOf(commune.code) ?? commune.population ?? 0;
    return population > 0 ? [{ commune, population, own: people.get(commune.code) ?? 0 }] : [];
  });
  const level = medianRatio(known);
  if (level === undefined) return [];
  const short = known
    .map((each) => ({ ...each, missing: each.population * level - each.own }))
    .filter(({ population, own }) => own < population * level * LEAST_SHARE_OF_EXPECTED)
    .sort((a, b) => b.missing - a.missing);
  const expected = known.reduce((sum, { population }) => sum + population, 0) * level;
  if (sumMissing(short) >= Math.max(LEAST_PEOPLE_MISSING, expected * LEAST_SHARE_MISSING)) {
    return [noticeShort('population-covers-part', short, expected)];
  }
  // Those of whom the grid counts nobody at all are told one by one (`check-population.ts`).
  const some = short.filter(({ own, missing }) => own > 0 && missing >= LEAST_PEOPLE_OF_COMMUNE);
  return some.length === 0 ? [] : [noticeShort('communes-hardly-counted', some, expected)];
}

interface ShortCommune {
  commune: Commune;
  /** People that the grid counts of it, and those that it lacks of what is expected. */
  own: number;
  missing: number;
}

function sumMissing(short: readonly ShortCommune[]): number {
  return short.reduce((sum, { missing }) => sum + missing, 0);
}

function noticeShort(code: string, short: readonly ShortCommune[], expected: number): Notice {
  const names = short.slice(0, SHOWN_NAMES).map(({ commune }) => commune.nom);
  const missing = Math.round(sumMissing(short));
  return {
    code,
    severity: 'warning',
    message: `the grid lacks some ${missing} of ${Math.round(expected)} people: it counts less than half of those of ${short.length} communes, first ${names.join(', ')}`,
    action: 'the grid is used as it is; the rate is that of the people it counts',
    value: String(missing),
    count: short.length,
  };
}

/** Median over the communes that a grid has of counted / known people, each weighing its people. */
function medianRatio(known: ReadonlyArray<{ population: number; own: number }>): number | undefined {
  const ratios = known
    .filter(({ own }) => own > 0)
    .map(({ own, population }) => ({ ratio: own / population, population }))
    .sort((a, b) => a.ratio - b.ratio);
  let rest = ratios.reduce((sum, { population }) => sum + population, 0) / 2;
  return ratios.find(({ population }) => {
    rest -= population;
    return rest <= 0;
  })?.ratio;
}

/** Lists of which no structure stands in the territory: each of several, or all together. */
export function checkListCover(structures: readonly Structure[], communes: readonly Commune[]): Notice[] {
  const drawn = communes.filter(({ geometry }) => geometry !== undefined);
  if (drawn.length === 0 || structures.length === 0) return [];
  const index = buildPolygonIndex(drawn.map(({ geometry }) => geometry));
  const codes = new Set(communes.map(({ code }) => code));
  const structuresOfFile = new Map<string, Structure[]>();
  for (const structure of structures) {
    const listed = structuresOfFile.get(structure.file);
    if (listed === undefined) structuresOfFile.set(structure.file, [structure]);
    else listed.push(structure);
  }
  const isInside = ({ lon, lat, codeInsee }: Structure): boolean =>
    index.locate(lon, lat) >= 0 || (codeInsee !== undefined && codes.has(codeInsee));
  const elsewhere = [...structuresOfFile].filter(([, listed]) => !listed.some(isInside));
  if (elsewhere.length === structuresOfFile.size) {
    return [
      {
        code: 'no-structure-in-territory',
        severity: 'warning',
        message: `none of the ${structures.length} structures read stands in the territory${describePlaces(structures)}`,
        action: 'only structures beyond the border count',
        value: String(structures.length),
      },
    ];
  }
  return elsewhere.map(([file, listed]) => ({
    code: 'list-of-other-territories',
    severity: 'warning',
    message: `none of the ${listed.length} structures of the list stands in the territory${describePlaces(listed)}`,
    action: 'its structures count where residents reach them across the border',
    file,
    value: String(listed.length),
  }));
}

/** `, but in the départements 58 (12), 21 (3)`, by the codes that the structures declare. */
function describePlaces(structures: readonly Structure[]): string {
  const countOf = new Map<string, number>();
  for (const { codeInsee } of structures) {
    if (codeInsee === undefined) continue;
    const departement = codeInsee.startsWith('97') ? codeInsee.slice(0, 3) : codeInsee.slice(0, 2);
    countOf.set(departement, (countOf.get(departement) ?? 0) + 1);
  }
  const most = [...countOf].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, SHOWN_NAMES);
  return most.length === 0
    ? ''
    : `, but in the départements ${most.map(([code, count]) => `${code} (${count})`).join(', ')}`;
}
