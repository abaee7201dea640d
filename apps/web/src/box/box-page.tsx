import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isClosed } from '../api-client.ts';
import { publicBoxQuery } from './box-api.ts';
import { BoxFrame } from './box-frame.tsx';
import { DepositForm } from './deposit-form.tsx';
import { GivenCode } from './given-code.tsx';

function Content({ slug }: { slug: string }): ReactNode {
  const { t } = useTranslation();
  const { data: box, error, isPending, dataUpdatedAt, refetch } = useQuery(publicBoxQuery(slug));
  const [code, setCode] = useState<string | null>(null);
  if (code !== null) return <GivenCode code={code} onAnother={() => setCode(null)} />;
  if (isPending) return <p className="empty">{t('page.opening')}</p>;
  if (isClosed(error))
    return (
      <>
        <h1>{t('page.closedTitle')}</h1>
        <p role="alert">{t('page.closed')}</p>
      </>
    );
  if (!box)
    return (
      <>
        <p role="alert">{t('page.unreached')}</p>
        <button type="button" className="button" onClick={() => refetch()}>
          {t('page.again')}
        </button>
      </>
    );
  return (
    <>
      <h1>{t('page.title')}</h1>
      <p className="page-lead">
        {t('page.lead')} {box.illustrative && t('page.illustrative')}
      </p>
      <DepositForm slug={slug} box={box} askedAt={dataUpdatedAt} onDone={setCode} />
    </>
  );
}

function ToReceipt() {
  const { t } = useTranslation();
  return (
    <footer>
      <Link to="/box/receipt">{t('page.toReceipt')}</Link>
    </footer>
  );
}

/** A process's box, where anybody makes a proposal without an account. */
export function BoxPage() {
  const { slug } = useParams({ from: '/box/$slug' });
  const { data } = useQuery(publicBoxQuery(slug));
  return (
    <BoxFrame name={data?.processName}>
      <Content slug={slug} />
      <ToReceipt />
    </BoxFrame>
  );
}
