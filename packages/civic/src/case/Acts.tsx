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
  /** What the button says. */
  does: string;
  /** The one act of the page that should be seen first. */
  first?: boolean;
  children: ReactNode;
}

/** Something that the holder of the code does: what it asks, and the button that does it. */
const ActForm = ({ language, data, act, does, first = false, children }: ActProps) => (
  <form
    method="post"
    action={pathTo({ page: 'case' }, language)}
    encType={act === 'photos' ? 'multipart/form-data' : undefined}
  >
    <input type="hidden" name="code" value={data.code} />
    <input type="hidden" name="act" value={act} />
    {children}
    <p>
      <button className={first ? 'button primary' : 'button'} type="submit">
        {does}
      </button>
    </p>
  </form>
);

function Appeal({ language, data }: Props) {
  const words = caseWords[language].appeal;
  return (
    <section className="note" aria-labelledby="appeal">
      <h2 id="appeal">{words.title}</h2>
      <p>{words.why}</p>
      <ActForm language={language} data={data} act="appeal" does={words.do} first>
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
      </ActForm>
    </section>
  );
}

function Write({ language, data }: Props) {
  const words = caseWords[language];
  return (
    <ActForm language={language} data={data} act="write" does={words.send}>
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
    </ActForm>
  );
}

function AddPhotos({ language, data }: Props) {
  const words = caseWords[language];
  return (
    <ActForm language={language} data={data} act="photos" does={words.sendPhotos}>
      <FileField
        name="photo"
        label={words.addPhotos}
        hint={words.photosHint}
        error={data.errors['photo']}
        accept="image/jpeg,image/png,image/webp"
        multiple
        required
      />
    </ActForm>
  );
}

function Withdraw({ language, data }: Props) {
  const words = caseWords[language].withdraw;
  return (
    <details>
      <summary>{words.title}</summary>
      <ActForm language={language} data={data} act="withdraw" does={words.do}>
        <p>{data.view.role === 'affected' ? words.whyAffected : words.why}</p>
      </ActForm>
    </details>
  );
}
