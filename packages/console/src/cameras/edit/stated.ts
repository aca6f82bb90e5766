// SPDX-License-Identifier: AGPL-3.0-or-later
import { CameraDraft, type Camera } from '@louver/contract';

/** Everything that is stated of a camera but its place, which is set on the map. */
export const StatedDraft = CameraDraft.omit({ location: true });

export const STATED_POINTERS = {
  code: '/code',
  name: '/name',
  jurisdiction: '/jurisdiction',
  hostPremises: '/hostPremises',
  owner: '/owner',
  operator: '/operator',
  purpose: '/purpose',
  legalBasis: '/legalBasis',
  retentionDays: '/retentionDays',
  publication: '/publication',
  status: '/status',
  mobility: '/mobility',
  manufacturer: '/manufacturer',
  model: '/model',
  hasAudio: '/hasAudio',
  hasBiometrics: '/hasBiometrics',
} as const;

export type StatedField = keyof typeof STATED_POINTERS;
export type FlagField = 'hasAudio' | 'hasBiometrics';
export type TextField = Exclude<StatedField, FlagField>;

/** What the fields of the form hold: text as it was typed. */
export type StatedValues = Record<TextField, string> & Record<FlagField, boolean>;

const MAY_BE_EMPTY: ReadonlySet<StatedField> = new Set<TextField>([
  'owner',
  'operator',
  'purpose',
  'legalBasis',
  'manufacturer',
  'model',
]);

const FIELDS = Object.keys(STATED_POINTERS) as StatedField[];

export const BLANK: StatedValues = {
  code: '',
  name: '',
  jurisdiction: '',
  hostPremises: 'unknown',
  owner: '',
  operator: '',
  purpose: '',
  legalBasis: '',
  retentionDays: '',
  publication: 'shown',
  status: 'planned',
  mobility: 'fixed',
  manufacturer: '',
  model: '',
  hasAudio: false,
  hasBiometrics: false,
};

export const statedOf = (camera: Camera): StatedValues => ({
  ...(Object.fromEntries(FIELDS.map((field) => [field, String(camera[field] ?? '')])) as Record<TextField, string>),
  hasAudio: camera.hasAudio,
  hasBiometrics: camera.hasBiometrics,
});

/** A field as the body of a request has it: an empty one that may be empty is "not known". */
function sent(field: StatedField, values: StatedValues): unknown {
  const value = values[field];
  if (typeof value === 'boolean') return value;
  const text = value.trim();
  if (field === 'retentionDays') return text === '' ? null : Number(text);
  return text === '' && MAY_BE_EMPTY.has(field) ? null : text;
}

/** The body as far as the form knows it; whether it keeps the contract's rules is for the contract to say. */
export const draftOf = (values: StatedValues): Record<StatedField, unknown> =>
  Object.fromEntries(FIELDS.map((field) => [field, sent(field, values)])) as Record<StatedField, unknown>;

/** The fields that differ, and no others: what somebody else changed in the meantime stays as they left it. */
export function changedFields(before: StatedValues, after: StatedValues): Partial<Record<StatedField, unknown>> {
  const [was, is] = [draftOf(before), draftOf(after)];
  return Object.fromEntries(FIELDS.filter((field) => was[field] !== is[field]).map((field) => [field, is[field]]));
}
