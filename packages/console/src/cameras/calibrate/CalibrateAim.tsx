// SPDX-License-Identifier: AGPL-3.0-or-later
import type { AimDraft, AimId, Camera } from '@louver/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { textOf, type AimEdits } from '../edit/aim-values.ts';
import { Calibrator } from './Calibrator.tsx';

interface CalibrateAimProps {
  camera: Camera;
  aim: AimDraft;
  /** Undefined for one that is not registered yet. */
  aimId: AimId | undefined;
  /** Nobody knows yet where it points: no picture of it leaves, so one has to be brought. */
  isUncalibrated: boolean;
  onTurned: (edits: AimEdits) => void;
}

/** Folded away until somebody wants it: it brings a map of its own. */
export function CalibrateAim({ camera, aim, aimId, isUncalibrated, onTurned }: CalibrateAimProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(isUncalibrated);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('cameras.calibrate.open')}</summary>
      {open && (
        <Calibrator
          camera={camera}
          aim={aim}
          aimId={aimId}
          isUncalibrated={isUncalibrated}
          onUse={({ heading, tilt, roll, hfov }) =>
            onTurned({
              heading: textOf('heading', heading),
              tilt: textOf('tilt', tilt),
              roll: textOf('roll', roll),
              hfov: textOf('hfov', hfov),
            })
          }
        />
      )}
    </details>
  );
}
