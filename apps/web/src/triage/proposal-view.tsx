import type { Deposit, ProposalFields } from '@zerodraft/contract';
import { RECOMMENDATION_KIND_LABELS, SOURCE_KIND_LABELS } from '@zerodraft/trace';

/** What a proposal says, to be read. */
export function ProposalView({
  proposal,
  language,
  heading,
}: {
  proposal: ProposalFields;
  language: Deposit['language'];
  /** Names it where two stand side by side. */
  heading?: string;
}) {
  const { title, text, kind, themes, dimensions, name, stakeholderKind, region } = proposal;
  const facts = [
    ['Kind', RECOMMENDATION_KIND_LABELS[kind]],
    ['Themes', themes.join('; ')],
    ['Dimensions', dimensions.join('; ')],
    ['On behalf of', name || 'Unnamed'],
    ['Who they are', SOURCE_KIND_LABELS[stakeholderKind]],
    ['Country or region', region],
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
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
