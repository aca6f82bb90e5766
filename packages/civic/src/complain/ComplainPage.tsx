// SPDX-License-Identifier: AGPL-3.0-or-later
/** @jsxRuntime automatic */
import { procedureOf, type ComplaintKind, type NearComplaint } from '@louver/contract';
import { ErrorSummary } from '../form/ErrorSummary.tsx';
import { Choice, FileField, Select, TextArea, TextField, type FormErrors } from '../form/fields.tsx';
import { Page, type Frame } from '../frame/Page.tsx';
import { render } from '../frame/render.ts';
import { pathTo } from '../paths.ts';
import { dateOf, numberOf } from '../times.ts';
import { complainWords } from './complain-words.ts';

/** The fields of the form, as they are sent. */
export const COMPLAINT_FIELDS = [
  ...(['kind', 'formKey', 'camera', 'lon', 'lat', 'ward', 'joins', 'text'] as const),
  ...(['who', 'name', 'phone', 'email', 'address'] as const),
] as const;
export type ComplaintField = (typeof COMPLAINT_FIELDS)[number];

export interface ComplainPageData {
  kind: ComplaintKind;
  /** Of the register: then nobody asks where it is. */
  camera: { code: string; name: string } | undefined;
  near: readonly NearComplaint[];
  wards: readonly { path: string; name: string }[];
  /** west, south, east, north of what the map shows first; undefined: no map. */
  bounds: readonly [number, number, number, number] | undefined;
  /** Made with the page: the same form sent twice is one case. */
  formKey: string;
  values: Partial<Record<ComplaintField, string>>;
  errors: FormErrors;
  /** Nothing is wrong with the form: it could not be taken. */
  unsent: boolean;
  /** Photos had been chosen and have to be chosen again. */
  photosLost: boolean;
}

/** One form, on one page, which keeps what was typed whatever happens. */
export function complainPage(frame: Frame, data: ComplainPageData): string {
  const { language } = frame;
  const { kind, camera, errors, formKey } = data;
  const words = complainWords[language];
  const wrong = Object.keys(errors).length > 0;
  return render(
    <Page
      frame={frame}
      at={{ page: 'complain', query: { kind, camera: camera?.code, step: 'form' } }}
      title={words.kind[kind]}
      scripts={camera || !data.bounds ? [] : ['complaint-place']}
      wrong={wrong || data.unsent}
      unlisted
    >
      <h1>{words.kind[kind]}</h1>
      <p className="lead">
        {words.kindHint[kind]}{' '}
        <a href={pathTo({ page: 'complain', query: { camera: camera?.code } }, language)}>{words.change}</a>
      </p>
      {data.unsent && (
        // eslint-disable-next-line jsx-a11y/no-autofocus -- nothing else tells somebody who does not see it
        <div className="errors" role="alert" tabIndex={-1} autoFocus>
          <h2>{words.unsent}</h2>
          <p>{words.unsentWhy}</p>
        </div>
      )}
      <ErrorSummary language={language} errors={errors} />
      <form method="post" encType="multipart/form-data" action={pathTo({ page: 'complain' }, language)}>
        <input type="hidden" name="formKey" value={formKey} />
        <input type="hidden" name="kind" value={kind} />
        <Where language={language} data={data} />
        <Near language={language} data={data} />
        <TextArea
          name="text"
          label={words.text}
          hint={words.textHint}
          error={errors['text']}
          value={data.values.text}
          maxLength={8000}
          required
        />
        <FileField
          name="photo"
          label={words.photos}
          hint={words.photosHint}
          error={[errors['photo'], data.photosLost && words.photosAgain].filter(Boolean).join(' ') || undefined}
          accept="image/jpeg,image/png,image/webp"
          multiple
        />
        <Who language={language} data={data} />
        <div>
          <button className="button primary" type="submit">
            {words.send}
          </button>
          <p className="hint">{words.privacy}</p>
        </div>
      </form>
    </Page>,
  );
}

interface PartProps {
  language: Frame['language'];
  data: ComplainPageData;
}

/** A camera of the register, a pin on the map, or a ward and a description. */
function Where({ language, data: { camera, wards, bounds, values, errors, kind } }: PartProps) {
  const words = complainWords[language];
  if (camera)
    return (
      <div>
        <p className="kicker">{words.about(`${camera.code}, ${camera.name}`)}</p>
        <input type="hidden" name="camera" value={camera.code} />
      </div>
    );
  return (
    <>
      <TextField
        name="camera"
        label={words.camera}
        hint={words.cameraHint}
        error={errors['camera']}
        value={values.camera}
        maxLength={64}
        autoComplete="off"
      />
      {bounds && (
        <div className="field" hidden data-complaint-place={JSON.stringify({ bounds, kind })}>
          <strong id="place-label">{words.where}</strong>
          <p className="hint">{words.map}</p>
          <div className="map" role="application" aria-labelledby="place-label" aria-describedby="place-keys" />
          <p className="hint" id="place-keys">
            {words.mapKeys}
          </p>
          <p role="status" data-placed={words.placed} />
        </div>
      )}
      {/* Also where there is no map: a pin that was set once is not lost with it. */}
      <input type="hidden" name="lon" defaultValue={values.lon ?? ''} />
      <input type="hidden" name="lat" defaultValue={values.lat ?? ''} />
      <Select
        name="ward"
        label={words.ward}
        hint={words.wardHint}
        error={errors['ward']}
        value={values.ward ?? ''}
        options={[
          { value: '', label: words.wardNone },
          ...wards.map(({ path, name }) => ({ value: path, label: name })),
        ]}
      />
    </>
  );
}

function Near({ language, data: { near, values, errors } }: PartProps) {
  const words = complainWords[language];
  if (near.length === 0) return null;
  return (
    <Choice
      name="joins"
      label={words.near}
      hint={words.nearWhy}
      error={errors['joins']}
      value={values.joins ?? ''}
      options={[
        ...near.map(({ reference, filedOn, affected }) => ({
          value: reference,
          label: words.nearOne(reference, dateOf(filedOn, language), numberOf(affected, language)),
        })),
        { value: '', label: words.nearOther },
      ]}
    />
  );
}

/** What each choice starts in law, and who will see the name, before anything is sent. */
function Who({ language, data: { kind, values, errors } }: PartProps) {
  const words = complainWords[language];
  const procedure = procedureOf(kind, 'named') ?? 'report';
  const anonymous =
    procedureOf(kind, 'anonymous') === null
      ? []
      : [{ value: 'anonymous', label: words.anonymous, hint: words.anonymousLaw }];
  return (
    <>
      <Choice
        name="who"
        label={words.who}
        error={errors['who']}
        value={values.who}
        required
        options={[
          { value: 'named', label: words.named, hint: `${words.namedLaw[procedure]} ${words.namedWho}` },
          ...anonymous,
        ]}
      />
      <div className="named">
        <TextField
          name="name"
          label={words.name}
          error={errors['name']}
          value={values.name}
          maxLength={200}
          autoComplete="name"
        />
        <TextField
          name="phone"
          type="tel"
          inputMode="tel"
          label={words.phone}
          hint={words.ifYouLike}
          error={errors['phone']}
          value={values.phone}
          maxLength={40}
          autoComplete="tel"
        />
        <TextField
          name="email"
          type="email"
          inputMode="email"
          label={words.email}
          error={errors['email']}
          value={values.email}
          maxLength={200}
          autoComplete="email"
        />
        <TextField
          name="address"
          label={words.address}
          error={errors['address']}
          value={values.address}
          maxLength={300}
          autoComplete="street-address"
        />
      </div>
    </>
  );
}
