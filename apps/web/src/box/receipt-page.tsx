import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { type Receipt, receiptCode } from '@zerodraft/contract';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api-client.ts';
import { Problem, TextField } from '../ui/field.tsx';
import { receiptQuery } from './box-api.ts';
import { BoxFrame, useLanguage } from './box-frame.tsx';

const STEPS = ['received', 'in-triage'] as const;

/** A reference within a text of either direction. */
const isolated = (reference: string): string => `\u2066${reference}\u2069`;

function Outcome({ receipt }: { receipt: Receipt }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { title, receivedAt, state, references, merged, removed, clauses, reason } = receipt;
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(new Date(receivedAt));
  const listed = (list: readonly string[]): string =>
    new Intl.ListFormat(language, { type: 'conjunction' }).format(list.map(isolated));
  const decided = state !== 'received' && state !== 'in-triage';
  const inLibrary = decided && state !== 'returned' && references.length > 0;
  return (
    <article className="receipt" aria-labelledby="receipt-title">
      <h2 id="receipt-title" dir="auto">
        {title}
      </h2>
      <p className="muted">{t('receipt.receivedOn', { date })}</p>
      <ol className="receipt-steps">
        {[...STEPS, decided ? state : null].map((step) =>
          step === null ? null : (
            <li
              key={step}
              className={
                step === state ? 'receipt-now' : decided || step === 'received' ? 'receipt-past' : ''
              }
              aria-current={step === state ? 'step' : undefined}
            >
              {t(`receipt.state.${step}`)}
            </li>
          ),
        )}
      </ol>
      {(references.length > 0 || removed.length === 0) && <p>{t(`receipt.about.${state}`)}</p>}
      {reason !== null && (
        <section>
          <h3>{t('receipt.reason')}</h3>
          <blockquote dir="auto">{reason}</blockquote>
        </section>
      )}
      {removed.length > 0 && <p>{t('receipt.removed', { references: listed(removed) })}</p>}
      {inLibrary && (
        <>
          <section>
            <h3>{t('receipt.references')}</h3>
            <p className="receipt-references">
              {references.map((reference) => (
                <span key={reference} className="chip chip-good" dir="ltr">
                  {reference}
                </span>
              ))}
            </p>
            {merged
              .filter(({ into }) => references.includes(into))
              .map(({ from, into }) => (
                <p key={from} className="muted">
                  {t('receipt.mergedInto', { from: isolated(from), into: isolated(into) })}
                </p>
              ))}
          </section>
          <section>
            <h3>{t('receipt.clauses')}</h3>
            {clauses.length === 0 ? (
              <p>{t('receipt.noClauses')}</p>
            ) : (
              <>
                <p className="muted">{t('receipt.clausesHint')}</p>
                <ul className="receipt-clauses">
                  {clauses.map(({ draft, citation }) => (
                    <li key={`${draft} ${citation}`} dir="auto">
                      {t('receipt.clause', { draft, citation })}
                    </li>
                  ))}
                </ul>
              </>
            )}
          </section>
        </>
      )}
    </article>
  );
}

function Lookup() {
  const { t } = useTranslation();
  const { hash } = useLocation();
  const given = receiptCode.safeParse(decodeURIComponent(hash));
  const [code, setCode] = useState(given.data ?? '');
  const [wrong, setWrong] = useState(false);
  const { data, error, isFetching } = useQuery({ ...receiptQuery(code), enabled: code !== '' });
  useEffect(() => {
    if (given.data) setCode(given.data);
  }, [given.data]);
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const typed = receiptCode.safeParse(new FormData(event.currentTarget).get('code'));
    setWrong(!typed.success);
    if (typed.success) setCode(typed.data);
  };
  const problem =
    error instanceof ApiError
      ? error.code === 'too-many'
        ? t('receipt.tooMany')
        : t('receipt.missing')
      : t('page.unreached');
  return (
    <>
      <h1>{t('receipt.title')}</h1>
      <div aria-live="polite">
        {code !== '' && isFetching && !data && <p className="empty">{t('receipt.looking')}</p>}
        {code !== '' && data && !error && <Outcome receipt={data} />}
      </div>
      {code !== '' && data && !error ? (
        <button type="button" className="link-button" onClick={() => setCode('')}>
          {t('receipt.another')}
        </button>
      ) : (
        <form onSubmit={onSubmit} className="form" noValidate>
          <p className="page-lead">{t('receipt.lead')}</p>
          <TextField
            label={t('receipt.code')}
            name="code"
            dir="ltr"
            className="box-code-field"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            placeholder="XXXX-XXXX-XXXX-XXXX"
            error={wrong ? t('errors.code') : undefined}
          />
          <Problem>{error && !isFetching && problem}</Problem>
          <div className="form-foot">
            <button type="submit" className="button button-primary">
              {t('receipt.show')}
            </button>
          </div>
        </form>
      )}
    </>
  );
}

/** What became of a deposit, for whoever has its code. */
export function ReceiptPage() {
  return (
    <BoxFrame>
      <Lookup />
    </BoxFrame>
  );
}
