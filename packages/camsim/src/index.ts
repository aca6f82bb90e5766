// SPDX-License-Identifier: AGPL-3.0-or-later
export { type ClipOptions, encodeClip, loadClip } from './clip.ts';
export { type AccessUnit, type Clip, type Codec, readAnnexB } from './rtsp/annexb.ts';
export type { Credentials } from './rtsp/auth.ts';
export { type Fault, Mount, type SentFrame } from './rtsp/mount.ts';
export { type RtspServer, type RtspServerOptions, startRtspServer } from './rtsp/server.ts';
