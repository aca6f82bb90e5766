// SPDX-License-Identifier: AGPL-3.0-or-later
// How a public page is served: which headers it has, and what becomes of an error.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  LANGUAGES,
  assetsOf,
  failedPage,
  notFoundPage,
  pathPattern,
  type Assets,
  type Frame,
  type Language,
  type Manifest,
  type PageName,
} from '@louver/civic';
import type { ErrorRequestHandler, Request, RequestHandler, Response, Router } from 'express';
import type { Deps } from '../http/deps.ts';
import { problemOf } from '../http/problems.ts';

/** What all public pages lie below. */
export const PUBLIC_ROOTS = LANGUAGES.map((language) => pathPattern('home', language));

const POLICY = [
  "default-src 'none'",
  ...['script', 'style', 'font', 'connect'].map((kind) => `${kind}-src 'self'`),
  "img-src 'self' data: blob:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Of an answer that anybody may get and that changes with the register. */
const SHORTLY = 'public, max-age=60';

export interface PageContext {
  frame: Frame;
  language: Language;
  request: Request;
  response: Response;
}

/** @returns the page, or undefined when there is none; nothing to send where the handler has answered itself */
type PageHandle = (context: PageContext) => Promise<string | undefined>;

export interface Pages {
  /** Both languages of a page. `handle` may set a status or `Cache-Control`; otherwise anybody may keep it for a minute. */
  get(router: Router, page: PageName, handle: PageHandle): void;
  /** A form that was sent to the page's own address. What it answers with is kept by nobody. */
  post(router: Router, page: PageName, ...handles: [...RequestHandler[], PageHandle]): void;
  frameOf(language: Language): Frame;
}

export function createPages(deps: Deps): Pages {
  const assets = builtAssets(deps.config.civicDir);
  const frameOf = (language: Language): Frame => ({ language, assets: assets() });
  const answer =
    (page: PageName, language: Language, handle: PageHandle): RequestHandler =>
    async (request, response) => {
      response.locals.route = pathPattern(page, language);
      const frame = frameOf(language);
      const html = await handle({ frame, language, request, response });
      if (response.headersSent) return;
      if (html === undefined) response.status(404);
      if (!response.get('Cache-Control'))
        response.set('Cache-Control', request.method === 'GET' ? SHORTLY : 'no-store');
      response.type('html').send(html ?? notFoundPage(frame));
    };
  return {
    frameOf,
    get(router, page, handle) {
      for (const language of LANGUAGES) router.get(pathPattern(page, language), answer(page, language, handle));
    },
    post(router, page, ...handles) {
      const handle = handles.at(-1) as PageHandle;
      const before = handles.slice(0, -1) as RequestHandler[];
      for (const language of LANGUAGES)
        router.post(pathPattern(page, language), ...before, answer(page, language, handle));
    },
  };
}

/** Nothing from elsewhere, no script in the page, and an address is told to this site only: forms need it to be. */
export const publicHeaders: RequestHandler = (_request, response, next) => {
  response.set({ 'Content-Security-Policy': POLICY, 'Referrer-Policy': 'same-origin' });
  next();
};

/** Read again after a new build, so that nobody restarts anything while a page is being made. */
function builtAssets(dir: string): () => Assets {
  const path = join(dir, 'manifest.json');
  let known: { at: number; assets: Assets } | undefined;
  return () => {
    const at = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (known?.at !== at)
      known = { at, assets: assetsOf(at === 0 ? undefined : (JSON.parse(readFileSync(path, 'utf8')) as Manifest)) };
    return known.assets;
  };
}

const languageOf = (request: Request): Language =>
  LANGUAGES.find((language) => request.originalUrl.startsWith(pathPattern('home', language))) ?? 'vi';

/** Below the public pages a wrong address is answered by a page, and so is an error. */
export const unknownPage =
  ({ frameOf }: Pages): RequestHandler =>
  (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      next();
      return;
    }
    response
      .status(404)
      .set('Cache-Control', 'no-store')
      .type('html')
      .send(notFoundPage(frameOf(languageOf(request))));
  };

export const failingPage =
  ({ frameOf }: Pages): ErrorRequestHandler =>
  (error, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const problem = problemOf(error);
    const frame = frameOf(languageOf(request));
    // The request's own log line carries it: once, with the request that met it.
    if (problem.status >= 500) response.err = error instanceof Error ? error : new Error(String(error));
    response.status(problem.status).set('Cache-Control', 'no-store').type('html');
    const id = typeof request.id === 'string' ? request.id : undefined;
    response.send(problem.status === 404 ? notFoundPage(frame) : failedPage(frame, id));
  };
