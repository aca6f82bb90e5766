// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import type { Capability } from '@louver/contract';
import type { ReactNode } from 'react';
import { Page, type Frame } from '../frame/Page.tsx';
import { render } from '../frame/render.ts';
import type { Language } from '../language.ts';
import { NoticeList } from '../notices/NoticeList.tsx';
import type { Notice } from '../notices/notice-sentences.ts';
import { pathTo } from '../paths.ts';
import { countryOf, dateOf, numberOf } from '../times.ts';
import { cameraWords } from './camera-words.ts';
import { ViewFigure, type CameraView } from './ViewFigure.tsx';
import { ViewingTable, type MonthOfViewings } from './ViewingTable.tsx';

type Words = (typeof cameraWords)['vi'];

/** A camera as the register has it. Texts are null where nobody declared them. */
export interface RegisteredCamera {
  code: string;
  name: string;
  ward: string;
  status: 'planned' | 'live';
  operator: string | null;
  owner: string | null;
  contact: string | null;
  hostPremises: keyof Words['premise'];
  purpose: string | null;
  legalBasis: string | null;
  retentionDays: number | null;
  /** ISO 3166-1. */
  storageCountry: string | null;
  mobility: keyof Words['mobilities'];
  manufacturer: string | null;
  model: string | null;
  hasAudio: boolean;
  hasBiometrics: boolean;
  capabilities: readonly Capability[];
  /** Degrees. */
  lon: number;
  lat: number;
  registeredAt: string;
}

export interface CameraPageData {
  camera: RegisteredCamera;
  views: readonly CameraView[];
  reviewedAt: string | null;
  /** Newest first; months without a look as well. */
  viewings: readonly MonthOfViewings[];
  notices: readonly Notice[];
}

const BIOMETRIC: ReadonlySet<Capability> = new Set(['face-recognition', 'gait-recognition']);

export const isBiometric = ({ hasBiometrics, capabilities }: RegisteredCamera): boolean =>
  hasBiometrics || capabilities.some((capability) => BIOMETRIC.has(capability));

/** Who, why, how long, what it can do, what it looks at, how often somebody looked, and how to complain. */
export function cameraPage(frame: Frame, data: CameraPageData): string {
  const { language } = frame;
  const { camera, views, reviewedAt, viewings, notices } = data;
  const words = cameraWords[language];
  const at = { page: 'camera', params: { code: camera.code } } as const;
  return render(
    <Page frame={frame} at={at} title={`${camera.code} · ${camera.name}`}>
      <p className="kicker">
        {words.kicker} {camera.code}
      </p>
      <h1>{camera.name}</h1>
      <p className="lead">
        <span className={`tag ${camera.status}`}>{words[camera.status]}</span> {camera.ward} ·{' '}
        {words.registered(dateOf(camera.registeredAt, language))}
      </p>
      {isBiometric(camera) && (
        <div className="note">
          <h2>{words.biometric.title}</h2>
          <p>{words.biometric.why}</p>
        </div>
      )}
      <Duty language={language} camera={camera} />
      <section aria-labelledby="view">
        <h2 id="view">{words.view}</h2>
        <p className="hint">{words.drawn}</p>
        {views.length === 0 && <p>{words.noAim}</p>}
        {views.map((view, i) => (
          <ViewFigure key={view.name} language={language} view={view} id={String(i)} named={views.length > 1} />
        ))}
        <p>
          <strong>{words.review}:</strong>{' '}
          {reviewedAt === null ? words.neverReviewed : words.reviewed(dateOf(reviewedAt, language))}
        </p>
      </section>
      <Device language={language} camera={camera} />
      <section aria-labelledby="viewings">
        <h2 id="viewings">{words.viewings}</h2>
        <p className="hint">{words.viewingsWhy}</p>
        <ViewingTable language={language} viewings={viewings} />
      </section>
      {notices.length > 0 && (
        <section aria-labelledby="notices">
          <h2 id="notices">{words.notices}</h2>
          <NoticeList language={language} notices={notices} />
        </section>
      )}
      <section>
        <p className="hint">{words.complainWhy}</p>
        <p className="actions">
          <a className="button primary" href={pathTo({ page: 'complain', query: { camera: camera.code } }, language)}>
            {words.complain}
          </a>
          <a className="button" href={pathTo({ page: 'sign', params: { code: camera.code } }, language)}>
            {words.sign}
          </a>
        </p>
      </section>
    </Page>,
  );
}

const Fact = ({ term, children }: { term: string; children: ReactNode }) => (
  <div>
    <dt>{term}</dt>
    <dd>{children}</dd>
  </div>
);

function Duty({ language, camera }: { language: Language; camera: RegisteredCamera }) {
  const words = cameraWords[language];
  const missing = (text: string) => <span className="missing">{text}</span>;
  const { retentionDays } = camera;
  return (
    <>
      <section aria-labelledby="who">
        <h2 id="who">{words.who}</h2>
        <dl className="facts">
          <Fact term={words.operator}>{camera.operator ?? missing(words.unstated)}</Fact>
          {camera.owner !== null && <Fact term={words.owner}>{camera.owner}</Fact>}
          <Fact term={words.contact}>{camera.contact ?? missing(words.unstated)}</Fact>
          <Fact term={words.premises}>{words.premise[camera.hostPremises]}</Fact>
          <Fact term={words.place}>
            {camera.lat.toFixed(5)}, {camera.lon.toFixed(5)}
          </Fact>
        </dl>
      </section>
      <section aria-labelledby="why">
        <h2 id="why">{words.why}</h2>
        <dl className="facts">
          <Fact term={words.purpose}>{camera.purpose ?? missing(words.unstated)}</Fact>
          <Fact term={words.legalBasis}>{camera.legalBasis ?? missing(words.unstatedBasis)}</Fact>
          <Fact term={words.retention}>
            {retentionDays === null
              ? missing(words.unstated)
              : words.days(retentionDays, numberOf(retentionDays, language))}
          </Fact>
          <Fact term={words.storage}>
            {camera.storageCountry === null ? missing(words.unstated) : countryOf(camera.storageCountry, language)}
          </Fact>
        </dl>
      </section>
    </>
  );
}

function Device({ language, camera }: { language: Language; camera: RegisteredCamera }) {
  const words = cameraWords[language];
  const known: Capability[] = [
    ...(camera.hasAudio && !camera.capabilities.includes('microphone') ? (['microphone'] as const) : []),
    ...camera.capabilities,
  ];
  const device = [camera.manufacturer, camera.model].filter((text) => text !== null).join(' ');
  return (
    <section aria-labelledby="device">
      <h2 id="device">{words.device}</h2>
      <dl className="facts">
        <Fact term={words.model}>{device || <span className="missing">{words.unstated}</span>}</Fact>
        <Fact term={words.mobility}>{words.mobilities[camera.mobility]}</Fact>
        <Fact term={words.capabilities}>
          {known.length === 0 ? (
            <span className="missing">{words.noCapabilities}</span>
          ) : (
            <ul>
              {known.map((capability) => (
                <li key={capability}>{words.capability[capability]}</li>
              ))}
            </ul>
          )}
        </Fact>
      </dl>
    </section>
  );
}
