// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import { CameraList, type ListedCamera } from '../cameras/CameraList.tsx';
import type { Ward } from '../cameras/CamerasPage.tsx';
import { Page, type Frame } from '../frame/Page.tsx';
import { render } from '../frame/render.ts';
import { pathTo } from '../paths.ts';
import { numberOf } from '../times.ts';
import type { HomeCheckData } from './home-tile.ts';
import { myHomeWords } from './my-home-words.ts';

/** First the ward, which is as much as the server is told. */
export function myHomePage(frame: Frame, { wards }: { wards: readonly Ward[] }): string {
  const { language } = frame;
  const words = myHomeWords[language];
  return render(
    <Page frame={frame} at={{ page: 'myHome' }} title={words.title}>
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      <nav aria-label={words.wards}>
        <ul className="doors">
          {wards.map((ward) => (
            <li key={ward.path} className="door">
              <a href={pathTo({ page: 'myHomeIn', params: { ward: ward.path } }, language)}>
                <strong>{ward.name}</strong>
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </Page>,
  );
}

export interface MyHomeInData {
  ward: Ward;
  /** What the browser loads of the ward, all of it at once; undefined where nobody drew its boundary. */
  check: HomeCheckData | undefined;
  /** Every camera of the ward that is shown. */
  cameras: readonly ListedCamera[];
}

export function myHomeInPage(frame: Frame, { ward, check, cameras }: MyHomeInData): string {
  const { language } = frame;
  const words = myHomeWords[language];
  const title = words.titleIn(ward.name);
  return render(
    <Page
      frame={frame}
      at={{ page: 'myHomeIn', params: { ward: ward.path } }}
      title={title}
      scripts={check ? ['home-check'] : []}
    >
      <h1>{title}</h1>
      {check && (
        <section hidden data-home-check={JSON.stringify(check)}>
          <div className="note">
            <h2>{words.private.title}</h2>
            <p>{words.private.why(ward.name)}</p>
          </div>
          <p className="lead" data-status role="status">
            {words.loading}
          </p>
          <div className="map" aria-label={words.tap} aria-describedby="map-keys" role="application" />
          <p className="hint" id="map-keys">
            {words.keys}
          </p>
          <div className="answer" aria-live="polite" hidden />
        </section>
      )}
      <div className="note" data-without-script>
        <h2>{words.withoutScript.title}</h2>
        <p>{words.withoutScript.why}</p>
      </div>
      <section aria-labelledby="cameras">
        <h2 id="cameras">{words.list(ward.name)}</h2>
        <CameraList language={language} cameras={cameras} />
        {ward.counted > 0 && <p>{words.counted(numberOf(ward.counted, language))}</p>}
        <p className="actions">
          <a className="button" href={pathTo({ page: 'complain' }, language)}>
            {words.unregistered}
          </a>
          <a className="button" href={pathTo({ page: 'cameras' }, language)}>
            {words.whole}
          </a>
        </p>
      </section>
    </Page>,
  );
}
