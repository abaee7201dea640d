import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  MAX_DEPOSIT_TEXT,
  MIN_SECONDS_ON_FORM,
  newDeposit,
  newReceiptCode,
  type PublicBox,
  proposalFields,
} from '@zerodraft/contract';
import { LIMITS } from '@zerodraft/trace';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api-client.ts';
import { RegionField } from '../taxonomies/term-fields.tsx';
import { CheckField, Problem, TextAreaField, TextField } from '../ui/field.tsx';
import { publicBoxQuery, sendDeposit } from './box-api.ts';
import { useLanguage } from './box-frame.tsx';
import { BoxSelect } from './box-select.tsx';
import { useKeptProposal } from './kept-proposal.ts';
import { TermChoice } from './term-choice.tsx';

const FIELDS = ['title', 'text', 'themes', 'dimensions', 'name', 'region', 'contact', 'consent'] as const;
type Field = (typeof FIELDS)[number];

const shape = proposalFields.extend({
  contact: newDeposit.shape.contact,
  consent: newDeposit.shape.consent,
});

/** Which words tell why the server did not take a proposal. */
const REFUSALS: Record<string, 'tooMany' | 'stale' | 'terms' | 'full' | 'received'> = {
  'too-many': 'tooMany',
  stale: 'stale',
  'too-soon': 'stale',
  'unknown-term': 'terms',
  full: 'full',
  received: 'received',
};

interface Props {
  slug: string;
  box: PublicBox;
  /** When the form was asked for, in milliseconds. */
  askedAt: number;
  onDone: (code: string) => void;
}

