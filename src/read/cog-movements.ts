/**
 * INSEE's table of the movements of communes (`v_mvtcommune`, one file a year since 1943) -> the changes of code of
 * communes, by date. Only rows from commune to commune count (`TYPECOM` = COM on both sides): delegated and
 * associated communes bear codes too, but no list that is read here is made of them.
 */
import { basename } from 'node:path';
import { Fault } from '../common/errors.ts';
import type { NoticeList } from '../common/notices.ts';
import { readCsv } from './csv.ts';
import { isMovementColumn } from './official-columns.ts';
import { noticeUnusedColumns } from './unused-columns.ts';
import { restoreCode } from './written-codes.ts';

export interface CodeMovement {
  /** INSEE's kind of event: 31 to 33 mergers, 41 change of département, 50 change of code, 20 and 21 splits… */
  mod: number;
  /** Day on which it takes effect, `YYYY-MM-DD`. */
  date: string;
  before: string;
  /** May equal `before`: the commune that others join, or that others leave. */
  after: string;
}

const MOD = ['mod', 'type_evenement'] as const;
const DATE = ['date_eff', 'date_effet'] as const;
const TYPE_BEFORE = ['typecom_av'] as const;
const BEFORE = ['com_av'] as const;
const TYPE_AFTER = ['typecom_ap'] as const;
const AFTER = ['com_ap'] as const;
const COLUMNS = [...MOD, ...DATE, ...TYPE_BEFORE, ...BEFORE, ...TYPE_AFTER, ...AFTER];

const COMMUNE_TYPE = 'COM';

/** Movements of all files, each once. Throws a UsageError where a file has none between communes. */
export async function readCogMovements(
  paths: readonly string[],
  notices: NoticeList,
): Promise<CodeMovement[]> {
  const movements = new Map<string, CodeMovement>();
  for (const path of paths) {
    const { header, records } = await readCsv(path, COLUMNS, notices);
    const modField = header.get('kind of movement (MOD)', ...MOD);
    const dateField = header.get('date of effect (DATE_EFF)', ...DATE);
    const typeBeforeField = header.get('type before (TYPECOM_AV)', ...TYPE_BEFORE);
    const beforeField = header.get('code before (COM_AV)', ...BEFORE);
    const typeAfterField = header.get('type after (TYPECOM_AP)', ...TYPE_AFTER);
    const afterField = header.get('code after (COM_AP)', ...AFTER);
    const groups = [MOD, DATE, TYPE_BEFORE, BEFORE, TYPE_AFTER, AFTER];
    noticeUnusedColumns(header, records, { groups, isOfficial: isMovementColumn }, notices);
    let readCount = 0;
    for (const { fields, line } of records) {
      if (fields[typeBeforeField] !== COMMUNE_TYPE || fields[typeAfterField] !== COMMUNE_TYPE) continue;
      const mod = Number(fields[modField]);
      const date = readDay(fields[dateField]);
      const before = readCode(fields[beforeField]);
      const after = readCode(fields[afterField]);
      if (!Number.isInteger(mod) || date === undefined || before === undefined || after === undefined) {
        notices.add({
          code: 'cog-movement-unreadable',
          severity: 'warning',
          message: 'the movement lacks a kind, a date or a code of five characters',
          action: 'row left out',
          file: basename(path),
          row: line,
          value: fields.slice(0, 6).join(', '),
        });
        continue;
      }
      readCount++;
      movements.set(`${date} ${mod} ${before} ${after}`, { mod, date, before, after });
    }
    if (readCount > 0) continue;
    throw new Fault('movements-missing', { file: path });
  }
  return [...movements.values()];
}

/** `2025-01-01` and `01/01/2025`. */
function readDay(text: string): string | undefined {
  const french = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text);
  if (french !== null) return `${french[3]}-${french[2]}-${french[1]}`;
  return /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0];
}

/** Five characters, with the leading zero that a spreadsheet ate. */
function readCode(text: string): string | undefined {
  const code = restoreCode(text).toUpperCase();
  return /^(\d|2[AB])\w{3,4}$/.test(code) && code.length === 5 ? code : undefined;
}
