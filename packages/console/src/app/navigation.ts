// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Session } from '@louver/contract';
import type { IconName } from '../design/Icon.tsx';
import { may } from '../session/session.ts';

export interface Door {
  to: '/' | '/cameras' | '/planning' | '/exposures' | '/masks' | '/imports' | '/desk' | '/oversight' | '/places';
  label: 'console' | 'cameras' | 'planning' | 'exposures' | 'masks' | 'imports' | 'desk' | 'oversight' | 'rules';
  icon: IconName;
}

/** The doors that open for somebody, in the order in which the bar shows them. */
export function doorsOf(session: Session): Door[] {
  const doors: [boolean, Door][] = [
    [may(session, 'viewing.open') || session.role === 'officer', { to: '/', label: 'console', icon: 'map' }],
    [may(session, 'stream.update'), { to: '/cameras', label: 'cameras', icon: 'camera' }],
    [may(session, 'camera.create'), { to: '/planning', label: 'planning', icon: 'place' }],
    [may(session, 'finding.read'), { to: '/exposures', label: 'exposures', icon: 'home' }],
    [may(session, 'mask.propose') || may(session, 'mask.approve'), { to: '/masks', label: 'masks', icon: 'masks' }],
    [may(session, 'camera.import'), { to: '/imports', label: 'imports', icon: 'import' }],
    [may(session, 'complaint.read'), { to: '/desk', label: 'desk', icon: 'list' }],
    [may(session, 'jurisdiction.rule'), { to: '/places', label: 'rules', icon: 'globe' }],
    [may(session, 'record.read'), { to: '/oversight', label: 'oversight', icon: 'record' }],
  ];
  return doors.filter(([open]) => open).map(([, door]) => door);
}
