// SPDX-License-Identifier: AGPL-3.0-or-later

/** Leads to the first field that is marked wrong, once it has been drawn so. */
export const focusWrong = (form: HTMLElement | null): void => {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
};
