// SPDX-License-Identifier: AGPL-3.0-or-later
import { inBothLanguages } from '../messages/parity.ts';

export const cameraMessages = inBothLanguages({ title: '' }, { title: '' });
