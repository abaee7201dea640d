import type { SuggestionReason } from '@zerodraft/contract';

/** Why something is suggested: the words that both share, and what beside. */
export function Reason({ why: { words, terms, section, meaning } }: { why: SuggestionReason }) {
  return (
    <p className="tags reason">
      {words.length > 0 && <span className="visually-hidden">Shared words: </span>}
      {words.map((word) => (
        <span key={word} className="shared-word">
          {word}
        </span>
      ))}
      {terms.map((term) => (
        <span key={term}>as in this section: {term}</span>
      ))}
      {section && <span>linked in this section</span>}
      {meaning && <span>alike in meaning</span>}
    </p>
  );
}
