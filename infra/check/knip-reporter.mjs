// SPDX-License-Identifier: AGPL-3.0-or-later
// knip's own reporters don't say how many files it read, and silence about none at all looks like praise.

/** @type {(options: { issues: Record<string, Record<string, Record<string, { filePath: string, symbol: string, line?: number }>>>, counters: { total: number } }) => void} */
export default function report({ issues, counters }) {
  const problems = Object.entries(issues)
    .filter(([kind]) => kind !== '_files')
    .flatMap(([kind, byFile]) =>
      Object.values(byFile).flatMap((bySymbol) =>
        Object.values(bySymbol).map(
          ({ filePath, symbol, line }) => `${filePath}${line ? `:${line}` : ''} ${kind}: ${symbol}`,
        ),
      ),
    );
  process.stdout.write(`${JSON.stringify({ problems, seen: counters.total })}\n`);
}
