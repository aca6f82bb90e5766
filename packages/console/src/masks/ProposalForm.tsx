// SPDX-License-Identifier: AGPL-3.0-or-later
import { routes, type AimId, type FrameSize, type MaskSet } from '@louver/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../api/api-problem.ts';
import { call } from '../api/call.ts';
import { Button, buttonClass } from '../design/Button.tsx';
import { TextArea } from '../design/TextArea.tsx';
import { useProblemWords } from '../oversight/Trouble.tsx';
import panel from './Panel.module.css';
import type { Ring } from './ring.ts';

interface ProposalProps {
  aim: { id: AimId; image: FrameSize };
  base: MaskSet | undefined;
  rings: readonly Ring[];
  faulty: boolean;
  changed: boolean;
  sent: MaskSet | undefined;
  onSent: (set: MaskSet | undefined) => void;
  onReload: () => void;
}

/** Sends what was drawn to somebody else's decision, and says so. */
export function ProposalForm({ aim, base, rings, faulty, changed, sent, onSent, onReload }: ProposalProps) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const proposal = useMutation({
    mutationFn: async () =>
      call(routes.proposeMasks, {
        params: { aimId: aim.id },
        body: {
          polygons: rings.map((ring) => ring.map(([x, y]): [number, number] => [x, y])),
          frame: aim.image,
          basedOnVersion: base?.version ?? 0,
          reason: reason.trim(),
        },
      }),
    onSuccess: (set) => {
      onSent(set);
      setReason('');
      void client.invalidateQueries({ queryKey: ['mask-sets'] });
    },
  });
  if (sent !== undefined) return <Sent set={sent} onOn={() => onSent(undefined)} />;
  const submit = () => {
    const tooShort = reason.trim().length < 3;
    setMissing(tooShort);
    if (!tooShort) proposal.mutate();
  };
  return (
    <section className={panel['panel']}>
      <TextArea
        label={t('masks.editor.reason')}
        hint={t('masks.editor.reasonHint')}
        error={missing ? t('masks.editor.reasonMissing') : undefined}
        value={reason}
        maxLength={500}
        onChange={(event) => {
          setReason(event.currentTarget.value);
          setMissing(false);
        }}
      />
      <div className={panel['actions']}>
        <Button look="primary" disabled={faulty || !changed || proposal.isPending} onClick={submit}>
          {t(proposal.isPending ? 'masks.editor.submitting' : 'masks.editor.submit')}
        </Button>
      </div>
      {!changed && <p className={panel['why']}>{t('masks.editor.unchanged')}</p>}
      {proposal.isError && (
        <div role="alert" className={panel['error']}>
          <p>{words(proposal.error)}</p>
          {isProblem(proposal.error, 'mask-set-outdated') && (
            <Button icon="reload" onClick={onReload}>
              {t('masks.editor.reload')}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

function Sent({ set, onOn }: { set: MaskSet; onOn: () => void }) {
  const { t } = useTranslation();
  return (
    <section className={panel['panel']}>
      <div className={panel['notice']} role="status">
        <strong>{t('masks.editor.sentTitle', { version: set.version })}</strong>
        {t('masks.editor.sentWhy')}
      </div>
      <div className={panel['actions']}>
        <Link to="/masks" className={buttonClass({ look: 'primary' })}>
          {t('masks.editor.toQueue')}
        </Link>
        <Link
          to="/masks/$maskSetId"
          params={{ maskSetId: set.id }}
          search={{ camera: set.cameraId }}
          className={buttonClass()}
        >
          {t('masks.editor.toSet')}
        </Link>
        <Button look="quiet" onClick={onOn}>
          {t('masks.editor.drawOn')}
        </Button>
      </div>
    </section>
  );
}
