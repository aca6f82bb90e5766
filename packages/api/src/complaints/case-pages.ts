// SPDX-License-Identifier: AGPL-3.0-or-later
// A case for whoever has its code. The code travels in bodies, from form to form; nothing else says who somebody is.
import { casePage, type CasePageData, caseWords, codePage, type Frame } from '@louver/civic';
import { ActReason, ActText, CaseCode, type CaseView, Problem } from '@louver/contract';
import { Router, type Request } from 'express';
import type { Deps } from '../http/deps.ts';
import type { PageContext, Pages } from '../register/pages.ts';
import { addCasePhotos, appealCase, readCase, withdrawCase, writeToCase } from './by-code.ts';
import { asCitizen, citizensOf, type Happening } from './citizens.ts';
import { type PageForm, readPageForm } from './form-body.ts';
import { photoErrors } from './photo-errors.ts';
import { checkPhotos } from './photos.ts';
import { withCode } from './routes.ts';

type Told = NonNullable<CasePageData['told']>;
type Work = (happening: Happening, code: string) => Promise<CaseView>;
interface Act {
  told?: Told;
  work: Work;
}

export function casePages(deps: Deps, pages: Pages): Router {
  const router = Router();
  pages.get(router, 'case', ({ frame, response }) => {
    response.set('Cache-Control', 'no-store');
    return Promise.resolve(codePage(frame));
  });
  pages.post(router, 'case', (context) => sent(deps, context));
  return router;
}

async function sent(deps: Deps, { frame, request, response }: PageContext): Promise<string> {
  const form = await readPageForm(request);
  const words = caseWords[frame.language].wrong;
  const code = CaseCode.safeParse(form.fields.get('code') ?? '').data;
  if (code === undefined) {
    response.status(422);
    return codePage(frame, { code: words.code });
  }
  try {
    const { told, work } = await actOf(form);
    const view = await perform(deps, request, code, work);
    return casePage(frame, { view, code, told, errors: {}, values: {} });
  } catch (error) {
    const problem = error instanceof Problem ? error : undefined;
    response.status(problem?.status ?? 503);
    if (!problem || problem.status >= 500) response.err = error instanceof Error ? error : new Error(String(error));
    if (problem?.slug === 'case-code-unknown') return codePage(frame, { code: words.unknown });
    if (problem?.slug === 'too-many-attempts') return codePage(frame, { code: words.tooMany });
    return again(deps, request, frame, { code, form, errors: wrongOf(problem, frame) });
  }
}

const perform = (deps: Deps, request: Request, code: string, work: Work): Promise<CaseView> =>
  withCode(deps, request, () =>
    citizensOf(deps).turns.run(() => asCitizen(deps, (happening) => work(happening, code))),
  );

function parsed(schema: typeof ActText, value: string | undefined): string {
  const { success, data } = schema.safeParse(value ?? '');
  if (!success) throw new Problem('request-invalid');
  return data;
}

/** What the form wants done. @throws Problem request-invalid, photo-refused, body-too-large */
async function actOf({ fields, photos, refused }: PageForm): Promise<Act> {
  const reason = fields.get('reason')?.trim();
  switch (fields.get('act') ?? 'read') {
    case 'write': {
      const text = parsed(ActText, fields.get('text'));
      return { told: 'written', work: (happening, code) => writeToCase(happening, code, text) };
    }
    case 'photos': {
      if (refused) throw refused;
      if (photos.length === 0) throw new Problem('photo-refused');
      const checked = await checkPhotos(photos);
      return { told: 'photos', work: (happening, code) => addCasePhotos(happening, code, checked) };
    }
    case 'appeal': {
      const why = reason ? parsed(ActReason, reason) : undefined;
      return { told: 'appealed', work: (happening, code) => appealCase(happening, code, why) };
    }
    case 'withdraw':
      return { told: 'withdrawn', work: (happening, code) => withdrawCase(happening, code, undefined) };
    default:
      return { work: readCase };
  }
}

/** The case as it is, with what was typed and why it was not taken; the code alone where not even that can be read. */
async function again(
  deps: Deps,
  request: Request,
  frame: Frame,
  { code, form, errors }: { code: string; form: PageForm; errors: Record<string, string> },
): Promise<string> {
  try {
    const view = await perform(deps, request, code, readCase);
    return casePage(frame, {
      ...{ view, code, errors },
      values: { text: form.fields.get('text'), reason: form.fields.get('reason') },
    });
  } catch {
    return codePage(frame, { code: caseWords[frame.language].wrong.unsent });
  }
}

function wrongOf(problem: Problem | undefined, { language }: Frame): Record<string, string> {
  const words = caseWords[language].wrong;
  if (!problem || problem.status >= 500) return { text: words.unsent };
  // eslint-disable-next-line typescript/switch-exhaustiveness-check -- the others say the same
  switch (problem.slug) {
    case 'body-too-large':
      return { photo: words.photosTooLarge };
    case 'photo-refused':
      return { photo: problem.errors ? words.photos(photoErrors(problem, language)) : words.noPhoto };
    case 'complaint-too-late':
      return { reason: words.reason };
    case 'request-invalid':
      return { text: words.text };
    default:
      return { text: words.impossible };
  }
}
