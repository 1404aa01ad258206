/** What a run is about to replace, in one line: the day, modes and threshold of the result that lies there. */
import { formatDate, formatNumber } from './numbers.ts';
import { type Language, wordMode } from './texts.ts';

/** What an earlier manifest says; every field may be missing or of another kind, since versions differ. */
interface OldManifest {
  study?: { name?: unknown; date?: unknown };
  parameters?: {
    modes?: unknown;
    combinations?: unknown;
    threshold_minutes?: unknown;
    inclusive?: unknown;
  };
}

/** `folder`: as the user sees it. */
export function describeReplaced(folder: string, manifest: unknown, language: Language): string {
  const { study = {}, parameters = {} } = (manifest ?? {}) as OldManifest;
  const { threshold_minutes: threshold, inclusive } = parameters;
  const modes = [parameters.modes, parameters.combinations]
    .flatMap((each) => (Array.isArray(each) ? each : []))
    .filter((mode): mode is string => typeof mode === 'string')
    .map((mode) => wordMode(mode, language).title.toLowerCase());
  const isFrench = language === 'fr';
  const parts = [
    typeof study.name === 'string' ? (isFrench ? `« ${study.name} »` : `“${study.name}”`) : '',
    typeof study.date === 'string' ? formatDate(study.date, language) : '',
    modes.join(', '),
    typeof threshold === 'number'
      ? `${inclusive === true ? '≤' : '<'} ${wordMinutes(threshold, language)}`
      : '',
  ].filter((part) => part !== '');
  const old = parts.length === 0 ? '' : isFrench ? ` : ${parts.join(' · ')}` : `: ${parts.join(' · ')}`;
  return isFrench
    ? `${folder} : le résultat qui s’y trouve sera remplacé${old}\n`
    : `${folder}: the result that is there will be replaced${old}\n`;
}

function wordMinutes(minutes: number, language: Language): string {
  return `${formatNumber(minutes, language, Number.isInteger(minutes) ? 0 : 1)} min`;
}
