// SPDX-License-Identifier: AGPL-3.0-or-later

/** Where the built files lie on the server, in addresses. Named after their content, so they may be kept for ever. */
export const ASSET_ROOT = '/civic/';

/** Scripts only add to a page that works without them. */
export const SCRIPTS = ['register-map', 'home-check', 'complaint-place'] as const;
export type ScriptName = (typeof SCRIPTS)[number];

export interface Assets {
  styles: string;
  scripts: Readonly<Record<ScriptName, { src: string; styles: readonly string[] }>>;
}

/** What the bundler wrote down of its build, by source file. */
export type Manifest = Readonly<Record<string, { file: string; css?: string[]; imports?: string[] }>>;

/** @param manifest undefined where nothing was built: pages are then plain */
export function assetsOf(manifest: Manifest | undefined): Assets {
  const address = (file: string) => `${ASSET_ROOT}${file}`;
  const entry = (source: string): Manifest[string] => manifest?.[source] ?? { file: `not-built/${source}` };
  const script = (name: ScriptName) => {
    const { file, css = [], imports = [] } = entry(`src/client/${name}.ts`);
    // What two scripts share is a piece of its own, with its style sheet.
    const shared = imports.flatMap((piece) => manifest?.[piece]?.css ?? []);
    return { src: address(file), styles: [...shared, ...css].map(address) };
  };
  return {
    styles: address(entry('src/design/civic.css').file),
    scripts: {
      'register-map': script('register-map'),
      'home-check': script('home-check'),
      'complaint-place': script('complaint-place'),
    },
  };
}
