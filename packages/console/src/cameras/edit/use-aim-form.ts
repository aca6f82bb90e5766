// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  AimDraft,
  lensFolds,
  routes,
  type Aim,
  type AimPreset,
  type AimStatement,
  type Camera,
} from '@louver/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import {
  AIM_POINTERS,
  MEASURED,
  calibrationOf,
  changeOf,
  draftOfAim,
  isSamePreset,
  shownOf,
  usualAim,
  type AimChange,
  type AimEdits,
  type AimField,
} from './aim-values.ts';
import { errorsOf, errorsOfProblem, wrongFields } from './field-pointers.ts';
import { useRefresh } from './use-refresh.ts';
import { without } from './use-stated-words.ts';

type AimWrong = Partial<Record<AimField, string>>;

export type CameraAim = Camera['aims'][number];

interface AimForm {
  shown: Record<AimField, string>;
  /** What the map can draw: a field that cannot be read stands as it was. */
  drawn: AimDraft;
  wrong: AimWrong;
  change: AimChange;
  /** Whether somebody changed anything; a new aim that nobody touched differs from nothing. */
  edited: boolean;
  edit: (next: AimEdits) => void;
  /** What points on map and picture gave; as long as nobody types over it, it is measured. */
  measure: (next: AimEdits) => void;
  isMeasured: boolean;
  /** Somebody answers for every number. */
  confirmed: boolean;
  confirm: (confirmed: boolean) => void;
  /** Of a camera that turns: where it stands for this aim. */
  preset: AimPreset | null;
  choosePreset: (preset: AimPreset | null) => void;
  undo: () => void;
  /** False when a field is wrong and nothing was sent. */
  submit: () => boolean;
  save: ReturnType<typeof useSaveAim>;
}

/** One aim in hand: what was typed and dragged over what is registered. */
export function useAimForm(
  camera: Camera,
  aim: CameraAim | undefined,
  onSaved: (aim: Aim, view: boolean) => void,
  /** What a plan has filled in. */
  planned: AimEdits = {},
): AimForm {
  const { t } = useTranslation();
  const [edits, setEdits] = useState<AimEdits>(planned);
  const [wrong, setWrong] = useState<AimWrong>({});
  const [measured, setMeasured] = useState<AimEdits>();
  const [confirmed, setConfirmed] = useState(false);
  const kept = aim?.preset ?? null;
  const [preset, setPreset] = useState(kept);
  const base = baseOf(camera, aim, t(camera.aims.length === 0 ? 'cameras.edit.aim.usual' : 'cameras.edit.aim.fresh'));
  const draft = { ...draftOfAim(base, edits), preset };
  const unread = wrongFields(errorsOf(AimDraft, draft), AIM_POINTERS).fields;
  const invalid = Object.keys(unread).length === 0 && lensFolds(draft) ? { k1: 'folds' } : unread;
  const isMeasured = measured !== undefined && MEASURED.every((field) => edits[field] === measured[field]);
  const calibration = calibrationOf(aim?.calibration, { measured: isMeasured, confirmed });
  const told = (fields: AimWrong): AimWrong =>
    Object.fromEntries(
      (Object.keys(fields) as AimField[]).map((field) => [field, t(`cameras.edit.aim.wrong.${field}`)]),
    );
  const difference = changeOf(base, draft);
  const isOther = !isSamePreset(preset, kept);
  const change =
    aim === undefined || isOther
      ? { ...difference, view: true, any: true }
      : { ...difference, any: difference.any || (calibration !== undefined && calibration !== aim.calibration) };
  const forget = () => {
    setEdits({});
    setMeasured(undefined);
    setConfirmed(false);
  };
  const save = useSaveAim(camera, aim, (saved, view) => {
    forget();
    setPreset(saved.preset);
    onSaved(saved, view);
  });
  const edit = (next: AimEdits) => {
    setEdits((old) => ({ ...old, ...next }));
    setWrong((old) => without(old, next));
    if (!save.isPending) save.reset();
  };
  return {
    shown: shownOf(base, edits),
    drawn: draftOfAim(base, without(edits, invalid)),
    wrong:
      save.error === null
        ? wrong
        : { ...told(wrongFields(errorsOfProblem(save.error), AIM_POINTERS).fields), ...wrong },
    change,
    edited: difference.any || confirmed || isOther,
    preset,
    choosePreset: (next) => {
      setPreset(next);
      if (!save.isPending) save.reset();
    },
    edit,
    measure: (next) => {
      setMeasured(next);
      edit(next);
    },
    isMeasured,
    confirmed,
    confirm: setConfirmed,
    undo: () => {
      forget();
      setPreset(kept);
      setWrong({});
      save.reset();
    },
    submit: () => {
      setWrong(told(invalid));
      if (Object.keys(invalid).length > 0) return false;
      save.mutate({ draft: { ...draft, ...(calibration && { calibration }) }, change });
      return true;
    },
    save,
  };
}

function baseOf(camera: Camera, aim: CameraAim | undefined, name: string): AimDraft {
  const [lon, lat] = camera.location.coordinates;
  if (aim === undefined) return usualAim(name, { lon, lat });
  const { id: _id, cameraId: _cameraId, calibration: _calibration, ...draft } = aim;
  return draft;
}

function useSaveAim(camera: Camera, aim: CameraAim | undefined, onSaved: (aim: Aim, view: boolean) => void) {
  const refresh = useRefresh(camera.id);
  return useMutation({
    mutationFn: async ({ draft, change }: { draft: AimStatement; change: AimChange }) => {
      const { lon, lat } = draft.position;
      // The place is the camera's: its other aims that stand there go with it.
      if (change.place)
        await call(routes.updateCamera, {
          params: { cameraId: camera.id },
          body: { location: { type: 'Point', coordinates: [lon, lat] } },
        });
      return aim === undefined
        ? call(routes.createAim, { params: { cameraId: camera.id }, body: draft })
        : call(routes.changeAim, { params: { aimId: aim.id }, body: draft });
    },
    onSuccess: async (saved, { change }) => {
      await refresh();
      onSaved(saved, change.view);
    },
    // The camera may have moved although its aim was refused.
    onError: () => refresh(),
  });
}
