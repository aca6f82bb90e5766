// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import { Select, TextField } from '../form/fields.tsx';
import { Page, type Frame } from '../frame/Page.tsx';
import { Pager } from '../frame/Pager.tsx';
import { render } from '../frame/render.ts';
import { pathTo } from '../paths.ts';
import { numberOf } from '../times.ts';
import { CameraList, type ListedCamera } from './CameraList.tsx';
import { camerasWords } from './cameras-words.ts';

export interface Ward {
  /** As in the address: `vn.p66.hoa_sua`. */
  path: string;
  name: string;
  shown: number;
  counted: number;
}

export interface CamerasPageData {
  /** What was asked for; empty for everything. */
  q: string;
  ward: string;
  /** Counts from 1. */
  page: number;
  pages: number;
  total: number;
  cameras: readonly ListedCamera[];
  wards: readonly Ward[];
  /** West, south, east, north of all cameras; undefined when there are none. */
  bounds: readonly [number, number, number, number] | undefined;
}

/** Everything that is shown, in pages, to be searched; the map only adds to it. */
export function camerasPage(frame: Frame, data: CamerasPageData): string {
  const { language } = frame;
  const { q, ward, page, pages, total, cameras, wards, bounds } = data;
  const words = camerasWords[language];
  const at = { page: 'cameras', query: { q, ward } } as const;
  return render(
    <Page
      frame={frame}
      at={{ ...at, query: { ...at.query, page: page > 1 ? page : undefined } }}
      title={words.title}
      scripts={['register-map']}
    >
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      <form className="search" method="get" action={pathTo({ page: 'cameras' }, language)} role="search">
        <TextField name="q" type="search" label={words.q} value={q} maxLength={100} />
        <Select
          name="ward"
          label={words.ward}
          value={ward}
          options={[
            { value: '', label: words.everyWard },
            ...wards.map(({ path, name }) => ({ value: path, label: name })),
          ]}
        />
        <button className="button primary" type="submit">
          {words.find}
        </button>
      </form>
      {bounds && (
        <section aria-label={words.map} hidden data-register-map={bounds.join(',')} data-language={language}>
          <p className="hint">{words.mapHint}</p>
          <div className="map" />
        </section>
      )}
      <section aria-labelledby="found">
        <h2 id="found">{words.found(numberOf(total, language))}</h2>
        {cameras.length === 0 ? <p>{words.none}</p> : <CameraList language={language} cameras={cameras} />}
        <Pager language={language} at={at} page={page} pages={pages} />
      </section>
      <section className="note">
        <p>{words.noneWhy}</p>
        <p>
          <a href={pathTo({ page: 'complain' }, language)}>{words.report}</a>
        </p>
      </section>
      <WardNumbers frame={frame} wards={wards} />
      <p className="hint">
        {words.data} <a href="/civic/cameras.csv">CSV</a> · <a href="/civic/cameras.geojson">GeoJSON</a> ·{' '}
        <a href="/ogc?f=html">OGC API</a>
      </p>
    </Page>,
  );
}

function WardNumbers({ frame: { language }, wards }: { frame: Frame; wards: readonly Ward[] }) {
  const words = camerasWords[language].counted;
  return (
    <section aria-labelledby="counted">
      <h2 id="counted">{words.title}</h2>
      <p className="hint">{words.why}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.ward}</th>
            <th scope="col" className="number">
              {words.shown}
            </th>
            <th scope="col" className="number">
              {words.counted}
            </th>
          </tr>
        </thead>
        <tbody>
          {wards.map((ward) => (
            <tr key={ward.path}>
              <th scope="row">{ward.name}</th>
              <td className="number">{numberOf(ward.shown, language)}</td>
              <td className="number">{numberOf(ward.counted, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
