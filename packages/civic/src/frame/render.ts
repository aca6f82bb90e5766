// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

/** A page as the text that is sent. React escapes whatever stands between tags and in attributes. */
export const render = (page: ReactElement): string => `<!doctype html>${renderToStaticMarkup(page)}`;
