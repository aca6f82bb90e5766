// SPDX-License-Identifier: AGPL-3.0-or-later
export { ASSET_ROOT, type Assets, assetsOf, type Manifest, type ScriptName } from './assets.ts';
export { failedPage, notFoundPage } from './frame/troubles.tsx';
export type { Frame } from './frame/Page.tsx';
export { homePage, type HomeData } from './home/HomePage.tsx';
export { LANGUAGES, type Language, otherLanguage } from './language.ts';
export type { Notice, NoticeKind } from './notices/NoticeList.tsx';
export { type PageName, type Place, pathPattern, pathTo } from './paths.ts';
