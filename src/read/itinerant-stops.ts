/**
 * The rounds of itinerant structures and buses: a study's CSV `id_structure;nom_arret;lon;lat;code_insee;horaires`
 * -> one structure a stop, with what its list says of the itinerant one and the stop's own place and calendar
 * (OSM `opening_hours`). The itinerant row itself is only a base address and never counts as a place.
 */
import { basename } from 'node:path';
import { Fault } from '../common/errors.ts';
import type { NoticeList } from '../common/notices.ts';
import { noticeCommune } from './commune-notices.ts';
import { type CsvTable, readCsv } from './csv.ts';
import type { PositionFault, ReadStructure } from './place-structures.ts';
import { PositionColumns } from './position-columns.ts';
import { POSITION_GROUPS, POSITION_NAMES } from './position-names.ts';
import { type Bounds, isOnEarth, looksSwapped } from './positions.ts';
import type { Structure } from './records.ts';
import { settlePositions, type WrittenPosition } from './settle-positions.ts';
import type { CommuneClues, StructureCommunes } from './structure-communes.ts';
import { createHoursUnderstander } from './structure-hours.ts';
import { OWN_NAMES } from './structure-rows.ts';
import { noticeUnusedColumns } from './unused-columns.ts';

const NAMES = {
  structure: ['id_structure', 'identifiant_structure', 'structure', 'id', 'identifiant', 'n_structure'],
  arret: ['nom_arret', 'arret', 'nom', 'name', 'lieu', 'libelle', 'adresse'],
  codeInsee: OWN_NAMES.codeInsee,
  commune: OWN_NAMES.commune,
  horaires: [...OWN_NAMES.horaires, 'calendrier', 'passages', 'jours_passage'],
} as const;

export interface StopOptions {
  /** The day studied, YYYY-MM-DD; undefined: a calendar counts if it ever opens. */
  date?: string | undefined;
  bounds?: Bounds | undefined;
}

/** Structures of the study's lists, to which the stops belong. */
export interface StopOwners {
  structures: readonly Structure[];
  /** Id of a structure merged away -> the one kept. */
  keptIdOf: ReadonlyMap<string, string>;
}

/** The stops of one file; those without usable position carry their fault. */
export async function readItinerantStops(
  path: string,
  owners: StopOwners,
  communes: StructureCommunes,
  options: StopOptions,
  notices: NoticeList,
): Promise<ReadStructure[]> {
  const groups = Object.values(NAMES);
  const table = await readCsv(path, [...groups.flat(), ...POSITION_NAMES], notices);
  table.header.get('structure of the stop', ...NAMES.structure);
  table.header.get('opening hours', ...NAMES.horaires);
  const positions = new PositionColumns(table, options.bounds);
  for (const names of groups) table.header.find(...names);
  noticeUnusedColumns(table.header, table.records, { groups: [...groups, ...POSITION_GROUPS] }, notices);
  const placed = table.records.map((record) => positions.read(record));
  await settlePositions(path, placed, options.bounds, notices);
  const reader = new StopReader(path, table, owners, communes, options.bounds, notices);
  const understand = await createHoursUnderstander(reader.hours(), options.date);
  const stops: ReadStructure[] = [];
  const countOfOwner = new Map<string, number>();
  for (const [at, record] of table.records.entries()) {
    const owner = reader.findOwner(record);
    if (owner === undefined) continue;
    const number = (countOfOwner.get(owner.id) ?? 0) + 1;
    countOfOwner.set(owner.id, number);
    const stop = reader.read(record, placed[at]!, owner, number);
    const { horaires, lon, lat, codeInsee } = stop.structure;
    // Without hours a round says nothing, be it by appointment.
    const hours = horaires === undefined ? undefined : understand(horaires, lon, lat, codeInsee);
    const calendar = hours?.osm === undefined ? undefined : hours;
    if (horaires !== undefined && calendar === undefined) reader.noticeCalendar(stop.structure);
    if (calendar !== undefined) stop.structure.horaires = calendar.osm;
    stop.structure.stop = { of: owner.id, opens: calendar?.opensInWeek };
    stops.push(stop);
  }
  if (table.records.length > 0) return stops;
  throw new Fault('itinerant-stops-empty', { file: path });
}

type CsvRecord = CsvTable['records'][number];

class StopReader {
  private readonly ownersOfId = new Map<string, Structure[]>();
  private hasPostalCodes: boolean | undefined;

