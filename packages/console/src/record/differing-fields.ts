// SPDX-License-Identifier: AGPL-3.0-or-later
import type { RecordEntry } from '@louver/contract';
import type { LoggedEntry } from './messages-between.ts';

/** Names of what the page shows otherwise than it was sealed. */
export function differingFields(shown: RecordEntry, logged: LoggedEntry): string[] {
  const pairs: [string, string | number | null, string | number | null][] = [
    ['at', Date.parse(shown.at), Date.parse(logged.at)],
    ['action', shown.action, logged.action],
    ['actor', shown.actor.id, logged.actor],
    ['subject', shown.subject, logged.subject],
    ['camera', shown.camera?.id ?? null, logged.camera],
    ['purpose', shown.purpose, logged.purpose],
    ['caseReference', shown.caseReference, logged.caseReference],
  ];
  return pairs.filter(([, a, b]) => a !== b).map(([name]) => name);
}
