// SPDX-License-Identifier: AGPL-3.0-or-later

/** Hands a text to the person as a file. */
export function saveAs(name: string, text: string, type = 'text/plain;charset=utf-8'): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Not at once: the browser fetches the address after this call has returned.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
