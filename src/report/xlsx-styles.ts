/**
 * The styles of the workbook: one number per kind of cell, which sheets refer to, and `xl/styles.xml` with them.
 * Formats are written as the file wants them (`,` between thousands, `.` before decimals); a spreadsheet shows
 * them in its user's own way.
 */
import { escapeMarkup } from './svg-text.ts';
import type { Language } from './text-keys.ts';

export type CellStyle =
  | 'text'
  | 'people'
  | 'minutes'
  | 'meters'
  | 'rate'
  | 'difference'
  | 'percentage'
  | 'degrees'
  | 'head'
  | 'title'
  | 'note'
  | 'paragraph';

/** Position = number of the style. */
const STYLES: readonly CellStyle[] = [
  'text',
  'people',
  'minutes',
  'meters',
  'rate',
  'difference',
  'percentage',
  'degrees',
  'head',
  'title',
  'note',
  'paragraph',
];

const INDEX_OF_STYLE = new Map(STYLES.map((style, index) => [style, index]));

export function indexOfStyle(style: CellStyle): number {
  return INDEX_OF_STYLE.get(style)!;
}

/** "100 %" for all and for nobody less, as everywhere else: the greatest rate below one shows as 99.9 %. */
function rateFormat(language: Language): string {
  return language === 'fr' ? '[=1]0 %;[>=0.9995]"99,9 %";0.0 %' : '[=1]0%;[>=0.9995]"99.9%";0.0%';
}

export function writeStyles(language: Language): string {
  const formats: ReadonlyArray<readonly [number, string]> = [
    [164, '#,##0'],
    [165, '#,##0.0'],
    [166, rateFormat(language)],
    [167, '0.000000'],
    // Of shares: points of per cent.
    [168, language === 'fr' ? '+0.0 %;-0.0 %;0 %' : '+0.0%;-0.0%;0%'],
    // Of numbers that are per cent already.
    [169, language === 'fr' ? '0.0" %"' : '0.0"%"'],
  ];
  const formatOf: Readonly<Partial<Record<CellStyle, number>>> = {
    people: 164,
    minutes: 165,
    meters: 164,
    rate: 166,
    degrees: 167,
    difference: 168,
    percentage: 169,
  };
  const xf = (style: CellStyle): string => {
    const font = { head: 1, title: 2, note: 3 }[style as string] ?? 0;
    const [fill, border] = style === 'head' ? [2, 1] : [0, 0];
    const alignment =
      style === 'head'
        ? '<alignment vertical="center" wrapText="1"/>'
        : style === 'paragraph'
          ? '<alignment vertical="top" wrapText="1"/>'
          : '';
    return `<xf numFmtId="${formatOf[style] ?? 0}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">${alignment}</xf>`;
  };
  const font = (size: number, more: string, color: string): string =>
    `<font>${more}<sz val="${size}"/><color rgb="FF${color}"/><name val="Calibri"/><family val="2"/></font>`;
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    `<numFmts count="${formats.length}">${formats.map(([id, code]) => `<numFmt numFmtId="${id}" formatCode="${escapeMarkup(code)}"/>`).join('')}</numFmts>`,
    `<fonts count="4">${font(11, '', '1B2733')}${font(11, '<b/>', '10243A')}${font(15, '<b/>', '10243A')}${font(11, '<b/>', '8A3C00')}</fonts>`,
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFDCE6F0"/><bgColor indexed="64"/></patternFill></fill></fills>',
    '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left/><right/><top/><bottom style="medium"><color rgb="FF3B7FB6"/></bottom><diagonal/></border></borders>',
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
    `<cellXfs count="${STYLES.length}">${STYLES.map(xf).join('')}</cellXfs>`,
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
    '</styleSheet>',
  ].join('');
}
