// SPDX-License-Identifier: AGPL-3.0-or-later
export { ASSET_ROOT, type Assets, assetsOf, type Manifest, type ScriptName } from './assets.ts';
export { type CameraPageData, type RegisteredCamera, cameraPage, isBiometric } from './camera/CameraPage.tsx';
export { cameraWords } from './camera/camera-words.ts';
export type { CameraView } from './camera/ViewFigure.tsx';
export { casePage, type CasePageData } from './case/CasePage.tsx';
export { caseWords } from './case/case-words.ts';
export { codePage } from './case/CodePage.tsx';
export { type CamerasPageData, camerasPage, type Ward } from './cameras/CamerasPage.tsx';
export {
  complainPage,
  COMPLAINT_FIELDS,
  type ComplainPageData,
  type ComplaintField,
} from './complain/ComplainPage.tsx';
export { complainWords } from './complain/complain-words.ts';
export { filedPage, inFours } from './complain/FiledPage.tsx';
export { kindPage } from './complain/KindPage.tsx';
export { type DataPage, dataPage } from './data/DataPage.tsx';
export { sheetOf, type SheetTable } from './figures/figures-sheet.ts';
export { figuresWords } from './figures/figures-words.ts';
export { figuresPage, reportPage } from './figures/FiguresPage.tsx';
export { whenOf } from './figures/when.ts';
export { failedPage, notFoundPage } from './frame/troubles.tsx';
export type { Frame } from './frame/Page.tsx';
export { homePage, type HomeData } from './home/HomePage.tsx';
export { LANGUAGES, type Language, otherLanguage } from './language.ts';
export { tilesOver } from './my-home/home-tile.ts';
export { myHomeInPage, type MyHomeInData, myHomePage } from './my-home/MyHomePages.tsx';
export { noticeWords } from './notices/notice-words.ts';
export { ATOM_TYPE, noticeFeed } from './notices/notice-feed.ts';
export type { Notice, NoticeKind } from './notices/notice-sentences.ts';
export { noticesPage } from './notices/NoticesPage.tsx';
export { type PageName, type Place, pathPattern, pathTo } from './paths.ts';
export { countryOf, monthOf, numberOf } from './times.ts';
