// SPDX-License-Identifier: AGPL-3.0-or-later
import { z } from 'zod';

export const Role = z.enum(['operator', 'supervisor', 'reviewer', 'officer', 'auditor', 'custodian', 'administrator']);
export type Role = z.infer<typeof Role>;

/**
 * Record actions are permissions: the string that names what somebody may do is the string that the record shows.
 * Who may do what is written here and nowhere else.
 */
export const ACTIONS = {
  'session.open': ['operator', 'supervisor', 'reviewer', 'officer', 'auditor', 'custodian', 'administrator'],
  'session.close': ['operator', 'supervisor', 'reviewer', 'officer', 'auditor', 'custodian', 'administrator'],
  'session.refuse': [],
  'camera.read': ['operator', 'supervisor', 'reviewer', 'officer', 'auditor', 'administrator'],
  'camera.create': ['supervisor'],
  'camera.update': ['supervisor'],
  'camera.import': ['supervisor'],
  'building.import': ['supervisor'],
  'street.import': ['supervisor'],
  'area.import': ['supervisor'],
  'jurisdiction.import': ['supervisor'],
  'jurisdiction.rule': ['administrator'],
  'stream.update': ['supervisor', 'administrator'],
  'device.update': ['supervisor', 'administrator'],
  'device.masks': ['supervisor'],
  'device.pass': [],
  'device.fallback': [],
  'aim.create': ['supervisor'],
  'aim.change': ['supervisor'],
  'mask.read': ['operator', 'supervisor', 'reviewer', 'officer', 'auditor', 'administrator'],
  'mask.propose': ['supervisor', 'reviewer'],
  'mask.approve': ['reviewer'],
  'mask.reject': ['reviewer'],
  'mask.renew': ['supervisor', 'reviewer'],
  'mask.activate': [],
  'mask.expire': [],
  'mask.refuse': [],
  'mask.enforce': [],
  'output.stop': [],
  'scene.refer': [],
  'exposure.read': ['supervisor', 'reviewer', 'officer', 'auditor'],
  'exposure.recompute': ['supervisor', 'reviewer'],
  'finding.read': ['supervisor', 'reviewer', 'auditor'],
  'finding.open': [],
  'finding.decide': ['reviewer'],
  'finding.close': [],
  'viewing.open': ['operator', 'supervisor', 'reviewer'],
  'viewing.close': ['operator', 'supervisor', 'reviewer'],
  'viewing.refuse': [],
  'record.read': ['auditor'],
  'log.read': ['auditor'],
  'auditor-token.read': ['auditor'],
  'auditor-token.create': ['auditor'],
  'auditor-token.revoke': ['auditor'],
  'complaint.receive': [],
  'complaint.join': [],
  'complaint.write': [],
  'complaint.appeal': [],
  'complaint.withdraw': [],
  'complaint.lapse': [],
  'complaint.read': ['officer', 'auditor'],
  'complaint.acknowledge': ['officer'],
  'complaint.accept': ['officer'],
  'complaint.refuse': ['officer'],
  'complaint.extend': ['officer'],
  'complaint.suspend': ['officer'],
  'complaint.resume': ['officer'],
  'complaint.forward': ['officer'],
  'complaint.decide': ['officer', 'auditor'],
  'complaint.deliver': ['officer', 'auditor'],
  'complaint.close': ['officer', 'auditor'],
  'complaint.take-over': ['auditor'],
  'complaint.answer': ['officer', 'auditor'],
  'complaint.identify': ['officer', 'auditor'],
  'evidence.open': ['officer', 'auditor'],
  'report.publish': [],
  'open311-key.read': ['administrator'],
  'open311-key.create': ['administrator'],
  'open311-key.revoke': ['administrator'],
  'account.grant': [],
  'account.revoke': [],
  'account.erase': [],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof ACTIONS;
export const Action = z.enum(Object.keys(ACTIONS) as [Action, ...Action[]]);

export const mayDo = (role: Role, action: Action): boolean => (ACTIONS[action] as readonly Role[]).includes(role);
