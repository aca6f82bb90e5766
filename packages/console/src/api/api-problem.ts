// SPDX-License-Identifier: AGPL-3.0-or-later
import { isProblemSlug, ProblemDocument, type ProblemSlug } from '@louver/contract';

/** What the API refused, or `unreachable` when it gave no answer at all. */
export class ApiProblem extends Error {
  readonly slug: ProblemSlug | 'unreachable';
  readonly document: ProblemDocument | undefined;
  /** Seconds that the answer asked to wait. */
  readonly retryAfter: number | undefined;

  constructor(slug: ApiProblem['slug'], document?: ProblemDocument, retryAfter?: number, cause?: unknown) {
    super(document?.detail ?? document?.title ?? slug, { cause });
    this.name = 'ApiProblem';
    this.slug = slug;
    this.document = document;
    this.retryAfter = retryAfter;
  }

  /** The detail for a field of the body, by JSON pointer. */
  fieldDetail(pointer: string): string | undefined {
    return this.document?.errors?.find((error) => error.pointer === pointer)?.detail;
  }
}

export async function problemOf(answer: Response): Promise<ApiProblem> {
  const waiting = Number(answer.headers.get('retry-after'));
  const retryAfter = Number.isFinite(waiting) && waiting > 0 ? waiting : undefined;
  const parsed = ProblemDocument.safeParse(await answer.json().catch(() => undefined));
  if (!parsed.success)
    return new ApiProblem(answer.status >= 502 ? 'unreachable' : 'unexpected', undefined, retryAfter);
  const { slug } = parsed.data;
  return new ApiProblem(isProblemSlug(slug) ? slug : 'unexpected', parsed.data, retryAfter);
}

export const isProblem = (error: unknown, slug?: ApiProblem['slug']): error is ApiProblem =>
  error instanceof ApiProblem && (slug === undefined || error.slug === slug);
