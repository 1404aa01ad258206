/**
 * How the files begin that a command writes where it is asked to: such a file may be written over by the next run, any
 * other is the user's. A byte order mark is cut off before.
 */

/** `check --csv`, in either language and dialect. */
export function beginsAsCheckCsv(start: string): boolean {
  return /^(?:gravite;donnee;fichier;|gravite,donnee,fichier,|severity;input;file;|severity,input,file,)/.test(
    start,
  );
}

/** `matrix --out`. */
export function beginsAsMatrix(start: string): boolean {
  return start.startsWith('from_id,to_id,duration_s,distance_m');
}

/** `isochrones --out`, of a place and of a study. */
export function beginsAsIsochrones(start: string): boolean {
  return start.startsWith('{"type":"FeatureCollection","schema_version":');
}

/** The style of these isochrones; one that QGIS has saved begins with QGIS's own version. */
export function beginsAsStyle(start: string): boolean {
  return /^<!DOCTYPE qgis [^>]*>\r?\n<qgis version="3\.22\.0" styleCategories="Symbology">/.test(start);
}