  constructor(
    private readonly path: string,
    private readonly table: CsvTable,
    owners: StopOwners,
    private readonly communes: StructureCommunes,
    private readonly bounds: Bounds | undefined,
    private readonly notices: NoticeList,
  ) {
    const byId = new Map(owners.structures.map((structure) => [structure.id, structure]));
    const offer = (id: string, structure: Structure | undefined) => {
      if (structure === undefined) return;
      // Lists that share ids have theirs prefixed; a stop may name the list's own, if one list alone has it.
      for (const name of new Set([id, id.slice(id.indexOf(':') + 1)])) {
        this.ownersOfId.set(name, [...(this.ownersOfId.get(name) ?? []), structure]);
      }
    };
    for (const [id, structure] of byId) offer(id, structure);
    for (const [id, kept] of owners.keptIdOf) offer(id, byId.get(kept));
  }

  hours(): string[] {
    return this.table.records
      .map((record) => this.field(record, NAMES.horaires))
      .filter((text) => text !== '');
  }

  /** The itinerant structure that a row names; undefined, with a notice, where none does. */
  findOwner(record: CsvRecord): Structure | undefined {
    const id = this.field(record, NAMES.structure);
    const named = [...new Set(this.ownersOfId.get(id) ?? [])];
    const moving = named.filter(({ format }) => format === 'bus' || format === 'itinerant');
    if (moving.length === 1) return moving[0];
    const [code, message] =
      named.length === 0
        ? ['itinerant-stop-of-unknown-structure', 'no structure of the lists bears this id']
        : moving.length === 0
          ? ['itinerant-stop-of-fixed-structure', 'the structure is neither a bus nor itinerant']
          : ['itinerant-stop-of-several-structures', 'several itinerant structures bear this id'];
    this.notices.add({
      code,
      severity: 'warning',
      message,
      action: moving.length > 1 ? 'left out: write the id as list:id' : 'left out',
      file: basename(this.path),
      row: record.line,
      id,
      value: this.field(record, NAMES.arret),
    });
    return undefined;
  }

  read(record: CsvRecord, { lon, lat }: WrittenPosition, owner: Structure, number: number): ReadStructure {
    const name = this.field(record, NAMES.arret) || `arrêt ${number}`;
    const fault = this.findFault(`${owner.nom}, ${name}`, lon, lat);
    const isPlaced = fault === undefined;
    const structure: Structure = {
      ...owner,
      id: `${owner.id}/${number}`,
      nom: `${owner.nom}, ${name}`,
      adresse: name,
      codeInsee: this.findCommune(record, `${owner.id}/${number}`, [Number(lon), Number(lat)], isPlaced),
      horaires: this.field(record, NAMES.horaires) || undefined,
      unreadHours: undefined,
      isClosedThatWeek: undefined,
      lon: Number(lon),
      lat: Number(lat),
      positionOrigin: undefined,
      file: basename(this.path),
      row: record.line,
    };
    return { structure, fault };
  }

  noticeCalendar({ id, nom, horaires, row }: Structure): void {
    this.notices.add({
      code: 'itinerant-stop-calendar-unreadable',
      severity: 'warning',
      message: `${nom}: the calendar is no opening_hours`,
      action: 'not counted',
      file: basename(this.path),
      row,
      id,
      value: horaires ?? '',
    });
  }

  private findCommune(
    record: CsvRecord,
    id: string,
    position: readonly [number, number],
    isPlaced: boolean,
  ): string | undefined {
    const clues: CommuneClues = {
      code: this.field(record, NAMES.codeInsee) || undefined,
      name: this.field(record, NAMES.commune),
      position: isPlaced ? position : undefined,
    };
    const decision = this.communes.decide(clues, () => this.isPostalColumn());
    // What a code has become is told for structures; a stop only says where it is.
    if (decision.finding?.kind !== 'changed') {
      noticeCommune(decision, clues, { file: this.path, row: record.line, id }, this.communes, this.notices);
    }
    return decision.code;
  }

  private isPostalColumn(): boolean {
    this.hasPostalCodes ??= this.communes.isPostalColumn(
      this.table.records.map((record) => this.field(record, NAMES.codeInsee)),
    );
    return this.hasPostalCodes;
  }

  private findFault(nom: string, lon: number | string, lat: number | string): PositionFault | undefined {
    const value = `${lon}, ${lat}`;
    if (lon === '' || lat === '') {
      return {
        code: 'itinerant-stop-without-position',
        message: `${nom} has no position`,
        value: '',
        isBlank: true,
      };
    }
    const isUsable =
      typeof lon === 'number' &&
      typeof lat === 'number' &&
      isOnEarth(lon, lat) &&
      !(lon === 0 && lat === 0) &&
      !looksSwapped(lon, lat, this.bounds);
    if (isUsable) return undefined;
    return { code: 'itinerant-stop-position-unusable', message: `${nom}: the position cannot serve`, value };
  }

  private field(record: CsvRecord, names: readonly string[]): string {
    const field = this.table.header.find(...names);
    return field < 0 ? '' : record.fields[field]!.trim();
  }
}
