// SPDX-License-Identifier: AGPL-3.0-or-later
import { defineConfig } from 'vite';
import { ASSET_ROOT, SCRIPTS } from './src/assets.ts';

/**
 * Style sheet, scripts and fonts of the public pages, named after their content. `--ssr src/index.ts` builds the pages
 * themselves instead, for a Node that can't read their sources.
 */
export default defineConfig(({ isSsrBuild }) => ({
  base: ASSET_ROOT,
  resolve: { conditions: ['source', 'module', 'browser', 'development|production'] },
  ssr: { resolve: { conditions: ['source', 'module', 'node', 'development|production'] } },
  publicDir: false,
  build: isSsrBuild
    ? { outDir: 'dist/pages', target: 'node20' }
    : {
        outDir: 'dist/site',
        target: 'es2022',
        manifest: 'manifest.json',
        // The content security policy knows no data: addresses, so nothing may be folded into the style sheets.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        rolldownOptions: { input: ['src/design/civic.css', ...SCRIPTS.map((name) => `src/client/${name}.ts`)] },
      },
}));