/** The form of a box. What is typed is kept on the device until it is sent. */
export function DepositForm({ slug, box, askedAt, onDone }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const queries = useQueryClient();
  const { proposal, isEmpty, change, clear } = useKeptProposal(slug);
  const [consent, setConsent] = useState(false);
  const [wrong, setWrong] = useState<ReadonlySet<Field>>(new Set());
  /** The code of what was received without an answer. */
  const [earlier, setEarlier] = useState('');
  const form = useRef<HTMLFormElement>(null);
  const error = (field: Field): string | undefined => (wrong.has(field) ? t(`errors.${field}`) : undefined);

  const sending = useMutation({
    mutationFn: async (website: string) => {
      const { themes, dimensions, kind, stakeholderKind, ...rest } = proposal;
      const offered = (terms: PublicBox['kinds'], chosen: string): string =>
        terms.some(({ label }) => label === chosen) ? chosen : '';
      const known = {
        kind: offered(box.kinds, kind),
        stakeholderKind: offered(box.stakeholderKinds, stakeholderKind),
        themes: themes.filter((theme) => box.themes.includes(theme)),
        dimensions: dimensions.filter((dimension) => box.dimensions.includes(dimension)),
      };
      // Somebody whose text was kept from before may be ready at once; the server takes that for a program.
      const ready = askedAt + (MIN_SECONDS_ON_FORM + 0.5) * 1_000 - Date.now();
      if (ready > 0) await new Promise((resolve) => setTimeout(resolve, ready));
      const { stamp } = box;
      return sendDeposit(slug, { ...rest, ...known, language, consent: true, stamp, website });
    },
    onSuccess: () => {
      clear();
      onDone(proposal.code);
    },
    onError: (problem) => {
      if (!(problem instanceof ApiError)) return;
      if (problem.code === 'received') {
        setEarlier(proposal.code);
        change({ id: crypto.randomUUID(), code: newReceiptCode() });
      }
      if (problem.code === 'stale' || problem.code === 'unknown-term' || problem.code === 'closed')
        void queries.invalidateQueries({ queryKey: publicBoxQuery(slug).queryKey });
    },
  });

  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (sending.isPending) return;
    const { id: _id, code: _code, ...said } = proposal;
    const parsed = shape.safeParse({ ...said, consent });
    const found = new Set<Field>();
    for (const { path } of parsed.error?.issues ?? []) {
      const field = FIELDS.find((each) => each === path[0]);
      if (field !== undefined) found.add(field);
    }
    setWrong(found);
    if (!parsed.success) {
      const first = FIELDS.find((field) => found.has(field));
      form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
      return;
    }
    sending.mutate(String(new FormData(event.currentTarget).get('website') ?? ''));
  };

  const problem = sending.error;
  const refusal =
    problem instanceof ApiError
      ? t(`errors.${REFUSALS[problem.code] ?? 'other'}`, { code: earlier })
      : t('page.unreached');
  const optional = (label: string) => (
    <>
      {label} <span className="box-optional">({t('form.optional')})</span>
    </>
  );
  return (
    <form ref={form} onSubmit={onSubmit} className="form box-form" noValidate>
      <fieldset>
        <legend>{t('form.proposal')}</legend>
        <TextField
          label={t('form.title')}
          hint={t('form.titleHint')}
          error={error('title')}
          name="title"
          dir="auto"
          required
          maxLength={LIMITS.short}
          value={proposal.title}
          onChange={({ target }) => change({ title: target.value })}
        />
        <TextAreaField
          label={t('form.text')}
          hint={
            MAX_DEPOSIT_TEXT - proposal.text.length < 1_000
              ? t('form.left', { count: MAX_DEPOSIT_TEXT - proposal.text.length })
              : t('form.textHint')
          }
          error={error('text')}
          name="text"
          dir="auto"
          required
          rows={8}
          maxLength={MAX_DEPOSIT_TEXT}
          value={proposal.text}
          onChange={({ target }) => change({ text: target.value })}
        />
        <BoxSelect
          label={t('form.kind')}
          name="kind"
          terms={box.kinds}
          value={proposal.kind}
          onChange={(kind) => change({ kind })}
        />
        <TermChoice
          label={t('form.themes')}
          hint={t('form.anyNumber')}
          error={error('themes')}
          name="themes"
          terms={box.themes}
          chosen={proposal.themes}
          onChange={(themes) => change({ themes })}
        />
        <TermChoice
          label={t('form.dimensions')}
          hint={t('form.anyNumber')}
          error={error('dimensions')}
          name="dimensions"
          terms={box.dimensions}
          chosen={proposal.dimensions}
          onChange={(dimensions) => change({ dimensions })}
        />
      </fieldset>
      <fieldset>
        <legend>{t('form.behalf')}</legend>
        <TextField
          label={optional(t('form.name'))}
          hint={t('form.nameHint')}
          error={error('name')}
          name="name"
          dir="auto"
          autoComplete="organization"
          maxLength={LIMITS.short}
          value={proposal.name}
          onChange={({ target }) => change({ name: target.value })}
        />
        <div className="two">
          <BoxSelect
            label={t('form.stakeholderKind')}
            name="stakeholderKind"
            terms={box.stakeholderKinds}
            value={proposal.stakeholderKind}
            onChange={(stakeholderKind) => change({ stakeholderKind })}
          />
          <RegionField
            regions={box.regions}
            label={optional(t('form.region'))}
            error={error('region')}
            name="region"
            maxLength={LIMITS.short}
            value={proposal.region}
            onChange={({ target }) => change({ region: target.value })}
          />
        </div>
        <TextField
          label={optional(t('form.contact'))}
          hint={t('form.contactHint')}
          error={error('contact')}
          name="contact"
          dir="auto"
          autoComplete="email"
          maxLength={LIMITS.short}
          value={proposal.contact}
          onChange={({ target }) => change({ contact: target.value })}
        />
      </fieldset>
      <div className="box-trap" aria-hidden="true">
        <label>
          {t('form.website')}
          <input type="text" name="website" tabIndex={-1} autoComplete="off" />
        </label>
      </div>
      <section className="box-data" aria-labelledby="box-data-title">
        <h2 id="box-data-title">{t('form.dataTitle')}</h2>
        <p>{t('form.data')}</p>
        <CheckField
          label={t('form.consent')}
          name="consent"
          required
          checked={consent}
          aria-invalid={wrong.has('consent') ? true : undefined}
          onChange={({ target }) => setConsent(target.checked)}
        />
        {wrong.has('consent') && <p className="field-error">{t('errors.consent')}</p>}
      </section>
      <Problem>{wrong.size > 0 ? t('form.check') : problem && !sending.isPending && refusal}</Problem>
      <div className="form-foot">
        <button type="submit" className="button button-primary" disabled={sending.isPending}>
          {sending.isPending ? t('form.sending') : t('form.send')}
        </button>
        {!isEmpty && (
          <button type="button" className="link-button" onClick={clear}>
            {t('form.clear')}
          </button>
        )}
      </div>
      <p className="field-hint">{t('form.kept')}</p>
    </form>
  );
}
