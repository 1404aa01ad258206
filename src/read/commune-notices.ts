/** What is told of a row whose commune had to be decided: what was found, what was taken, and why. */
import { basename } from 'node:path';
import type { Notice, NoticeList } from '../common/notices.ts';
import type { CodeChange, CommuneClues, CommuneDecision, StructureCommunes } from './structure-communes.ts';

const CHANGE_WORDS: Readonly<Record<CodeChange, string>> = {
  'leading-zero': 'the code of the commune lacks its leading zero',
  merged: 'the code is of a commune that has merged or changed its code',
  arrondissement: 'the code is of an arrondissement of Paris, Lyon or Marseille',
  'overseas-collectivity': 'the code is of an overseas collectivity, outside the official list of communes',
  unknown: 'the code is of no commune of the official list',
};

const POSTAL_WORDS = {
  name: 'by the name beside it',
  position: 'by the position',
  only: 'the only commune that it serves',
} as const;

/** Communes named in a message; a postal code may serve forty. */
const NAMED_COMMUNES = 6;

export function noticeCommune(
  { code, finding }: CommuneDecision,
  clues: CommuneClues,
  place: { file: string; row: number; id: string },
  communes: StructureCommunes,
  notices: NoticeList,
): void {
  if (finding === undefined) return;
  const taken = code === undefined ? 'no commune is taken' : communes.describe(code);
  const told = (kind: string, severity: Notice['severity'], message: string, action: string, value: string) =>
    notices.add({
      code: `structure-commune-${kind}`,
      severity,
      message,
      action,
      file: basename(place.file),
      row: place.row,
      id: place.id,
      value,
    });
  const { name = '', code: written = '' } = clues;
  const list = (codes: readonly string[]) =>
    codes
      .slice(0, NAMED_COMMUNES)
      .map((each) => communes.describe(each))
      .join(', ') + (codes.length > NAMED_COMMUNES ? ', …' : '');
  switch (finding.kind) {
    case 'changed':
      told(
        finding.change,
        finding.change === 'unknown' ? 'warning' : 'info',
        CHANGE_WORDS[finding.change],
        code === written ? 'kept as written' : `read as ${code}`,
        written,
      );
      return;
    case 'postal':
      told(
        'postal-code',
        'warning',
        'the code of the commune is a postal code',
        `read as ${taken}, ${POSTAL_WORDS[finding.by]}`,
        name === '' ? `${written} → ${taken}` : `${written} ${name} → ${taken}`,
      );
      return;
    case 'postal-ambiguous':
      told(
        'postal-ambiguous',
        'warning',
        `the code of the commune is the postal code of ${list(finding.candidates)}`,
        taken,
        name === '' ? written : `${written} ${name}`,
      );
      return;
    case 'disagree':
      told(
        'disagrees',
        'warning',
        `the code is not of the commune named ${name}, which is ${list(finding.taken === 'name' && code !== undefined ? [code] : finding.other)}`,
        `${taken} is taken, ${finding.by === 'position' ? 'for the structure stands there' : 'for a code is trusted before a name'}`,
        `${written} / ${name} → ${taken}`,
      );
      return;
    case 'by-name-instead':
      told(
        'by-name',
        'warning',
        'the code is of no commune of the official list',
        `${taken} is taken, by the name`,
        `${written} / ${name} → ${taken}`,
      );
      return;
    case 'name-unknown':
      told(
        'name-unknown',
        code === undefined && clues.position === undefined ? 'warning' : 'info',
        code === undefined
          ? `no commune of the study’s départements is named ${name}`
          : `no commune is named ${name}`,
        code === undefined ? taken : `${taken} is taken, by its code`,
        code === undefined ? name : `${written} / ${name}`,
      );
      return;
    case 'name-ambiguous':
      told(
        'name-ambiguous',
        clues.position === undefined ? 'warning' : 'info',
        `several communes are named ${name}: ${list(finding.candidates)}`,
        taken,
        name,
      );
  }
}
