/**
 * What `maillage check` prints: a list that a planner reads from the top, the worst first and like defects counted
 * together; the same as JSON, and every defect as a row of CSV. Strings out; the command prints or writes them.
 */
import type { Severity } from '../common/notices.ts';
import { showControlsIn, withoutControls } from '../common/visible-text.ts';
import type { CheckFinding, StudyCheck } from './check-findings.ts';
import { writeCheckedInputs, writeTotals } from './check-summary-text.ts';
import { CHECK_TEXTS } from './check-texts.ts';
import { findWords, rankOf } from './check-words.ts';
import { type CsvColumn, writeCsv } from './csv.ts';
import { findFrench, groupThousands, translateFault } from './fault-words.ts';
import { writeFollowUp } from './follow-up-json.ts';
import { formatNumber } from './numbers.ts';
import { OUTPUT_SCHEMA_VERSION } from './report-input.ts';
import { TERMINAL_WIDTH, type TerminalOptions, wrap } from './terminal.ts';
import { writeTerminalFollowUp } from './terminal-follow-up.ts';
import type { Language } from './texts.ts';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];
/** Cases shown of one kind; all of them are in the CSV. */
const SHOWN_CASES: Readonly<Record<Severity, number>> = { error: 8, warning: 3, info: 1 };

/** Findings of one kind: an error stands alone, notices by code. */
interface FindingGroup {
  severity: Severity;
  title: string;
  remedy: string | undefined;
  count: number;
  cases: CheckFinding[];
}

export interface CheckTextOptions extends TerminalOptions {
  /** The file that holds every finding, where one was written. */
  csvFile?: string | undefined;
}

/** Number of findings by severity. */
export function countSeverities({ findings, countOfCode }: StudyCheck): Record<Severity, number> {
  const counts: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  const kept = new Map<string, number>();
  const severityOf = new Map<string, Severity>();
  for (const { code, severity } of findings) {
    counts[severity]++;
    kept.set(code, (kept.get(code) ?? 0) + 1);
    severityOf.set(code, severity);
  }
  // Beyond what is kept in full, a code's findings have the severity of its last.
  for (const [code, count] of countOfCode) {
    const severity = severityOf.get(code);
    if (severity !== undefined) counts[severity] += count - (kept.get(code) ?? 0);
  }
  return counts;
}

/** The report for a terminal, at most `width` columns wide. */
export function writeCheckText(asRead: StudyCheck, options: CheckTextOptions): string {
  const check = showControlsIn(asRead);
  const { language } = check;
  const texts = CHECK_TEXTS[language];
  const width = options.width ?? TERMINAL_WIDTH;
  const counts = countSeverities(check);
  const paint = (text: string) => (options.hasColor ? `\u001b[1m${text}\u001b[0m` : text);
  const lines = [
    ...wrap(check.study.name, width).map(paint),
    ...wrap(texts.verdict(counts, language), width),
  ];
  const groups = groupFindings(check);
  let number = 0;
  let isCut = false;
  for (const severity of SEVERITIES) {
    const own = groups.filter((group) => group.severity === severity);
    if (own.length === 0) continue;
    lines.push('', ...wrap(texts.headings[severity], width).map(paint));
    for (const group of own) {
      number++;
      lines.push(...writeGroup(group, number, language, width));
      if (group.count > SHOWN_CASES[severity]) isCut = true;
    }
  }
  if (isCut) {
    const where = options.csvFile === undefined ? texts.wholeListHow : texts.wholeList(options.csvFile);
    lines.push('', ...wrap(where, width));
  }
  if (check.unread.length > 0) {
    const roles = check.unread.map((role) => texts.roles[role]).join(', ');
    lines.push('', ...wrap(texts.unread(roles), width));
  }
  lines.push('', paint(texts.inputs), ...writeCheckedInputs(check, width, options));
  lines.push('', paint(texts.totals), ...writeTotals(check, width));
  if (check.followUp !== undefined) {
    const table = writeTerminalFollowUp(check.followUp, language, { ...options, width });
    lines.push('', paint(texts.followUp), table.trimEnd());
  }
  return `${lines.join('\n')}\n`;
}

