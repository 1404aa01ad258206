/**
 * The script of `rapport.html`, in the reader's browser: the map, the choice of the mode, the search for a
 * commune, the table of communes. Bundled with MapLibre GL into one text (`scripts/lib/bundle-page.ts`) that the
 * report carries, as it carries its data: nothing is asked of any server. Without the script the page reads as
 * well, with drawn maps and whole tables.
 */
import type { PageData } from '../page-data.ts';
import { setUpCommuneTable } from './commune-table.ts';
import { setUpDetails } from './details.ts';
import { openMap } from './map.ts';
import { setUpScrollers } from './scrollers.ts';
import { setUpSearch } from './search.ts';
import { PageState } from './state.ts';
import { setUpStaticMaps } from './static-maps.ts';

const holder = document.getElementById('donnees');
setUpScrollers();
if (holder === null) document.documentElement.classList.add('laid-out');
else start(JSON.parse(holder.textContent ?? '') as PageData);

function start(data: PageData): void {
  const state = new PageState();
  for (const input of document.querySelectorAll<HTMLInputElement>('input[name="mode"]')) {
    if (input.checked) state.mode = Number(input.value);
    input.addEventListener('change', () => state.setMode(Number(input.value)));
  }
  setUpDetails(data, state);
  setUpSearch(data, state);
  setUpStaticMaps(data, state);
  openMap(data, state);
  // While the map's worker prepares its tiles.
  setUpCommuneTable(data, state);
}
