// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Clip } from './annexb.ts';

function videoFormat({ codec, parameterSets }: Clip): string[] {
  const sets = parameterSets.map((set) => set.toString('base64'));
  if (codec === 'h265') {
    const [vps, sps, pps] = sets;
    return ['a=rtpmap:96 H265/90000', `a=fmtp:96 sprop-vps=${vps};sprop-sps=${sps};sprop-pps=${pps}`];
  }
  const profile = parameterSets[0]?.subarray(1, 4).toString('hex');
  return [
    'a=rtpmap:96 H264/90000',
    `a=fmtp:96 packetization-mode=1;profile-level-id=${profile};sprop-parameter-sets=${sets.join(',')}`,
  ];
}

/** Session description of a looped clip (RFC 8866), or of a device that has only a microphone. */
export function describeClip(clip: Clip, audioOnly: boolean): string {
  const media = audioOnly
    ? ['m=audio 0 RTP/AVP 0', 'a=rtpmap:0 PCMU/8000', 'a=control:trackID=0']
    : ['m=video 0 RTP/AVP 96', ...videoFormat(clip), `a=framerate:${clip.fps}`, 'a=control:trackID=0'];
  const session = ['v=0', 'o=- 1 1 IN IP4 0.0.0.0', 's=camsim', 'c=IN IP4 0.0.0.0', 't=0 0'];
  return [...session, 'a=control:*', 'a=range:npt=now-', ...media, ''].join('\r\n');
}
