/**
 * The codes of the study's key `commune_codes` -> today's communes: former codes followed, lost zeros restored, and
 * postal codes refused with the communes that they serve, or told where they are codes of communes as well.
 */
import { Fault } from '../common/errors.ts';
import type { NoticeList } from '../common/notices.ts';
import type { CommuneCodes } from './commune-codes.ts';
import type { Decoupage } from './decoupage.ts';
import { restoreCode } from './written-codes.ts';

/** Fewer codes may all be postal codes by chance. */
const FEWEST_POSTAL_LOOKS = 2;

/** Codes of communes that are all postal codes too, and round as those are, may be meant so. */
export function noticePostalLooks(
  codes: readonly string[],
  french: Decoupage | undefined,
  notices: NoticeList,
): void {
  if (
    french === undefined ||
    codes.length < FEWEST_POSTAL_LOOKS ||
    !codes.every((code) => code.endsWith('0'))
  )
    return;
  const served = codes.map((code) => french.communesOfPostalCode(code));
  if (served.some(({ length }) => length === 0)) return;
  const examples = served.map(([first], i) => `${codes[i]} (${french.findCommune(first!)?.nom})`);
  notices.add({
    code: 'commune-codes-look-postal',
    severity: 'warning',
    message: `every code of commune_codes is a postal code as well: ${examples.slice(0, 6).join(', ')}`,
    action: 'read as codes of communes',
    value: codes.slice(0, 6).join(', '),
    count: codes.length,
  });
}

/** Today's code for one of the study's; throws a UsageError for what is no commune. */
export function findStudyCommune(
  code: string,
  polygonsOfCode: ReadonlyMap<string, unknown>,
  french: Decoupage | undefined,
  { currentCodeOf }: CommuneCodes,
  notices: NoticeList,
): string {
  if (french?.hasCommune(code) === true) return code;
  const current = currentCodeOf.get(code);
  if (current !== undefined) {
    notices.add({
      code: 'commune-code-changed',
      severity: 'info',
      message: 'commune_codes names a commune by a former code',
      action: `read as ${current}`,
      id: code,
    });
    return current;
  }
  if (polygonsOfCode.has(code)) return code;
  const restored = restoreCode(code);
  if (restored !== code && french?.hasCommune(restored) === true) {
    notices.add({
      code: 'commune-code-restored',
      severity: 'info',
      message: 'commune_codes writes the code of a commune otherwise, or without its leading zero',
      action: `read as ${restored}`,
      id: code,
    });
    return restored;
  }
  const served = french?.communesOfPostalCode(restored) ?? [];
  if (served.length > 0) {
    throw new Fault(
      'commune-code-is-postal',
      { value: code },
      { served: served.map((each) => `"${each}" (${french?.findCommune(each)?.nom})`).join(', ') },
    );
  }
  throw new Fault('commune-code-unknown', { value: code });
}
