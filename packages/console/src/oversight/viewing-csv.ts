// SPDX-License-Identifier: AGPL-3.0-or-later
import type { RecordEntry, Viewing } from '@louver/contract';
import type { TFunction } from 'i18next';
import { csvOf } from './csv.ts';

/** Instants stay whole, with their offset: a file outlives the zone in which it was read. */
export function viewingsCsv(viewings: readonly Viewing[], t: TFunction): string {
  const head = [
    ...[t('oversight.csv.opened'), t('oversight.csv.started'), t('oversight.csv.closed'), t('oversight.viewings.who')],
    ...[t('oversight.csv.role'), t('oversight.csv.person'), t('oversight.csv.account'), t('oversight.csv.cameraCode')],
    ...[t('oversight.csv.cameraName'), t('oversight.viewings.purpose'), t('oversight.detail.caseReference')],
    ...[t('oversight.csv.kind'), t('oversight.viewings.ended'), t('oversight.csv.seconds'), t('oversight.csv.frames')],
    ...[t('oversight.csv.entry'), t('oversight.records.digestFull')],
  ];
  return csvOf(
    head,
    viewings.map((one) => [
      ...[one.openedAt, one.startedAt, one.closedAt, one.account.name],
      ...[t(`app.role.${one.account.role}`), one.person, one.account.id, one.camera.code],
      ...[one.camera.name, one.purpose, one.caseReference],
      ...[t(`oversight.kind.${one.kind}`), t(`oversight.end.${one.end ?? 'running'}`)],
      ...[one.secondsDelivered, one.framesDelivered, one.receipt.seq, one.receipt.digest],
    ]),
  );
}

export function recordsCsv(entries: readonly RecordEntry[], t: TFunction): string {
  const head = [
    ...[
      t('oversight.csv.entry'),
      t('oversight.viewings.when'),
      t('oversight.records.what'),
      t('oversight.viewings.who'),
    ],
    ...[
      t('oversight.csv.role'),
      t('oversight.csv.account'),
      t('oversight.csv.cameraCode'),
      t('oversight.records.subject'),
    ],
    ...[t('oversight.viewings.purpose'), t('oversight.detail.caseReference'), t('oversight.records.place')],
    ...[t('oversight.records.facts'), t('oversight.records.digestFull')],
  ];
  return csvOf(
    head,
    entries.map((one) => [
      ...[one.seq, one.at, one.action, one.actor.name],
      ...[
        one.actor.role === null ? null : t(`app.role.${one.actor.role}`),
        one.actor.id,
        one.camera?.code,
        one.subject,
      ],
      ...[one.purpose, one.caseReference, one.jurisdiction, JSON.stringify(one.detail), one.digest],
    ]),
  );
}
