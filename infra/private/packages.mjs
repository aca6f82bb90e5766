// SPDX-License-Identifier: AGPL-3.0-or-later
// Brings the programs that are missing: through apt where we may, and otherwise by saying the one command.
import { execFileSync, spawn } from 'node:child_process';
import { step } from './progress.mjs';
import { OLDEST_POSTGRES, findChromium, findPostgres, findProgram } from './programs.mjs';
import { Refusal } from './refusal.mjs';

/**
 * @typedef {'postgres' | 'redis' | 'ffmpeg' | 'perl' | 'setpriv' | 'chromium' | 'gdal'} Need
 * @typedef {{ label: string, found: () => unknown, packages: () => string[] }} Requirement
 */

/** @type {Record<Need, Requirement>} */
const REQUIREMENTS = {
  postgres: {
    label: `PostgreSQL ${OLDEST_POSTGRES} or later with PostGIS`,
    found: () => findPostgres(),
    packages: postgresPackages,
  },
  redis: { label: 'Redis', found: () => findProgram('redis-server'), packages: () => ['redis-server'] },
  ffmpeg: { label: 'ffmpeg', found: () => findProgram('ffmpeg') && findProgram('ffprobe'), packages: () => ['ffmpeg'] },
  perl: { label: 'perl', found: () => findProgram('perl'), packages: () => ['perl'] },
  setpriv: { label: 'setpriv', found: () => findProgram('setpriv'), packages: () => ['util-linux'] },
  gdal: {
    label: 'GDAL, which reads the register in a test',
    found: () => findProgram('ogrinfo'),
    packages: () => ['gdal-bin'],
  },
  chromium: { label: 'Chromium, for the browser tests', found: findChromium, packages: () => ['chromium'] },
};

/**
 * Returns when everything in `needs` is there.
 * @param {Need[]} needs
 * @throws {Refusal} naming packages and command, where nothing may be installed
 */
export async function ensurePrograms(needs) {
  const missing = needs.filter((need) => !REQUIREMENTS[need].found());
  if (missing.length === 0) return;
  const apt = findProgram('apt-get');
  if (!apt || process.getuid?.() !== 0) throw new Refusal(whatToInstall(missing, Boolean(apt)));

  await step('Package lists', (note) => runApt(apt, ['update'], note));
  const packages = missing.flatMap((need) => REQUIREMENTS[need].packages());
  await step(`Installing ${missing.join(', ')}`, (note) =>
    runApt(apt, ['install', '-y', '--no-install-recommends', ...packages], note),
  );
  const still = missing.filter((need) => !REQUIREMENTS[need].found());
  if (still.length > 0) throw new Refusal(`apt installed ${packages.join(' ')}, yet ${labels(still)} can't be found.`);
}

/** @param {Need[]} needs */
const labels = (needs) => needs.map((need) => REQUIREMENTS[need].label).join(', ');

/**
 * @param {Need[]} missing
 * @param {boolean} apt
 */
function whatToInstall(missing, apt) {
  const packages = missing.flatMap((need) => REQUIREMENTS[need].packages()).join(' ');
  const what = `Louver needs programs that are not on this machine: ${labels(missing)}.`;
  if (!apt) return `${what}\nInstall them with this system's package manager and start again.`;
  return [
    what,
    `Packages: ${packages}`,
    'Install them once with this command, then start again:',
    '',
    `  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages}`,
  ].join('\n');
}

/** The newest PostgreSQL for which this system offers PostGIS: 15 on Debian 12, 16 on Ubuntu 24.04. */
function postgresPackages() {
  const listed = aptNames('^postgresql-[0-9]+-postgis-3$');
  const majors = listed.map((line) => Number(/^postgresql-(\d+)-/.exec(line)?.[1])).filter(Boolean);
  // Without package lists (a fresh container, nobody ran `apt-get update`) assume Debian 12.
  const newest = majors.length > 0 ? Math.max(...majors) : OLDEST_POSTGRES;
  if (newest >= OLDEST_POSTGRES) return [`postgresql-${newest}`, `postgresql-${newest}-postgis-3`];
  throw new Refusal(
    `This system offers PostgreSQL ${newest}; Louver needs ${OLDEST_POSTGRES} or later with PostGIS.\n` +
      'Add the PostgreSQL project’s own package source (package postgresql-common brings the script\n' +
      '/usr/share/postgresql-common/pgdg/apt.postgresql.org.sh), or name a server in DATABASE_URL.',
  );
}

/** @param {string} pattern */
function aptNames(pattern) {
  const search = findProgram('apt-cache');
  if (!search) return [];
  return execFileSync(search, ['search', '--names-only', pattern], { encoding: 'utf8' }).split('\n').filter(Boolean);
}

/**
 * @param {string} apt
 * @param {string[]} args
 * @param {(text: string) => void} note
 * @returns {Promise<void>}
 */
function runApt(apt, args, note) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const child = spawn(apt, ['-q', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const hear = (/** @type {Buffer} */ chunk) => {
      said = (said + chunk.toString('utf8')).slice(-4000);
      note(said.trimEnd().split('\n').at(-1)?.slice(0, 70) ?? '');
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Refusal(`apt-get ${args.join(' ')} failed:\n\n${said.trim()}`)),
    );
  });
}
