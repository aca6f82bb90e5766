// SPDX-License-Identifier: AGPL-3.0-or-later
import type { IncomingMessage } from 'node:http';
import { Problem } from '@louver/contract';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Config } from '../config.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const HOST = /^[\w.-]+(:\d+)?$|^\[[\da-f:.]+\](:\d+)?$/i;

/** `'self'` covers a WebSocket of the same origin only in newer browsers, hence its name. */
function socketOrigin(config: Config, request: IncomingMessage): string {
  if (config.publicUrl) return new URL(config.publicUrl).origin.replace(/^http/, 'ws');
  const host = request.headers.host ?? '';
  return HOST.test(host) ? `ws://${host}` : "'self'";
}

export const securityHeaders = (config: Config): RequestHandler =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'", (request) => socketOrigin(config, request)],
        workerSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: config.publicUrl?.startsWith('https:') ? { maxAge: 31_536_000 } : false,
    // Old browsers only, and it made them less safe.
    xXssProtection: false,
  });

const UNUSED_FEATURES =
  'accelerometer camera display-capture geolocation gyroscope hid magnetometer microphone midi payment serial usb';
const PERMISSIONS = UNUSED_FEATURES.split(' ')
  .map((feature) => `${feature}=()`)
  .join(', ');

export const permissionsPolicy: RequestHandler = (_request, response, next) => {
  response.set('Permissions-Policy', PERMISSIONS);
  next();
};

/**
 * Whether a browser says that a page of another site asks. Programs say neither header and are let through: they have no
 * cookie of somebody else to misuse.
 */
export function isForeign(config: Config, request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  const { origin, host } = request.headers;
  if (origin === undefined) return false;
  if (config.publicUrl && origin === new URL(config.publicUrl).origin) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

export const refuseForeign =
  (config: Config): RequestHandler =>
  (request, _response, next) => {
    if (!SAFE_METHODS.has(request.method) && isForeign(config, request)) throw new Problem('origin-foreign');
    next();
  };