/** Errors as they come; others by code, the heaviest kinds first. */
function groupFindings(check: StudyCheck): FindingGroup[] {
  const { findings, countOfCode, language } = check;
  const groupOfKey = new Map<string, FindingGroup & { code: string }>();
  for (const finding of findings) {
    const { severity, code } = finding;
    const words = findWords(code, language);
    const key =
      severity === 'error' && words === undefined ? `${code} ${finding.message}` : `${severity} ${code}`;
    const group = groupOfKey.get(key);
    if (group !== undefined) {
      group.count++;
      group.cases.push(finding);
      continue;
    }
    groupOfKey.set(key, {
      severity,
      code,
      title: words?.title ?? translateFault(finding.message, language),
      remedy: remedyOf(finding, language),
      count: 1,
      cases: [finding],
    });
  }
  const groups = [...groupOfKey.values()];
  for (const group of groups) {
    const isOnly = groups.filter(({ code }) => code === group.code).length === 1;
    if (isOnly) group.count = countOfCode.get(group.code) ?? group.count;
  }
  return SEVERITIES.flatMap((severity) => {
    const own = groups.filter((group) => group.severity === severity);
    // Errors keep the order of the inputs: what comes first often explains the rest.
    return severity === 'error' ? own : own.sort((a, b) => rankOf(a.code) - rankOf(b.code));
  });
}

function remedyOf(finding: CheckFinding, language: Language): string | undefined {
  if (finding.remedy !== undefined) return translateFault(finding.remedy, language);
  return findWords(finding.code, language)?.remedy ?? finding.action;
}

const INDENT = '     ';

function writeGroup(group: FindingGroup, number: number, language: Language, width: number): string[] {
  const { severity, title, count, cases, remedy } = group;
  const texts = CHECK_TEXTS[language];
  const times = count === 1 ? '' : `${formatNumber(count, language)} × `;
  const head = wrap(`${times}${title}`, width - INDENT.length);
  const shown = cases.slice(0, SHOWN_CASES[severity]);
  const lines = head.map((line, i) => `${i === 0 ? `${String(number).padStart(3)}. ` : INDENT}${line}`);
  for (const each of shown) {
    const text = describeCase(each, findWords(each.code, language) !== undefined, language);
    if (text === '') continue;
    lines.push(...hang(text, '· ', width));
  }
  if (count > shown.length)
    lines.push(`${INDENT}  ${texts.more(formatNumber(count - shown.length, language))}`);
  if (remedy !== undefined) {
    // Further faults of a study file stand on lines of their own.
    for (const part of remedy.split('\n')) lines.push(...hang(part.trim(), '→ ', width));
  }
  return lines;
}

/** Lines under a mark, the following ones indented below its text. */
function hang(text: string, mark: string, width: number): string[] {
  const lines = wrap(text, width - INDENT.length - mark.length);
  return lines.map((line, i) => `${INDENT}${i === 0 ? mark : ' '.repeat(mark.length)}${line}`);
}

/**
 * Where, who and what: `structures.csv:5  MDS-12  …`. A notice's own sentence says more than its value, where it can
 * be told in the report's language.
 */
function describeCase(finding: CheckFinding, isWorded: boolean, language: Language): string {
  const { file, line, id, value, message } = finding;
  const place = file === undefined ? '' : line === undefined ? file : `${file}:${line}`;
  const sentence = language === 'en' ? tellInEnglish(finding) : findFrench(message);
  const detail = isWorded && sentence !== undefined ? sentence : (value ?? '');
  const who = id === undefined || (isWorded && isNamed(id, detail)) ? '' : id;
  return [place, who, detail === value ? shorten(detail) : detail]
    .filter((part) => part !== '')
    .map(oneLine)
    .join('  ');
}

/** A row's value stands beside its sentence, where that does not hold it. */
function tellInEnglish({ message, line, value }: CheckFinding): string {
  const isTold = line === undefined || value === undefined || value === '' || message.includes(value);
  return `${groupThousands(message, 'en')}${isTold ? '' : ` (${shorten(value)})`}`;
}

/** A commune's name, as in the id `71270 Mâcon`, need not stand twice. */
function isNamed(id: string, detail: string): boolean {
  const name = /^\w{5} (.+)$/.exec(id)?.[1];
  return name !== undefined && detail.includes(name);
}

/** Enough of a value to find it again. */
const SHOWN_CHARACTERS = 72;

function shorten(text: string): string {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}

/** Control characters from the data could move the cursor or change colours. */
function oneLine(text: string): string {
  return withoutControls(text.replace(/\s+/g, ' ')).trim();
}

