/**
 * The table of communes: figures of the chosen mode, sorted by a heading, filtered by name or code and by state.
 * A commune's name picks it on the map. Headings and rows are the report's own; the page fills them in.
 */
import { formatMinutes, formatPeople, formatRate } from '../numbers.ts';
import type { PageData } from '../page-data.ts';
import { PAGE_TEXTS } from '../page-texts.ts';
import { TEXTS } from '../texts.ts';
import { getElement, make, plain } from './elements.ts';
import { wordShown } from './facts.ts';
import type { PageState } from './state.ts';

/** Columns of the table, as `html-communes-section.ts` writes them. */
const COLUMNS = [
  'code',
  'name',
  'epci',
  'population',
  'rate',
  'state',
  'leftOut',
  'median',
  'nearest',
] as const;
type Column = (typeof COLUMNS)[number];
const STATE_ORDER = ['non couverte', 'partielle', 'couverte', 'sans population'];

interface Row {
  index: number;
  element: HTMLTableRowElement;
  words: string;
}

export function setUpCommuneTable(data: PageData, state: PageState): void {
  const table = document.getElementById('table-communes') as HTMLTableElement | null;
  if (table === null) return;
  new CommuneTable(table, data, state).start();
}

class CommuneTable {
  private readonly body: HTMLTableSectionElement;
  private readonly rows: Row[];
  private readonly headings: HTMLTableCellElement[];
  private sortedBy: { column: Column; isUp: boolean } | undefined;

  constructor(
    private readonly table: HTMLTableElement,
    private readonly data: PageData,
    private readonly state: PageState,
  ) {
    this.body = table.tBodies[0];
    const { code, name } = data.communes;
    this.rows = [...this.body.rows].map((element, index) => ({
      index,
      element,
      words: `${code[index].toLowerCase()} ${plain(name[index])}`,
    }));
    const heads = table.tHead?.rows[0].cells ?? [];
    this.headings = [...heads];
  }

  start(): void {
    const { data, state } = this;
    const texts = PAGE_TEXTS[data.language];
    this.headings.forEach((heading, at) => {
      const button = make('button', heading.textContent ?? '');
      button.type = 'button';
      button.title = texts.sort(heading.textContent ?? '');
      button.addEventListener('click', () => this.sortBy(COLUMNS[at]));
      heading.replaceChildren(button);
    });
    for (const { index, element } of this.rows) {
      const cell = element.cells[COLUMNS.indexOf('name')];
      const button = make('button', cell.textContent ?? '', 'link');
      button.type = 'button';
      button.title = texts.showOnMap(data.communes.name[index]);
      button.addEventListener('click', () => {
        state.pick({ kind: 'commune', index }, false);
        getElement('cartes').scrollIntoView({ block: 'start' });
      });
      cell.replaceChildren(button);
    }
    for (const id of ['filtre-communes', 'filtre-etat', 'filtre-limite']) {
      getElement(id).addEventListener('input', () => this.filter());
    }
    state.whenMode(() => {
      this.fill();
      this.order();
      this.filter();
    });
    // As written, the table holds the first mode; browsers may have kept another choice.
    if (state.mode !== 0) this.fill();
    this.filter();
  }

  /** The figures of the mode. */
  private fill(): void {
    const { data, state } = this;
    const { language } = data;
    const texts = PAGE_TEXTS[language];
    const mode = data.modes[state.mode];
    const states = TEXTS[language].states;
    (this.table.caption as HTMLElement).textContent = texts.tableCaption(mode.title);
    for (const { index, element } of this.rows) {
      const cells = element.cells;
      const rate = mode.rate[index];
      cells[4].textContent = formatRate(rate ?? undefined, language);
      cells[4].style.setProperty('--share', `${((rate ?? 0) * 100).toFixed(1)}%`);
      const tag = make('span', states[mode.state[index]], `tag ${mode.state[index].replace(' ', '-')}`);
      cells[5].replaceChildren(tag);
      if (mode.borderline[index]) {
        cells[5].append(' ', make('span', TEXTS[language].table.borderline, 'limit'));
      }
      cells[6].textContent = formatPeople(mode.leftOut[index], language);
      cells[7].textContent = formatMinutes(mode.medianMinutes[index] ?? undefined, language);
      const nearest = mode.nearest[index];
      cells[8].textContent = nearest === null ? '–' : data.structures[nearest].name;
    }
  }

  private sortBy(column: Column): void {
    const isSame = this.sortedBy?.column === column;
    this.sortedBy = { column, isUp: isSame ? !this.sortedBy?.isUp : true };
    this.headings.forEach((heading, at) => {
      if (COLUMNS[at] === column) {
        heading.setAttribute('aria-sort', this.sortedBy?.isUp ? 'ascending' : 'descending');
      } else heading.removeAttribute('aria-sort');
    });
    this.order();
  }

  /** What has no value comes last, whichever way. */
  private order(): void {
    if (this.sortedBy === undefined) return;
    const { column, isUp } = this.sortedBy;
    const value = this.valueOf(column);
    const compareTexts = new Intl.Collator(this.data.language, { numeric: true }).compare;
    const ordered = [...this.rows].sort((a, b) => {
      const [x, y] = [value(a.index), value(b.index)];
      if (x === null || x === '') return y === null || y === '' ? a.index - b.index : 1;
      if (y === null || y === '') return -1;
      const order =
        typeof x === 'number' && typeof y === 'number' ? x - y : compareTexts(String(x), String(y));
      return (isUp ? order : -order) || a.index - b.index;
    });
    this.body.append(...ordered.map(({ element }) => element));
  }

  private valueOf(column: Column): (index: number) => string | number | null {
    const { communes, structures, modes } = this.data;
    const mode = modes[this.state.mode];
    switch (column) {
      case 'code':
      case 'name':
      case 'epci':
      case 'population':
        return (index) => communes[column][index];
      case 'rate':
      case 'leftOut':
        return (index) => mode[column][index];
      case 'state':
        return (index) => STATE_ORDER.indexOf(mode.state[index]);
      case 'median':
        return (index) => mode.medianMinutes[index];
      case 'nearest':
        return (index) => {
          const nearest = mode.nearest[index];
          return nearest === null ? null : structures[nearest].name;
        };
    }
  }

  private filter(): void {
    const words = plain((getElement('filtre-communes') as HTMLInputElement).value);
    const wanted = (getElement('filtre-etat') as HTMLSelectElement).value;
    const isLimitOnly = (getElement('filtre-limite') as HTMLInputElement).checked;
    const mode = this.data.modes[this.state.mode];
    let shown = 0;
    for (const row of this.rows) {
      const isShown =
        row.words.includes(words) &&
        (wanted === '' || mode.state[row.index] === wanted) &&
        (!isLimitOnly || mode.borderline[row.index]);
      row.element.hidden = !isShown;
      if (isShown) shown++;
    }
    getElement('communes-compte').textContent = wordShown(this.data, shown, this.rows.length);
  }
}
