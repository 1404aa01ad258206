/** Before any test: reports carry the page's script, which is bundled from the sources. */
import { bundlePageIfStale } from '../scripts/lib/bundle-page.ts';

export default bundlePageIfStale;
