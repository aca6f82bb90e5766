// SPDX-License-Identifier: AGPL-3.0-or-later
import { expect, it } from 'vitest';
import { maskGraph, maskerArgs, maxKbit } from './masker-args.ts';

it('tells ffmpeg exactly this, because every word of it was paid for', () => {
  expect(maskerArgs({ width: 1280, height: 720 }).join(' ')).toBe(
    '-hide_banner -loglevel error -protocol_whitelist pipe -probesize 500000 -analyzeduration 0 -fpsprobesize 0 -f mp4 ' +
      '-flags low_delay -noautorotate -threads 1 -copyts -i pipe:0 -filter_threads 1 -filter_complex_threads 1 ' +
      '-filter_complex movie=fill.y4m[k];movie=mask.y4m[m];[0:v:0]sidedata=mode=delete,format=yuv420p,setsar=1[s];[s][k][m]maskedmerge[v] ' +
      '-map [v] -an -sn -dn -map_metadata -1 -map_chapters -1 -c:v libx264 -threads 1 -preset superfast -tune zerolatency ' +
      '-profile:v high -level 3.1 -crf 28 -maxrate 3000k -bufsize 3000k -g 600 -sc_threshold 0 ' +
      '-force_key_frames expr:if(isnan(prev_forced_t),1,gte(t,prev_forced_t+2)) -a53cc 0 -udu_sei 0 -fps_mode passthrough ' +
      '-fflags +bitexact -f flv -flvflags no_metadata+no_duration_filesize+no_sequence_end -flush_packets 1 pipe:1',
  );
});

it('never scales, because a picture that is made to fit lies under masks that were drawn for another', () => {
  for (const frame of [
    { width: 1920, height: 1080 },
    { width: 321, height: 241 },
  ])
    expect(maskGraph(frame)).not.toContain('scale');
});

it('grows an odd frame after it is masked, not before', () => {
  expect(maskGraph({ width: 321, height: 240 })).toMatch(/maskedmerge,pad=322:240:0:0\[v\]$/);
});

it('gives larger pictures more bits and small ones enough', () => {
  expect([maxKbit({ width: 320, height: 240 }), maxKbit({ width: 1920, height: 1080 })]).toEqual([500, 6750]);
});
