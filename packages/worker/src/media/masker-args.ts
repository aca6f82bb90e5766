// SPDX-License-Identifier: AGPL-3.0-or-later
// What the masker's ffmpeg is told. Every option here was a leak, a delay or a hang in an experiment without it.
import { type FrameSize, h264Level } from '@louver/contract';

export const MASK_FILE = 'mask.y4m';
export const FILL_FILE = 'fill.y4m';

/** Seconds between key frames: what a new viewer waits for at most, and what is kept in memory for him. */
const KEY_EVERY_S = 2;

/** Encoders need even sizes; what is added stands at the right and at the bottom. */
export const evenSize = ({ width, height }: FrameSize): FrameSize => ({
  width: width + (width % 2),
  height: height + (height % 2),
});

/** Kilobit a second that a picture of this size may take at most: 3,000 for 1280×720. */
export const maxKbit = ({ width, height }: FrameSize): number =>
  Math.max(500, Math.ceil((width * height * 3000) / 921_600));

/**
 * No `scale`: when the decoded frame is not of the mask's size, `maskedmerge` cannot be configured and ffmpeg ends.
 * A scale would fit any frame under a mask that was drawn for another view.
 */
export function maskGraph(frame: FrameSize): string {
  const even = evenSize(frame);
  const grow =
    even.width === frame.width && even.height === frame.height ? '' : `,pad=${even.width}:${even.height}:0:0`;
  return [
    `movie=${FILL_FILE}[k]`,
    `movie=${MASK_FILE}[m]`,
    // What hangs on a frame beside its samples (captions, positions, rotation) ends here.
    '[0:v:0]sidedata=mode=delete,format=yuv420p,setsar=1[s]',
    `[s][k][m]maskedmerge${grow}[v]`,
  ].join(';');
}

const QUIET = ['-hide_banner', '-loglevel', 'error'];
/**
 * Probing short, but keeping what was probed: `nobuffer` would throw the first group of pictures away. No frame rate is
 * measured, which would take twenty frames, and a mask change would wait for them.
 */
const PROBE = ['-probesize', '500000', '-analyzeduration', '0', '-fpsprobesize', '0'];
const FROM_PIPE = ['-protocol_whitelist', 'pipe', ...PROBE, '-f', 'mp4'];
/** A rotation in the stream's metadata would turn the picture under its mask. */
const DECODE = ['-flags', 'low_delay', '-noautorotate', '-threads', '1', '-copyts'];
/** Nothing but the masked picture: no sound, titles, captions, and none of the camera's own messages, which may hold a position. */
const ONLY_PICTURE = ['-an', '-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'];

/** Init and fragments of the camera on standard input, masked frames in FLV on standard output. */
export function maskerArgs(frame: FrameSize): string[] {
  const rate = `${maxKbit(frame)}k`;
  return [
    ...QUIET,
    ...FROM_PIPE,
    ...DECODE,
    ...['-i', 'pipe:0', '-filter_threads', '1', '-filter_complex_threads', '1', '-filter_complex', maskGraph(frame)],
    ...['-map', '[v]', ...ONLY_PICTURE],
    ...['-c:v', 'libx264', '-threads', '1', '-preset', 'superfast', '-tune', 'zerolatency'],
    ...['-profile:v', 'high', '-level', h264Level(evenSize(frame)).level],
    ...['-crf', '28', '-maxrate', rate, '-bufsize', rate],
    // By time and not by count, because nobody has said how many frames a second will come.
    ...['-g', '600', '-sc_threshold', '0'],
    ...['-force_key_frames', `expr:if(isnan(prev_forced_t),1,gte(t,prev_forced_t+${KEY_EVERY_S}))`],
    ...['-a53cc', '0', '-udu_sei', '0', '-fps_mode', 'passthrough'],
    ...['-fflags', '+bitexact', '-f', 'flv', '-flvflags', 'no_metadata+no_duration_filesize+no_sequence_end'],
    ...['-flush_packets', '1', 'pipe:1'],
  ];
}

const RAW = ['-f', 'rawvideo', 'pipe:1'];

/** The first and that other frame of what left, raw, as they were encoded. */
export const sampleArgs = (other: number): string[] => [
  ...QUIET,
  ...FROM_PIPE,
  ...DECODE,
  ...['-i', 'pipe:0', '-map', '0:v:0', ...ONLY_PICTURE, '-vf', `select=eq(n\\,0)+eq(n\\,${other})`],
  ...['-fps_mode', 'passthrough', '-pix_fmt', 'yuv420p', ...RAW],
];

/**
 * Whole pictures on standard input, raw ones with a line before each on standard output; `rawvideo` would hold the newest back.
 * Without the deblocking filter, a fifth of the work: it smooths the edges of blocks that differ, so what is flat is flat with
 * and without it, and no picture hangs on one before it.
 */
export const keyFrameArgs = (): string[] => [
  ...[...QUIET, ...FROM_PIPE, ...DECODE, '-skip_loop_filter', 'all', '-i', 'pipe:0', '-map', '0:v:0', ...ONLY_PICTURE],
  ...['-fps_mode', 'passthrough', '-pix_fmt', 'yuv420p', '-flush_packets', '1', '-f', 'yuv4mpegpipe', 'pipe:1'],
];

/** A JPEG that leaves, raw. */
export const jpegSampleArgs = (): string[] => [
  ...[...QUIET, '-protocol_whitelist', 'pipe', '-f', 'mjpeg', '-noautorotate', '-threads', '1', '-i', 'pipe:0'],
  ...['-map', '0:v:0', '-frames:v', '1', '-pix_fmt', 'yuvj420p', ...RAW],
];

/** One JPEG from masked init and one masked key frame. */
export const stillArgs = (): string[] => [
  ...QUIET,
  ...FROM_PIPE,
  ...DECODE,
  ...['-i', 'pipe:0', '-map', '0:v:0', ...ONLY_PICTURE, '-frames:v', '1'],
  ...['-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p', '-q:v', '3', '-fflags', '+bitexact', '-f', 'mjpeg', 'pipe:1'],
];
