/**
 * The rivers that the map shows, from lines in GeoJSON or from any OpenStreetMap file (the study's own roads, as a
 * rule): rivers and canals as whole units of 1e-7 degrees. Only for the picture: no time depends on them.
 *
 * OpenStreetMap files are read twice by the generic readers, once for the ways and once for their nodes. The fast
 * path of the roads skips waterways before their references are decoded, and stays as it is: who asks for no river
 * pays nothing for them.
 * https://wiki.openstreetmap.org/wiki/Key:waterway
 */

import type { Geometry, Position } from 'geojson';
import { whileReading } from '../common/file-faults.ts';
import { NoticeList } from '../common/notices.ts';
import { COORDINATE_UNITS_PER_DEGREE } from '../common/units.ts';
import { featuresOfJson, isOverpass } from './geojson.ts';
import { readJson } from './input-bytes.ts';
import { indexOfId } from './osm/id-lookup.ts';
import { forEachOsmElement } from './osm/osm-elements.ts';
import { sniffOsmFormat } from './osm/osm-format.ts';

/** Streams and ditches would only hide the map of a département. */
const SHOWN_WATERWAYS: ReadonlySet<string | undefined> = new Set(['river', 'canal']);

/** Lines one after another. */
export interface RiverLines {
  /** line -> index of its first point; length line count + 1. */
  firstPointOfLine: Uint32Array;
  /** point -> 1e-7 degrees. */
  lonOfPoint: Int32Array;
  latOfPoint: Int32Array;
}

/** Reads the rivers of all files, in their order. @throws UsageError where a file cannot be read */
export async function readRivers(paths: readonly string[], notices: NoticeList): Promise<RiverLines> {
  const lines = new GrowingLines();
  for (const path of paths) {
    const before = lines.count;
    await whileReading(path, () => readLines(path, lines, notices));
    if (lines.count > before) continue;
    notices.add({
      code: 'rivers-none',
      severity: 'info',
      message: 'the file holds no river',
      action: 'the map shows none of it',
      file: path,
    });
  }
  return lines.finish();
}

async function readLines(path: string, lines: GrowingLines, notices: NoticeList): Promise<void> {
  const { format } = await sniffOsmFormat(path);
  const json = format === 'json' ? await readJson(path) : undefined;
  if (json === undefined || isOverpass(json)) await readOsmRivers(path, lines, notices);
  else for (const { geometry } of await featuresOfJson(path, json)) addGeometry(geometry, lines);
}

async function readOsmRivers(path: string, lines: GrowingLines, notices: NoticeList): Promise<void> {
  const refsOfWay: number[][] = [];
  await forEachOsmElement(
    path,
    {
      way: (_, refs, tags) => {
        if (SHOWN_WATERWAYS.has(tags['waterway'])) refsOfWay.push(Array.from(refs));
      },
      restart: () => {
        refsOfWay.length = 0;
      },
    },
    { notices },
  );
  if (refsOfWay.length === 0) return;
  const ids = Float64Array.from(new Set(refsOfWay.flat())).sort();
  const lon = new Int32Array(ids.length);
  const lat = new Int32Array(ids.length);
  const isFound = new Uint8Array(ids.length);
  const take = (id: number, lonE7: number, latE7: number): void => {
    const place = indexOfId(ids, id);
    if (place < 0) return;
    lon[place] = lonE7;
    lat[place] = latE7;
    isFound[place] = 1;
  };
  // The odd elements have been noticed by now.
  await forEachOsmElement(path, { node: take, refPosition: take }, { notices: new NoticeList(0) });
  for (const refs of refsOfWay) {
    const places = refs.map((id) => indexOfId(ids, id)).filter((place) => isFound[place] === 1);
    lines.add(
      places.map((place) => lon[place]!),
      places.map((place) => lat[place]!),
    );
  }
}

function addGeometry(geometry: Geometry | null, lines: GrowingLines): void {
  if (geometry === null) return;
  if (geometry.type === 'GeometryCollection')
    for (const part of geometry.geometries) addGeometry(part, lines);
  else if (geometry.type === 'LineString') addPositions(geometry.coordinates, lines);
  else if (geometry.type === 'MultiLineString') {
    for (const line of geometry.coordinates) addPositions(line, lines);
  }
}

function addPositions(positions: readonly Position[], lines: GrowingLines): void {
  lines.add(
    positions.map(([lon]) => Math.round(lon! * COORDINATE_UNITS_PER_DEGREE)),
    positions.map(([, lat]) => Math.round(lat! * COORDINATE_UNITS_PER_DEGREE)),
  );
}

class GrowingLines {
  private readonly first: number[] = [0];
  private readonly lon: number[] = [];
  private readonly lat: number[] = [];

  get count(): number {
    return this.first.length - 1;
  }

  /** Less than two points draw nothing. */
  add(lon: readonly number[], lat: readonly number[]): void {
    if (lon.length < 2) return;
    for (let at = 0; at < lon.length; at++) {
      this.lon.push(lon[at]!);
      this.lat.push(lat[at]!);
    }
    this.first.push(this.lon.length);
  }

  finish(): RiverLines {
    return {
      firstPointOfLine: Uint32Array.from(this.first),
      lonOfPoint: Int32Array.from(this.lon),
      latOfPoint: Int32Array.from(this.lat),
    };
  }
}
