// SPDX-License-Identifier: AGPL-3.0-or-later
// Runs before every module. Zod would otherwise probe for `new Function` while its schemas are made, which the content
// security policy refuses and reports; and the theme has to stand before the first paint.
globalThis.__zod_globalConfig = { jitless: true };
(() => {
  let wanted = null;
  let language = null;
  try {
    wanted = localStorage.getItem('louver.theme');
    language = localStorage.getItem('louver.language');
  } catch {
    // Storage may be forbidden; the defaults hold.
  }
  const root = document.documentElement;
  const systemLight = matchMedia('(prefers-color-scheme: light)').matches;
  const calm = /^\/(oversight|so-truy-cap|record)(\/|$)/.test(location.pathname);
  root.dataset.theme =
    wanted === 'dark' || wanted === 'light'
      ? wanted
      : wanted === 'system'
        ? systemLight
          ? 'light'
          : 'dark'
        : calm
          ? 'light'
          : 'dark';
  if (language === 'en') root.lang = 'en';
})();
