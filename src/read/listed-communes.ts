/**
 * The communes of a study that has no polygons: those that it lists, those of its département, else those of its
 * table of territoires; with names, populations and EPCI of the official list. Enough to say where a structure
 * that names its commune stands, and for nothing that needs a place on the map.
 */
import type { NoticeList } from '../common/notices.ts';
import { readCogMovements } from './cog-movements.ts';
import { buildCommuneCodes } from './commune-codes.ts';
import type { CommuneOptions } from './communes.ts';
import { departementOf, officialDecoupage } from './decoupage.ts';
import type { Commune, Epci } from './records.ts';
import { readEpciTable, readTerritories } from './territories.ts';

export interface ListedCommunes {
  /** Without geometry, by code; empty where the study names none. */
  communes: Commune[];
  epcis: Epci[];
  currentCodeOf: ReadonlyMap<string, string>;
}

export async function readListedCommunes(
  { departement, communeCodes, epci = [], territories = [], cog = [] }: CommuneOptions,
  notices: NoticeList,
): Promise<ListedCommunes> {
  const namesNone = communeCodes === undefined && departement === undefined;
  // The official list is megabytes long: not read where it is asked nothing.
  if (namesNone && [epci, territories, cog].every((files) => files.length === 0)) {
    return { communes: [], epcis: [], currentCodeOf: new Map() };
  }
  const decoupage = officialDecoupage();
  const codes = buildCommuneCodes(decoupage, await readCogMovements(cog, notices), cog, notices);
  const { currentCodeOf } = codes;
  const territoireOf = await readTerritories(territories, codes, notices);
  const listed = listCodes();
  const epciOfCommune = new Map<string, string>();
  const nomOfEpci = new Map<string, string>();
  for (const { code, nom, communeCodes: members } of decoupage.findEpcis(listed)) {
    nomOfEpci.set(code, nom);
    for (const member of members) epciOfCommune.set(member, code);
  }
  for (const row of await readEpciTable(epci, codes, notices)) {
    if (row.epci === undefined) {
      epciOfCommune.delete(row.commune);
      continue;
    }
    nomOfEpci.set(row.epci, row.nom);
    epciOfCommune.set(row.commune, row.epci);
  }
  const communes = listed.map((code): Commune => {
    const official = decoupage.findCommune(code);
    return {
      code,
      nom: official?.nom ?? code,
      departement: official?.departement ?? departementOf(code),
      population: official?.population,
      geometry: undefined,
      epci: epciOfCommune.get(code),
      territoire: territoireOf.get(code),
    };
  });
  const used = new Set(communes.flatMap((commune) => commune.epci ?? []));
  const epcis = [...used].sort().map((code) => ({ code, nom: nomOfEpci.get(code) ?? code }));
  return { communes, epcis, currentCodeOf };

  function listCodes(): string[] {
    if (communeCodes !== undefined) {
      return [...new Set(communeCodes.map((code) => currentCodeOf.get(code) ?? code))].sort();
    }
    if (departement !== undefined) return decoupage.communeCodesOf(departement);
    return [...territoireOf.keys()].sort();
  }
}
