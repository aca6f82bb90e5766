// SPDX-License-Identifier: AGPL-3.0-or-later
import type { CameraStatus, StreamState } from '@louver/contract';
import { useTranslation } from 'react-i18next';
import { GLYPH_PARTS, glyphOf, type Glyph, type Tone } from './glyphs.ts';
import styles from './StateSign.module.css';

const COLOURS: Record<Tone, string> = {
  lit: 'var(--glyph-lit)',
  plain: 'var(--glyph)',
  quiet: 'var(--glyph-quiet)',
  plate: 'none',
};

export const GlyphSign = ({ glyph, size = 16 }: { glyph: Glyph; size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
    {GLYPH_PARTS[glyph].map((part) => (
      <path
        key={part.d}
        d={part.d}
        fill={part.fill === undefined ? 'none' : COLOURS[part.fill]}
        stroke={part.stroke === undefined ? 'none' : COLOURS[part.stroke]}
        strokeWidth={part.width}
        strokeDasharray={part.dash?.join(' ')}
        strokeLinecap="round"
      />
    ))}
  </svg>
);

/** The state of a camera in shape and word. */
export function StateSign({ status, state }: { status: CameraStatus; state: StreamState }) {
  const { t } = useTranslation();
  const glyph = glyphOf(status, state);
  const word = status === 'live' ? t(`cameras.state.${state}`) : t(`cameras.status.${status}`);
  return (
    <span className={`${styles['sign']} ${glyph === 'streaming' ? styles['lit'] : ''}`}>
      <GlyphSign glyph={glyph} />
      {word}
    </span>
  );
}
