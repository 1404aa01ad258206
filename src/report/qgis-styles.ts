/**
 * Styles for QGIS (`.qml`, the form of QGIS 3), which it takes up by itself where they lie beside a layer of their
 * name: `isochrones.qml` bands of time, `communes.qml` shares of the people, in the colours of the printed map.
 *
 * Rules rather than classes of one field, so that each mode is a group that is switched on and off in the list of
 * layers (the headline mode is on), and so that uncovered communes are hatched as well as coloured.
 */

import { communeKeys } from './communes-geojson.ts';
import type { ModeIsochrones } from './isochrones-geojson.ts';
import { SHARE_CLASSES, type ShareClassKey } from './map-symbols.ts';
import { formatNumber } from './numbers.ts';
import type { ReportInput } from './report-input.ts';
import { escapeMarkup } from './svg-text.ts';
import { type Language, TEXTS, wordMode } from './texts.ts';

interface StyleRule {
  label: string;
  /** Expression of QGIS. */
  filter: string;
  symbol: string;
}

interface RuleGroup {
  label: string;
  filter: string | undefined;
  isShown: boolean;
  rules: readonly StyleRule[];
}

/** Viridis from the shortest time to the longest: even steps of lightness, for every kind of colour blindness. */
const TIME_COLORS: readonly string[] = ['#440154', '#3b528b', '#21918c', '#5ec962', '#b5de2b', '#fde725'];

export function writeIsochronesStyle(modes: readonly ModeIsochrones[], language: Language): string {
  const minutes = [...new Set(modes.flatMap(({ merged }) => merged.map((band) => band.minutes)))].sort(
    (a, b) => a - b,
  );
  const groups = modes.map(
    ({ mode }, at): RuleGroup => ({
      label: wordMode(mode, language).title,
      filter: `"mode" = ${quoteText(mode)}`,
      isShown: at === 0,
      rules: minutes.map((each, band) => ({
        label: `${formatNumber(each, language, Number.isInteger(each) ? 0 : 1)} min`,
        filter: `"minutes" = ${each}`,
        symbol: fillSymbol(pickColor(band, minutes.length), 0.6),
      })),
    }),
  );
  // The longest first: shorter bands lie inside and are drawn over it.
  return writeStyle(groups, '"minutes"');
}

export function writeCommunesStyle(input: ReportInput): string {
  const { language, result } = input;
  const keys = communeKeys(language);
  const texts = TEXTS[language];
  const groups = result.modes.map(({ mode }, at): RuleGroup => {
    const rate = quoteField(`${mode}_${keys.rate}`);
    const state = quoteField(`${mode}_${keys.state}`);
    return {
      label: wordMode(mode, language).title,
      filter: undefined,
      isShown: at === 0,
      rules: [
        ...SHARE_CLASSES.map(({ key, color }) => ({
          label: texts.map[key],
          filter: SHARE_FILTERS[key](rate),
          symbol: fillSymbol(color, 1),
        })),
        {
          label: texts.map.uncovered,
          filter: `${state} = ${quoteText(texts.states['non couverte'])}`,
          symbol: HATCHED_SYMBOL,
        },
      ],
    };
  });
  return writeStyle(groups, undefined);
}

/** The same bounds as on the map. */
const SHARE_FILTERS: Readonly<Record<ShareClassKey, (rate: string) => string>> = {
  all: (rate) => `${rate} = 1`,
  from80: (rate) => `${rate} >= 0.8 AND ${rate} < 1`,
  from50: (rate) => `${rate} >= 0.5 AND ${rate} < 0.8`,
  below50: (rate) => `${rate} > 0 AND ${rate} < 0.5`,
  zero: (rate) => `${rate} = 0`,
  noPeople: (rate) => `${rate} IS NULL`,
};

function pickColor(band: number, count: number): string {
  const share = count === 1 ? 0 : band / (count - 1);
  return TIME_COLORS[Math.round(share * (TIME_COLORS.length - 1))]!;
}

function writeStyle(groups: readonly RuleGroup[], orderBy: string | undefined): string {
  const symbols: string[] = [];
  const rules = groups.map(({ label, filter, isShown, rules: inner }, at) => {
    const leaves = inner.map((rule, leaf) => {
      symbols.push(rule.symbol);
      return `<rule key="{${at}-${leaf}}" label="${escapeMarkup(rule.label)}" filter="${escapeMarkup(rule.filter)}" symbol="${symbols.length - 1}"/>`;
    });
    const own = filter === undefined ? '' : ` filter="${escapeMarkup(filter)}"`;
    return `<rule key="{${at}}" label="${escapeMarkup(label)}"${own} checkstate="${isShown ? 1 : 0}">\n${leaves.join('\n')}\n</rule>`;
  });
  const order =
    orderBy === undefined
      ? ''
      : `<orderby><orderByClause asc="0" nullsFirst="0">${escapeMarkup(orderBy)}</orderByClause></orderby>\n`;
  return `<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology">
<renderer-v2 type="RuleRenderer" forceraster="0" symbollevels="0" enableorderby="${orderBy === undefined ? 0 : 1}">
<rules key="{toutes}">
${rules.join('\n')}
</rules>
<symbols>
${symbols.map((layers, at) => `<symbol type="fill" name="${at}" alpha="1" clip_to_extent="1" force_rhr="0">${layers}</symbol>`).join('\n')}
</symbols>
${order}</renderer-v2>
</qgis>
`;
}

function fillSymbol(color: string, opacity: number): string {
  return `<layer class="SimpleFill" enabled="1" locked="0" pass="0">${options({
    color: toRgba(color, opacity),
    outline_color: toRgba('#ffffff', 1),
    outline_style: 'solid',
    outline_width: '0.15',
    outline_width_unit: 'MM',
    style: 'solid',
  })}</layer>`;
}

const HATCHED_SYMBOL = `<layer class="LinePatternFill" enabled="1" locked="0" pass="0">${options({
  angle: '45',
  color: toRgba('#7a3d00', 1),
  distance: '1.6',
  distance_unit: 'MM',
  line_width: '0.35',
  line_width_unit: 'MM',
})}<symbol type="line" name="@@0" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleLine" enabled="1" locked="0" pass="0">${options(
  { line_color: toRgba('#7a3d00', 0.7), line_width: '0.35', line_width_unit: 'MM', line_style: 'solid' },
)}</layer></symbol></layer>`;

/** Both spellings of a layer's properties: maps of options since QGIS 3.20, single ones before. */
function options(values: Readonly<Record<string, string>>): string {
  const entries = Object.entries(values);
  const map = entries.map(([name, value]) => `<Option type="QString" name="${name}" value="${value}"/>`);
  const single = entries.map(([name, value]) => `<prop k="${name}" v="${value}"/>`);
  return `<Option type="Map">${map.join('')}</Option>${single.join('')}`;
}

function toRgba(color: string, opacity: number): string {
  const parts = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  return [...parts, Math.round(opacity * 255)].join(',');
}

/** A text in QGIS's expressions. */
function quoteText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** A field's name in QGIS's expressions. */
function quoteField(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
