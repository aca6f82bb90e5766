// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import { Page, type Frame } from '../frame/Page.tsx';
import { render } from '../frame/render.ts';

interface DataLink {
  href: string;
  rel: string;
  type: string;
  title: string;
}

/** A resource of the data interface as a person reads it. */
export interface DataPage {
  title: string;
  lead?: string;
  lines?: readonly string[];
  facts?: readonly (readonly [name: string, value: string])[];
  rows?: readonly { href: string; label: string }[];
  links: readonly DataLink[];
}

export function dataPage(frame: Frame, { title, lead, lines = [], facts = [], rows = [], links }: DataPage): string {
  return render(
    <Page frame={frame} at={{ page: 'home' }} title={title} unlisted>
      <h1>{title}</h1>
      {lead !== undefined && <p className="lead">{lead}</p>}
      {lines.length > 0 && (
        <section>
          <ul className="links">
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      )}
      {facts.length > 0 && (
        <section>
          <dl className="facts">
            {facts.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {rows.length > 0 && (
        <section>
          <ul className="links">
            {rows.map(({ href, label }) => (
              <li key={href}>
                <a href={href}>{label}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <ul className="links">
          {links.map(({ href, rel, type, title: name }) => (
            <li key={`${rel} ${href}`}>
              <a href={href} rel={rel}>
                {name}
              </a>{' '}
              <span className="hint">
                {rel} · {type}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </Page>,
  );
}
