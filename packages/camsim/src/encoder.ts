// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Codec } from './rtsp/annexb.ts';

/** x264/x265 settings of a camera that an RTSP client can join at any time: no B-frames, a key frame every 2 s. */
export function encoderArgs(codec: Codec, fps: number, kbitPerSecond: number): string[] {
  const gop = String(Math.round(fps * 2));
  const rate = ['-b:v', `${kbitPerSecond}k`, '-maxrate', `${kbitPerSecond * 2}k`, '-bufsize', `${kbitPerSecond * 2}k`];
  const common = ['-pix_fmt', 'yuv420p', '-bf', '0', '-g', gop, ...rate];
  return codec === 'h264'
    ? [
        '-c:v',
        'libx264',
        '-preset',
        'veryfast',
        '-profile:v',
        'high',
        '-keyint_min',
        gop,
        '-sc_threshold',
        '0',
        ...common,
        '-f',
        'h264',
      ]
    : [
        '-c:v',
        'libx265',
        '-preset',
        'ultrafast',
        '-x265-params',
        `log-level=error:scenecut=0:keyint=${gop}:min-keyint=${gop}:bframes=0:open-gop=0`,
        ...common,
        '-f',
        'hevc',
      ];
}
