// SPDX-License-Identifier: AGPL-3.0-or-later

/** For `expect.poll`: as long as a crowded machine may need, and looked at often enough to cost nothing on an idle one. */
export const SOON = { timeout: 10_000, interval: 20 };
