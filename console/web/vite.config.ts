import { defineConfig } from 'vite';

export default defineConfig({
  // Served below /console/, and wherever a proxy puts that.
  base: './',
  build: {
    outDir: '../target/classes/io/respoke/console/web',
    emptyOutDir: true,
    target: 'es2022',
    // The policy of the pages allows neither data: nor inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  oxc: {
    jsx: { runtime: 'automatic', importSource: 'preact' },
  },
});