/** Every finding kept, one a row, errors first. */
export function writeCheckCsv(check: StudyCheck): string {
  const { language } = check;
  const texts = CHECK_TEXTS[language];
  const titleOf = ({ code, message }: CheckFinding) =>
    findWords(code, language)?.title ?? translateFault(message, language);
  const columns: CsvColumn<CheckFinding>[] = [
    { fr: 'gravite', en: 'severity', value: ({ severity }) => texts.severities[severity] },
    { fr: 'donnee', en: 'input', value: ({ role }) => texts.roles[role] },
    { fr: 'fichier', en: 'file', value: ({ file }) => file },
    { fr: 'ligne', en: 'line', value: ({ line }) => line },
    { fr: 'id', en: 'id', value: ({ id }) => id },
    { fr: 'valeur', en: 'value', value: ({ value }) => value },
    { fr: 'constat', en: 'finding', value: titleOf },
    { fr: 'remede', en: 'remedy', value: (finding) => remedyOf(finding, language) },
    { fr: 'code', en: 'code', value: ({ code }) => code },
    { fr: 'detail', en: 'detail', value: ({ message }) => message },
    { fr: 'suite', en: 'action', value: ({ action }) => action },
  ];
  return writeCsv(columns, sortFindings(check.findings), check.csv, language);
}

function sortFindings(findings: readonly CheckFinding[]): CheckFinding[] {
  return SEVERITIES.flatMap((severity) => {
    const own = findings.filter((finding) => finding.severity === severity);
    return severity === 'error' ? own : own.sort((a, b) => rankOf(a.code) - rankOf(b.code));
  });
}

/** Everything, for machines: names in English, values as read. */
export function writeCheckJson(check: StudyCheck): string {
  const { language, study, totals, inputs, unread } = check;
  const counts = countSeverities(check);
  const record = {
    schema_version: OUTPUT_SCHEMA_VERSION,
    version: check.version,
    study: { path: study.path, name: study.name, date: study.date, is_fictional: study.isFictional },
    counts: { errors: counts.error, warnings: counts.warning, remarks: counts.info },
    findings: sortFindings(check.findings).map((finding) => ({
      severity: finding.severity,
      input: finding.role,
      code: finding.code,
      file: finding.file ?? null,
      line: finding.line ?? null,
      id: finding.id ?? null,
      value: finding.value ?? null,
      title: findWords(finding.code, language)?.title ?? translateFault(finding.message, language),
      message: finding.message,
      action: finding.action ?? null,
      remedy: remedyOf(finding, language) ?? null,
    })),
    count_by_code: Object.fromEntries(check.countOfCode),
    inputs: inputs.map(({ role, path, state, sha256, bytes, keptCount, leftOutCount, period }) => ({
      input: role,
      path: path ?? null,
      state,
      sha256: sha256 ?? null,
      bytes: bytes ?? null,
      rows_read: keptCount === undefined ? null : keptCount + (leftOutCount ?? 0),
      rows_kept: keptCount ?? null,
      rows_left_out: leftOutCount ?? null,
      first_day: period?.first ?? null,
      last_day: period?.last ?? null,
      active_trips: period?.activeTripCount ?? null,
    })),
    not_compared: unread,
    totals: {
      population: totals.population ?? null,
      population_read: totals.populationRead ?? null,
      population_official: totals.officialPopulation ?? null,
      imputed_share: totals.imputedShare ?? null,
      cells: totals.cellCount ?? null,
      communes: totals.communeCount,
      epcis: totals.epciCount,
      territories: totals.territoireCount,
      structures:
        totals.structures === undefined
          ? null
          : {
              read: totals.structures.readCount,
              in_territory: totals.structures.inTerritoryCount,
              by_type: Object.fromEntries(totals.structures.byType),
              by_format: Object.fromEntries(totals.structures.byFormat),
              counted: totals.structures.selectedCount ?? null,
              stops: totals.structures.stopCount,
              points_counted: totals.structures.selectedPointCount ?? null,
            },
      streets_km: Object.fromEntries(totals.streets.map(({ mode, kilometers }) => [mode, kilometers])),
      day: totals.day?.date ?? null,
      trips_on_day: totals.day?.tripCount ?? null,
      usual_day: totals.day?.usualDate ?? null,
    },
    communes: totals.communes.map(({ code, nom, population, cellCount, officialPopulation }) => ({
      code,
      name: nom,
      population,
      cells: cellCount,
      population_official: officialPopulation ?? null,
    })),
    follow_up: check.followUp === undefined ? null : writeFollowUp(check.followUp),
  };
  return `${JSON.stringify(record, undefined, 2)}\n`;
}
