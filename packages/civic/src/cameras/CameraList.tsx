// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import type { Language } from '../language.ts';
import { pathTo } from '../paths.ts';
import { camerasWords } from './cameras-words.ts';

export interface ListedCamera {
  code: string;
  name: string;
  ward: string;
  operator: string | null;
  status: 'planned' | 'live';
  biometric: boolean;
}

export function CameraList({ language, cameras }: { language: Language; cameras: readonly ListedCamera[] }) {
  const words = camerasWords[language];
  return (
    <ul className="cameras">
      {cameras.map((camera) => (
        <li key={camera.code}>
          <a href={pathTo({ page: 'camera', params: { code: camera.code } }, language)}>
            <strong>{camera.name}</strong>
            <span>
              {camera.code} · {camera.operator ?? camera.ward}
              {camera.operator !== null && ` · ${camera.ward}`}
            </span>
            {(camera.status === 'planned' || camera.biometric) && (
              <span>
                {camera.status === 'planned' && <span className="tag planned">{words.planned}</span>}{' '}
                {camera.biometric && <span className="tag">{words.biometric}</span>}
              </span>
            )}
          </a>
        </li>
      ))}
    </ul>
  );
}
