// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import { ComplaintKind } from '@louver/contract';
import { ErrorSummary } from '../form/ErrorSummary.tsx';
import { Choice } from '../form/fields.tsx';
import { Page, type Frame } from '../frame/Page.tsx';
import { render } from '../frame/render.ts';
import { pathTo } from '../paths.ts';
import { complainWords } from './complain-words.ts';

export interface KindPageData {
  /** Of the register, where somebody comes from its page. */
  camera: { code: string; name: string } | undefined;
  /** Nothing was chosen before "continue". */
  missed: boolean;
}

/** What it is about: the form that follows asks for that and nothing else. */
export function kindPage(frame: Frame, { camera, missed }: KindPageData): string {
  const { language } = frame;
  const words = complainWords[language];
  const errors = missed ? { kind: words.wrong.kind } : {};
  return render(
    <Page frame={frame} at={{ page: 'complain', query: { camera: camera?.code } }} title={words.title} wrong={missed}>
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      <ErrorSummary language={language} errors={errors} />
      <form method="get" action={pathTo({ page: 'complain' }, language)}>
        {camera && (
          <>
            <p className="kicker">{words.about(`${camera.code}, ${camera.name}`)}</p>
            <input type="hidden" name="camera" value={camera.code} />
          </>
        )}
        <input type="hidden" name="step" value="form" />
        <Choice
          name="kind"
          label={words.which}
          error={errors.kind}
          options={ComplaintKind.options.map((kind) => ({
            value: kind,
            label: words.kind[kind],
            hint: words.kindHint[kind],
          }))}
        />
        <p>
          <button className="button primary" type="submit">
            {words.next}
          </button>
        </p>
      </form>
    </Page>,
  );
}
