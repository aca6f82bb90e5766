// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import { pathTo } from '../paths.ts';
import { Page, type Frame } from './Page.tsx';
import { frameWords } from './frame-words.ts';
import { render } from './render.ts';

/** Also for a camera that there is and that is not shown: nobody can tell the two apart. */
export function notFoundPage(frame: Frame): string {
  const words = frameWords[frame.language].notFound;
  return render(
    <Page frame={frame} at={{ page: 'home' }} title={words.title} unlisted>
      <h1>{words.title}</h1>
      <p className="lead">{words.why}</p>
      <p className="actions">
        <a className="button primary" href={pathTo({ page: 'home' }, frame.language)}>
          {words.back}
        </a>
        <a className="button" href={pathTo({ page: 'cameras' }, frame.language)}>
          {words.list}
        </a>
      </p>
    </Page>,
  );
}

/** @param requestId what to name when asking somebody about it */
export function failedPage(frame: Frame, requestId: string | undefined): string {
  const words = frameWords[frame.language].failed;
  return render(
    <Page frame={frame} at={{ page: 'home' }} title={words.title} unlisted>
      <h1>{words.title}</h1>
      <p className="lead">{words.why}</p>
      {requestId !== undefined && (
        <p className="hint">
          <code>{requestId}</code>
        </p>
      )}
    </Page>,
  );
}
