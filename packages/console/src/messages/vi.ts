// SPDX-License-Identifier: AGPL-3.0-or-later
import { appMessages } from '../app/messages.ts';
import { cameraMessages } from '../cameras/messages.ts';
import { deskMessages } from '../desk/messages.ts';
import { exposureMessages } from '../exposures/messages.ts';
import { findingMessages } from '../findings/messages.ts';
import { importMessages } from '../imports/messages.ts';
import { mapMessages } from '../map/messages.ts';
import { maskMessages } from '../masks/messages.ts';
import { oversightMessages } from '../oversight/messages.ts';
import { placeMessages } from '../places/messages.ts';
import { planningMessages } from '../planning/messages.ts';
import { recordMessages } from '../record/messages.ts';
import { sessionMessages } from '../session/messages.ts';
import { viewingMessages } from '../viewings/messages.ts';
import { problemMessages } from './problems.ts';

export const vi = {
  app: appMessages.vi,
  cameras: cameraMessages.vi,
  desk: deskMessages.vi,
  exposures: exposureMessages.vi,
  findings: findingMessages.vi,
  imports: importMessages.vi,
  map: mapMessages.vi,
  masks: maskMessages.vi,
  oversight: oversightMessages.vi,
  places: placeMessages.vi,
  planning: planningMessages.vi,
  problems: problemMessages.vi,
  record: recordMessages.vi,
  session: sessionMessages.vi,
  viewings: viewingMessages.vi,
} as const;
