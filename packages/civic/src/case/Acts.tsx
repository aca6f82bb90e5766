// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import type { ReactNode } from 'react';
import { FileField, TextArea } from '../form/fields.tsx';
import type { Language } from '../language.ts';
import { pathTo } from '../paths.ts';
import type { CasePageData } from './CasePage.tsx';
import { caseWords } from './case-words.ts';

interface Props {
  language: Language;
  data: CasePageData;
}

/** `appeal` stands where it is seen first; the rest below what it answers. */
export function Acts({ part, ...props }: Props & { part: 'appeal' | 'rest' }) {
  const { may } = props.data.view;
  if (part === 'appeal') return may.includes('appeal') ? <Appeal {...props} /> : null;
  return (
    <>
      {may.includes('write') && <Write {...props} />}
      {may.includes('add-photo') && <AddPhotos {...props} />}
      {may.includes('withdraw') && <Withdraw {...props} />}
    </>
  );
}

interface ActProps extends Props {
  act: 'write' | 'photos' | 'appeal' | 'withdraw';
  children: ReactNode;
}

const ActForm = ({ language, data, act, children }: ActProps) => (
  <form
    method="post"
    action={pathTo({ page: 'case' }, language)}
    encType={act === 'photos' ? 'multipart/form-data' : undefined}
  >
    <input type="hidden" name="code" value={data.code} />
    <input type="hidden" name="act" value={act} />
    {children}
  </form>
);

function Appeal({ language, data }: Props) {
  const words = caseWords[language].appeal;
  return (
    <section className="note" aria-labelledby="appeal">
      <h2 id="appeal">{words.title}</h2>
      <p>{words.why}</p>
      <ActForm language={language} data={data} act="appeal">
        {data.view.appealIsLate && (
          <TextArea
            name="reason"
            label={words.reason}
            error={data.errors['reason']}
            value={data.values.reason}
            rows={3}
            maxLength={1000}
            required
          />
        )}
        <p>
          <button className="button primary" type="submit">
            {words.do}
          </button>
        </p>
      </ActForm>
    </section>
  );
}

function Write({ language, data }: Props) {
  const words = caseWords[language];
  return (
    <ActForm language={language} data={data} act="write">
      <TextArea
        name="text"
        label={words.write}
        hint={words.writeHint}
        error={data.errors['text']}
        value={data.values.text}
        rows={4}
        maxLength={8000}
        required
      />
      <p>
        <button className="button" type="submit">
          {words.send}
        </button>
      </p>
    </ActForm>
  );
}

function AddPhotos({ language, data }: Props) {
  const words = caseWords[language];
  return (
    <ActForm language={language} data={data} act="photos">
      <FileField
        name="photo"
        label={words.addPhotos}
        hint={words.photosHint}
        error={data.errors['photo']}
        accept="image/jpeg,image/png,image/webp"
        multiple
        required
      />
      <p>
        <button className="button" type="submit">
          {words.sendPhotos}
        </button>
      </p>
    </ActForm>
  );
}

function Withdraw({ language, data }: Props) {
  const words = caseWords[language].withdraw;
  return (
    <details>
      <summary>{words.title}</summary>
      <ActForm language={language} data={data} act="withdraw">
        <p>{data.view.role === 'affected' ? words.whyAffected : words.why}</p>
        <p>
          <button className="button" type="submit">
            {words.do}
          </button>
        </p>
      </ActForm>
    </details>
  );
}
