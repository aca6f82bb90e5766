// SPDX-License-Identifier: AGPL-3.0-or-later

export const STREAM_POINTERS = { url: '/url', username: '/username', password: '/password' } as const;
export type StreamField = keyof typeof STREAM_POINTERS;
export type StreamValues = Record<StreamField, string>;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/**
 * Device pages show addresses as `rtsp://user:password@host/…`. What stands before the host goes into the fields for
 * it, because the address is no secret and they are.
 */
export function splitAddress(text: string): StreamValues | undefined {
  const found = /^(rtsps?:\/\/)([^/\s]*)@([^@\s]+)$/i.exec(text.trim());
  if (found === null) return undefined;
  const [, scheme = '', person = '', rest = ''] = found;
  const colon = person.indexOf(':');
  const [username, password] = colon < 0 ? [person, ''] : [person.slice(0, colon), person.slice(colon + 1)];
  return { url: `${scheme.toLowerCase()}${rest}`, username: decoded(username), password: decoded(password) };
}

/** The body of the request; an empty field is none. */
export const sourceOf = ({ url, username, password }: StreamValues) => ({
  url: url.trim(),
  username: username.trim() === '' ? null : username.trim(),
  password: password === '' ? null : password,
});
