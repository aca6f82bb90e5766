// SPDX-License-Identifier: AGPL-3.0-or-later
import { Dialog } from '../design/Dialog.tsx';

export const Palette = ({ onClose }: { onClose: () => void; onHelp: () => void }) => (
  <Dialog title="" onClose={onClose} bare>
    {null}
  </Dialog>
);
