/**
 * What the ids and columns of INSEE's Filosofi grid say, in every vintage from 2015 to 2021.
 * `CRS3035RES200mN2029400E4259000` gives the system, the side in metres and the SOUTH-WEST corner, N before E;
 * some releases pad E with a zero. The system differs overseas, so it is read, never assumed.
 */

import { restoreCode } from './written-codes.ts';

/** Normalised names of the id column, finest first: a 200 m file also holds the id of its 1 km cell. */
export const FILOSOFI_ID_COLUMNS = [
  'idcar_200m',
  'id_car200m',
  'idinspire',
  'idcar_1km',
  'id_carr1km',
  'idcar_nat',
] as const;
export const FILOSOFI_COMMUNE_COLUMNS = ['lcog_geo', 'depcom'] as const;
export const FILOSOFI_IMPUTED_COLUMNS = ['i_est_200', 'i_est_cr', 'i_est_1km'] as const;

/** Segment -> the columns that add up to it. `men` counts households, `ind_…` people by age. */
export const FILOSOFI_SEGMENT_COLUMNS = {
  households: ['men'],
  poorHouseholds: ['men_pauv'],
  under18: ['ind_0_3', 'ind_4_5', 'ind_6_10', 'ind_11_17'],
  from65: ['ind_65_79', 'ind_80p'],
  from80: ['ind_80p'],
} as const;

const GRID_ID = /^CRS(\d{4,5})RES(\d+)mN(-?\d+)E(-?\d+)$/;

export interface GridId {
  epsg: number;
  sideMeters: number;
  /** Centre of the cell in the system's metres. */
  x: number;
  y: number;
}

/** The centre that an id stands for; undefined where it is not such an id. */
export function parseGridId(id: string): GridId | undefined {
  const match = GRID_ID.exec(id);
  if (match === null) return undefined;
  const sideMeters = Number(match[2]);
  return {
    epsg: Number(match[1]),
    sideMeters,
    x: Number(match[4]) + sideMeters / 2,
    y: Number(match[3]) + sideMeters / 2,
  };
}

/** `2A041`, `2A041,2A247` and `2A0412A247` -> their codes, without repeats; undefined where there is none. */
export function parseCommuneCodes(text: string): readonly string[] | undefined {
  if (text === '') return undefined;
  const single = restoreCode(text);
  if (text.length === 5 || single.length === 5) return [single];
  const codes: string[] = [];
  for (const part of text.split(/[^0-9A-Za-z]+/)) {
    const width = part.length > 5 && part.length % 5 === 0 ? 5 : part.length;
    for (let at = 0; at < part.length; at += width) {
      const code = restoreCode(part.slice(at, at + width));
      if (!codes.includes(code)) codes.push(code);
    }
  }
  return codes.length === 0 ? undefined : codes;
}
