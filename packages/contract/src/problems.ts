// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';

/** Every problem that the API can return. The slug is public: add, never rename. */
export const PROBLEMS = {
  'request-invalid': { status: 400, title: 'The request does not fit its description' },
  'body-not-json': { status: 400, title: 'The body is not valid JSON' },
  'not-signed-in': { status: 401, title: 'Nobody is signed in' },
  'credentials-wrong': { status: 401, title: 'E-mail or password is wrong' },
  'not-permitted': { status: 403, title: 'This account may not do this' },
  'origin-foreign': { status: 403, title: 'The request comes from another site' },
  'route-unknown': { status: 404, title: 'No such address' },
  'camera-not-found': { status: 404, title: 'No such camera' },
  'aim-not-found': { status: 404, title: 'No such aim' },
  'masks-unknown': { status: 404, title: 'No mask set of this aim has been approved' },
  'mask-set-not-found': { status: 404, title: 'No such mask set' },
  'viewing-not-found': { status: 404, title: 'No such viewing' },
  'record-not-found': { status: 404, title: 'No such record' },
  'log-file-not-found': { status: 404, title: 'The log has no such file' },
  'jurisdiction-not-found': { status: 422, title: 'No such jurisdiction' },
  'camera-code-taken': { status: 409, title: 'Another camera has this code' },
  'camera-window-open': { status: 409, title: 'A planned camera may not be live before the day that was announced' },
  'aim-preset-taken': { status: 409, title: 'Another aim of this camera is of this preset' },
  'aim-is-current': { status: 409, title: 'The main aim of a camera can be changed and not retired' },
  'mask-set-decided': { status: 409, title: 'This mask set was decided already' },
  'mask-set-outdated': { status: 409, title: 'The aim or its masks changed since this set was drawn' },
  'mask-author-decides': { status: 403, title: 'Whoever drew a mask set may not decide it' },
  'aim-uncalibrated': { status: 409, title: 'Nobody has said where this aim really points' },
  'masks-expired': { status: 409, title: 'The masks of this aim have expired and were not renewed' },
  'mask-set-uncovers': { status: 403, title: 'What uncovers takes two persons' },
  'mask-set-enforced': { status: 409, title: 'These masks stay until the finding about the homes is decided' },
  'finding-not-found': { status: 404, title: 'No such finding' },
  'finding-decided': { status: 409, title: 'This finding is not open any more' },
  'finding-outdated': { status: 409, title: 'What this finding rests on was measured anew' },
  'finding-second-person': { status: 403, title: 'Somebody else has to decide this as well' },
  'complaint-not-found': { status: 404, title: 'No such case' },
  'case-code-unknown': { status: 404, title: 'No case has this code' },
  'complaint-place-unknown': { status: 422, title: 'The place lies outside the area of this register' },
  'complaint-name-required': { status: 422, title: 'This request needs a name' },
  'complaint-form-used': { status: 409, title: 'This form was sent before' },
  'complaint-act-impossible': { status: 409, title: 'This cannot happen to the case now' },
  'complaint-too-late': { status: 409, title: 'The time for this is over' },
  'complaint-needs-document': { status: 422, title: 'This counts only with a document' },
  'complaint-other-body': { status: 403, title: 'Another body has this case' },
  'complaint-second-person': { status: 403, title: 'Who acted at the first level may not act at the second' },
  'complaint-still-seen': { status: 409, title: 'A camera still sees the home' },
  'complaint-not-measured': { status: 409, title: 'The home was not measured again since the complaint' },
  'photo-refused': { status: 422, title: 'A photo was not accepted' },
  'open311-key-not-found': { status: 404, title: 'No such key' },
  'camera-without-stream': { status: 409, title: 'This camera has no stream' },
  'camera-without-device': { status: 409, title: 'Nobody has said where this camera is asked as a device' },
  'camera-not-live': { status: 409, title: 'Only a live camera can be watched' },
  'stream-not-here': { status: 503, title: 'No media worker holds this camera yet' },
  'case-reference-required': { status: 422, title: 'This role must name a case' },
  'import-refused': { status: 422, title: 'The file was not imported' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'media-type-unknown': { status: 415, title: 'This kind of content is not accepted' },
  'too-many-attempts': { status: 429, title: 'Too many attempts' },
  'ticket-missing': { status: 401, title: 'No ticket was shown' },
  'ticket-forged': { status: 403, title: 'The ticket is not genuine' },
  'ticket-unproven': { status: 403, title: 'The ticket does not prove that this look is on the record' },
  'ticket-expired': { status: 403, title: 'The ticket has expired' },
  'ticket-replayed': { status: 403, title: 'The ticket was used before' },
  'ticket-of-another-camera': { status: 403, title: 'The ticket is for another camera' },
  'ticket-of-another-person': { status: 403, title: 'The ticket belongs to somebody else' },
  'record-not-sealed': { status: 503, title: 'The record could not be sealed in time' },
  'auditor-token-unknown': { status: 401, title: 'This token is not, or no longer, an auditor’s' },
  'auditor-token-not-found': { status: 404, title: 'No such token' },
  'picture-withheld': { status: 503, title: 'There is no picture' },
  unexpected: { status: 500, title: 'Something went wrong' },
  unavailable: { status: 503, title: 'A part of the system does not answer' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemSlug = keyof typeof PROBLEMS;
export const isProblemSlug = (text: string): text is ProblemSlug => Object.hasOwn(PROBLEMS, text);

export const FieldError = z.object({
  /** JSON pointer (RFC 6901) into the body, or `/query/…`, `/params/…`. */
  pointer: z.string(),
  detail: z.string(),
});
export type FieldError = z.infer<typeof FieldError>;

/** RFC 9457. `type` is `/problems/<slug>`; `slug` repeats it for programs. */
export const ProblemDocument = z
  .object({
    type: z.string(),
    slug: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    instance: z.string().optional(),
    requestId: z.string().optional(),
    errors: z.array(FieldError).optional(),
  })
  .meta({ id: 'Problem' });
export type ProblemDocument = z.infer<typeof ProblemDocument>;

/** What the caller may know. Any other error is a bug, and the caller learns a request id and nothing else. */
export class Problem extends Error {
  readonly slug: ProblemSlug;
  readonly detail: string | undefined;
  readonly errors: FieldError[] | undefined;

  constructor(slug: ProblemSlug, options: { detail?: string; errors?: FieldError[]; cause?: unknown } = {}) {
    super(options.detail ?? PROBLEMS[slug].title, { cause: options.cause });
    this.name = 'Problem';
    this.slug = slug;
    this.detail = options.detail;
    this.errors = options.errors;
  }

  get status(): number {
    return PROBLEMS[this.slug].status;
  }

  toDocument(requestId?: string): ProblemDocument {
    return {
      type: `/problems/${this.slug}`,
      slug: this.slug,
      title: PROBLEMS[this.slug].title,
      status: this.status,
      ...(this.detail === undefined ? {} : { detail: this.detail }),
      ...(requestId === undefined ? {} : { requestId }),
      ...(this.errors === undefined ? {} : { errors: this.errors }),
    };
  }
}

const pointer = (root: string, path: readonly PropertyKey[]): string =>
  [root, ...path.map((key) => String(key).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');

/** Zod issues as the pointers that a problem shows. `root` is where the parsed value stood: empty for the body, `/query`, `/params`. */
export const fieldErrors = (error: z.core.$ZodError, root = ''): FieldError[] =>
  error.issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return [{ pointer: pointer(root, issue.path), detail: issue.message }];
    return issue.keys.map((key) => ({ pointer: pointer(root, [...issue.path, key]), detail: 'unknown field' }));
  });
