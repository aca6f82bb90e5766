// SPDX-License-Identifier: AGPL-3.0-or-later
import { useQuery } from '@tanstack/react-query';
import styles from './Fingerprint.module.css';

async function fingerprintOf(vkey: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(vkey)));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A key in groups of four that two people can read to one another: `printf %s "$vkey" | sha256sum` gives the same. */
export function Fingerprint({ vkey }: { vkey: string }) {
  const { data } = useQuery({
    queryKey: ['fingerprint', vkey],
    queryFn: async () => fingerprintOf(vkey),
    staleTime: Infinity,
  });
  return (
    <code className={styles['fingerprint']} data-fingerprint>
      {(data ?? '').match(/.{4}/g)?.map((group, i) => (
        // eslint-disable-next-line react/no-array-index-key -- groups have no other name than their place
        <span key={i}>{group}</span>
      ))}
    </code>
  );
}
