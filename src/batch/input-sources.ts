/**
 * Sources that no file of the study names, and what is known of its files only once they are read: the communes,
 * EPCI and populations of the npm package, who publishes a feed of timetables. They stand among the inputs in the
 * report, on the map, in the workbook and in the manifest.
 */
import { fileURLToPath } from 'node:url';
import type { CommuneSet } from '../read/communes.ts';
import { PACKAGE_MANIFEST, PACKAGE_SOURCES, packageVersion } from '../read/decoupage.ts';
import { describeFeedSource } from '../read/known-sources.ts';
import type { CellOrigin, PopulationCells } from '../read/records.ts';
import type { InputFile } from '../report/report-input.ts';
import { fingerprintFile } from '../runtime/hashes.ts';
import type { TransitDay } from '../runtime/transit-days.ts';
import type { Study } from '../study/study.ts';

/** The files, those of timetables with their publisher; then what comes with the tool. */
export function completeSources(
  study: Study,
  files: readonly InputFile[],
  communeSet: CommuneSet,
  cells: PopulationCells,
  day: TransitDay | undefined,
): InputFile[] {
  return [
    ...describeFeeds(study, files, day),
    ...listPackageSources(study, communeSet, cells),
    ...listPolygonPopulations(study, files, communeSet),
  ];
}

function describeFeeds(study: Study, files: readonly InputFile[], day: TransitDay | undefined): InputFile[] {
  let position = 0;
  return files.map((file) => {
    if (file.role !== 'timetables') return file;
    const feed = day?.feeds[position++];
    return { ...file, ...describeFeedSource(feed?.publisher, feed?.agency, study.lang) };
  });
}

/** What the study takes of the package, by role; the fingerprint is that of the file that states its version. */
function listPackageSources(study: Study, communeSet: CommuneSet, cells: PopulationCells): InputFile[] {
  if (!communeSet.usesOfficialList) return [];
  const { lang } = study;
  const words = PACKAGE_SOURCES[lang];
  const fingerprint = fingerprintFile(fileURLToPath(PACKAGE_MANIFEST));
  const path = `@etalab/decoupage-administratif ${packageVersion()}`;
  const describe = (role: string, source: string): InputFile => ({
    path,
    role,
    ...fingerprint,
    ...words.terms,
    source,
  });
  return [
    ...(study.population === 'communes'
      ? [describe('population', words.populations(listPlaces(cells, lang)))]
      : []),
    ...(study.calage === 'communes' ? [describe('calage', words.populations([]))] : []),
    describe('communes', words.communes),
    ...(study.epci.length === 0 && communeSet.epcis.length > 0 ? [describe('epci', words.epcis)] : []),
  ];
}

/** Populations that the polygons of other countries bring along. */
function listPolygonPopulations(
  study: Study,
  files: readonly InputFile[],
  { usesOfficialList }: CommuneSet,
): InputFile[] {
  if (study.population !== 'communes' || usesOfficialList) return [];
  return files.filter(({ role }) => role === 'communes').map((file) => ({ ...file, role: 'population' }));
}

const PLACES: Readonly<Partial<Record<CellOrigin, { fr: string; en: string }>>> = {
  building: { fr: 'bâtiments d’OpenStreetMap', en: 'buildings of OpenStreetMap' },
  street: { fr: 'rues d’OpenStreetMap', en: 'streets of OpenStreetMap' },
  townhall: { fr: 'mairies', en: 'town halls' },
  'inside-point': { fr: 'un point par commune', en: 'one point in each commune' },
};

/** What the populations were spread over. */
function listPlaces({ origin }: PopulationCells, language: 'fr' | 'en'): string[] {
  return [...new Set(origin)].flatMap((each) => PLACES[each]?.[language] ?? []);
}
