// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Capability, PublicDetails } from '@louver/contract';

/** What the fields of the form hold: text as it was typed. */
export interface PublicValues {
  capabilities: readonly Capability[];
  contact: string;
  storageCountry: string;
}
export type PublicField = keyof PublicValues;

export const PUBLIC_POINTERS = {
  capabilities: '/capabilities',
  contact: '/contact',
  storageCountry: '/storageCountry',
} as const satisfies Record<PublicField, string>;

export const publicValuesOf = ({ capabilities, contact, storageCountry }: PublicDetails): PublicValues => ({
  capabilities,
  contact: contact ?? '',
  storageCountry: storageCountry ?? '',
});

/** The body as far as the form knows it: an empty field is "not known". */
export const detailsOf = ({ capabilities, contact, storageCountry }: PublicValues): PublicDetails => ({
  capabilities: [...new Set(capabilities)].toSorted(),
  contact: contact.trim() === '' ? null : contact.trim(),
  storageCountry: storageCountry.trim() === '' ? null : storageCountry.trim().toUpperCase(),
});

/** The order in which capabilities were ticked says nothing. */
export const sameDetails = (a: PublicValues, b: PublicValues): boolean =>
  JSON.stringify(detailsOf(a)) === JSON.stringify(detailsOf(b));
