/**
 * The cells as INSEE publishes them: the columns of the 200 m grid of Filosofi 2021, consistent with one
 * another (ages add up to the people, dwellings by size and by kind to the households). All counts are whole
 * tenths until they are written.
 */
import { SeededRandom } from '../lib/random.ts';
import { CELL_METERS, type Cell } from './population.ts';

const FILOSOFI_HEADER =
  'idcar_200m,idcar_1km,idcar_nat,i_est_200,i_est_1km,lcog_geo,ind,men,men_pauv,men_1ind,men_5ind,men_prop,' +
  'men_fmp,ind_snv,men_surf,men_coll,men_mais,log_av45,log_45_70,log_70_90,log_ap90,log_inc,log_soc,ind_0_3,' +
  'ind_4_5,ind_6_10,ind_11_17,ind_18_24,ind_25_39,ind_40_54,ind_55_64,ind_65_79,ind_80p,ind_inc';

/** Cells with fewer households are imputed by the producer, for secrecy. */
const LEAST_HOUSEHOLDS_TENTHS = 110;

/** Shares of the ten age columns: in the open country and in the middle of the prefecture; then unknown. */
const AGES_COUNTRY = [2.9, 1.8, 5.4, 8.1, 5.6, 14.2, 19.6, 15.1, 19.8, 7.1, 0.4];
const AGES_TOWN = [3.6, 2.1, 5.3, 7.4, 10.4, 20.8, 18.1, 11.4, 14.2, 6.3, 0.4];

export function encodeFilosofi(cells: readonly Cell[], seed: number): string {
  const random = new SeededRandom(seed + 13);
  const households = cells.map((cell) => drawHouseholds(cell, random));
  const perKm = sumBySquare(cells, households, 1000);
  const perTwoKm = sumBySquare(cells, households, 2000);
  const lines = cells.map((cell, index) => {
    const men = households[index];
    const km = perKm.get(squareId(cell, 1000)) ?? 0;
    const isImputed = men < LEAST_HOUSEHOLDS_TENTHS;
    const isKmImputed = km < LEAST_HOUSEHOLDS_TENTHS;
    const side = !isImputed
      ? CELL_METERS
      : !isKmImputed
        ? 1000
        : (perTwoKm.get(squareId(cell, 2000)) ?? 0) >= LEAST_HOUSEHOLDS_TENTHS
          ? 2000
          : 4000;
    const lcog = cell.communes.join(',');
    return [
      squareId(cell, CELL_METERS),
      squareId(cell, 1000),
      squareId(cell, side),
      isImputed ? '1' : '0',
      isKmImputed ? '1' : '0',
      cell.communes.length > 1 ? `"${lcog}"` : lcog,
      ...drawCounts(cell, men, random),
    ].join(',');
  });
  return `${[FILOSOFI_HEADER, ...lines].join('\n')}\n`;
}

/** Id of the square of a size that holds the cell: its south-west corner, north before east. */
function squareId({ east, north }: Cell, side: number): string {
  const floor = (meters: number): number => Math.floor(meters / side) * side;
  return `CRS3035RES${side}mN${floor(north)}E${floor(east)}`;
}

/** Households in tenths: 1.9 people each in the middle of town, 2.3 in the country. */
function drawHouseholds({ tenths, urban }: Cell, random: SeededRandom): number {
  const size = 2.3 - 0.4 * urban + random.between(-0.25, 0.25);
  return Math.max(5, Math.round(tenths / size));
}

function sumBySquare(
  cells: readonly Cell[],
  households: readonly number[],
  side: number,
): Map<string, number> {
  const sums = new Map<string, number>();
  cells.forEach((cell, index) => {
    const id = squareId(cell, side);
    sums.set(id, (sums.get(id) ?? 0) + households[index]);
  });
  return sums;
}

/** The columns from `ind` to `ind_inc`. */
function drawCounts({ tenths, urban }: Cell, men: number, random: SeededRandom): string[] {
  const part = (share: number): number =>
    Math.min(men, Math.max(0, Math.round(men * share * random.between(0.6, 1.4))));
  const flats = Math.min(men, Math.round(men * urban * random.between(0.45, 0.85)));
  const sizes = shareOut(men, [4 + 14 * urban, 14 + 10 * urban, 24, 56 - 22 * urban, 1], random);
  const ages = shareOut(
    tenths,
    AGES_COUNTRY.map((share, i) => share + urban * (AGES_TOWN[i] - share)),
    random,
  );
  const livingStandard = Math.round((tenths / 10) * random.between(19_500, 26_500) * 10) / 10;
  const surface = Math.round((men / 10) * (118 - 42 * urban) * random.between(0.9, 1.1) * 10) / 10;
  return [
    tenthsText(tenths),
    tenthsText(men),
    tenthsText(part(0.11 + 0.1 * urban)),
    tenthsText(part(0.3 + 0.14 * urban)),
    tenthsText(part(0.05)),
    tenthsText(Math.min(men, Math.round(men * (0.82 - 0.42 * urban) * random.between(0.85, 1.1)))),
    tenthsText(part(0.06 + 0.05 * urban)),
    String(livingStandard),
    String(surface),
    tenthsText(flats),
    tenthsText(men - flats),
    ...sizes.map(tenthsText),
    tenthsText(part(0.02 + 0.2 * urban)),
    ...ages.map(tenthsText),
  ];
}

/** Splits a whole number by weights, each varied by up to a third; the parts add up to it (largest remainders). */
function shareOut(total: number, weights: readonly number[], random: SeededRandom): number[] {
  const varied = weights.map((weight) => weight * random.between(0.67, 1.33));
  const sum = varied.reduce((a, b) => a + b, 0);
  const exact = varied.map((weight) => (total * weight) / sum);
  const parts = exact.map(Math.floor);
  const left = total - parts.reduce((a, b) => a + b, 0);
  const order = exact.map((_, i) => i).sort((p, q) => exact[q] - parts[q] - (exact[p] - parts[p]) || p - q);
  for (const i of order.slice(0, left)) parts[i] += 1;
  return parts;
}

function tenthsText(tenths: number): string {
  return tenths % 10 === 0 ? String(tenths / 10) : (tenths / 10).toFixed(1);
}
