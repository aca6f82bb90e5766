// SPDX-License-Identifier: AGPL-3.0-or-later
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const api = process.env['LOUVER_DEV_API'] ?? 'http://127.0.0.1:8080';
const proxy = { target: api, ws: true, changeOrigin: false };

export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['source', 'module', 'browser', 'development|production'] },
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    // The content security policy knows no data: addresses, so nothing may be folded into the style sheets.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  server: { proxy: { '/api': proxy, '/live/': proxy, '/log/': proxy } },
});
