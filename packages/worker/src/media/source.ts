// SPDX-License-Identifier: AGPL-3.0-or-later
import type { CameraId, StreamSource } from '@louver/contract';
import { addressMac, openCredentials } from '@louver/db';

/**
 * Opens the address of a camera. It must be the one that the database knows as unchanged since the masks were decided:
 * whoever puts another sealed address in its place gets no picture.
 * @throws CredentialsUnreadable, or Error where address and its mark differ
 */
export function openSource(
  key: Buffer,
  cameraId: CameraId,
  stream: { readonly sealed: Buffer; readonly addressMac: string },
): StreamSource {
  const source = openCredentials(key, cameraId, stream.sealed);
  if (addressMac(key, cameraId, source) !== stream.addressMac)
    throw new Error('the stream address is not the one that the masks were decided for');
  return source;
}
