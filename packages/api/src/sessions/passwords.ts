// SPDX-License-Identifier: AGPL-3.0-or-later
import { verify } from '@node-rs/argon2';

/** Hash of a random password that nobody kept: an unknown e-mail costs the same work as a known one. */
const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$ku4/H5qneOgaUIKU39cNeg$nQUyPziku4rAHuyht73/Jk5CfX5Cqz/CdQN300vvnTQ';

/** False for an unknown account, after the same work as for a known one. */
export async function passwordFits(hash: string | undefined, password: string): Promise<boolean> {
  const fits = await verify(hash ?? NOBODYS_HASH, password);
  return fits && hash !== undefined;
}
