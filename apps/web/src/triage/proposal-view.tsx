import type { Deposit, ProposalFields } from '@zerodraft/contract';

const REGION = 'Country or region';

/** What a proposal says, to be read. */
export function ProposalView({
  proposal,
  language,
  heading,
  newRegion = false,
}: {
  proposal: ProposalFields;
  language: Deposit['language'];
  /** Names it where two stand side by side. */
  heading?: string;
  /** Whether its region is none of the process's yet. */
  newRegion?: boolean;
}) {
  const { title, text, kind, themes, dimensions, name, stakeholderKind, region } = proposal;
  const facts = [
    ['Kind', kind],
    ['Themes', themes.join('; ')],
    ['Dimensions', dimensions.join('; ')],
    ['On behalf of', name || 'Unnamed'],
    ['Who they are', stakeholderKind],
    [REGION, region],
  ].filter(([, value]) => value !== '');
  return (
    <section className="proposal" aria-label={heading ?? 'Proposal'}>
      {heading && <p className="proposal-which">{heading}</p>}
      <h4 dir="auto" lang={language}>
        {title}
      </h4>
      <p className="proposal-text" dir="auto" lang={language}>
        {text}
      </p>
      <dl>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <bdi>{value}</bdi>
              {newRegion && label === REGION && (
                <>
                  {' '}
                  <span className="chip chip-warn">New: accepting makes it a region</span>
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
