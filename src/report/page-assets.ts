/** The page's script and the map's worker, as `npm run build` bundles them (`scripts/lib/bundle-page.ts`). */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface PageAssets {
  script: string;
  mapWorker: string;
}

let assets: PageAssets | undefined;

/** @throws Error where the package has not been built */
export function readPageAssets(): PageAssets {
  assets ??= { script: readAsset('page.js'), mapWorker: readAsset('map-worker.js') };
  return assets;
}

function readAsset(name: string): string {
  // Two folders below the package from src/report/, dist/report/ and dist/bundle/ alike.
  const path = fileURLToPath(new URL(`../../dist/page/${name}`, import.meta.url));
  if (!existsSync(path)) throw new Error(`${path} is missing: run "npm run build" first`);
  return readFileSync(path, 'utf8');
}
