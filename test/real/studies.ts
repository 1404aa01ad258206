/** The committed studies of real places: opened where their data is, searched by either engine. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  buildNetwork,
  computeCoverage,
  type IndexedNetwork,
  type ModeTimes,
  readTerritory,
  type StreetMode,
  type Study,
  type StudyTerritory,
  searchTowards,
  toCoverageInput,
} from '../../src/index.ts';
import { parseStudy } from '../../src/study/study.ts';
import { realData } from '../real-data.ts';

export const REAL_MODES: readonly StreetMode[] = ['car', 'walk', 'bike'];

/** Where the studies look for the data; another folder may hold it. */
const COMMITTED_DATA_FOLDER = '../../../shared/data';

const dataFolder = realData('');
export const HAS_STUDY_DATA = dataFolder !== undefined;

export function readRealStudy(name: string): Study {
  const path = fileURLToPath(new URL(`../../bench/studies/${name}.yaml`, import.meta.url));
  const text = readFileSync(path, 'utf8');
  return parseStudy(path, text.replaceAll(COMMITTED_DATA_FOLDER, resolve(dataFolder!).replaceAll('\\', '/')));
}

export interface RealStudy {
  study: Study;
  networks: Map<StreetMode, IndexedNetwork>;
  territory: StudyTerritory;
}

export async function openStudy(name: string, modes: readonly StreetMode[] = REAL_MODES): Promise<RealStudy> {
  const study = readRealStudy(name);
  const networks = new Map<StreetMode, IndexedNetwork>();
  for (const mode of modes) networks.set(mode, await buildNetwork(study, mode));
  const territory = await readTerritory(study, networks.values().next().value!);
  return { study, networks, territory };
}

export function searchStudy(
  { study, networks, territory }: RealStudy,
  mode: StreetMode,
  engine: 'fast' | 'reference',
): Promise<ModeTimes> {
  return searchTowards(study, networks.get(mode)!, territory, engine);
}

/** Share of the people within the study's threshold. */
export function rateOf({ study, territory }: RealStudy, times: ModeTimes): number {
  return computeCoverage(toCoverageInput(study, territory, [times])).modes[0]!.whole.rate!;
}
