// SPDX-License-Identifier: AGPL-3.0-or-later

/** Hands a text, or bytes, to the person as a file. */
export function saveAs(name: string, content: string | ArrayBuffer, type = 'text/plain;charset=utf-8'): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Not at once: the browser fetches the address after this call has returned.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
