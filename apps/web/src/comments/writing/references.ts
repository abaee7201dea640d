import { type Member, type Reference, referenceText } from '@zerodraft/contract';
import type { RecommendationSummary } from '@zerodraft/trace';

/** Something that can be referred to, as the picker offers it. */
export interface Choice {
  reference: Reference;
  /** What will stand in the comment. */
  label: string;
  /** What it is, beside its label. */
  detail: string;
}

const AT_MOST = 8;

/** Whether every word of the query begins a word of the text. */
function fits(text: string, query: string): boolean {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)) || text.toLowerCase().startsWith(part));
}

/** What "@" offers: people, their organisations, recommendations. */
export function choicesForAt(
  query: string,
  members: readonly Member[],
  recommendations: readonly Pick<RecommendationSummary, 'id' | 'reference' | 'title'>[],
): Choice[] {
  const people = members
    .filter(({ name, organisation }) => fits(`${name} ${organisation ?? ''}`, query))
    .map(({ id, name, organisation }) => choice({ kind: 'person', id }, name, organisation ?? ''));
  const organisations = [...new Set(members.flatMap(({ organisation }) => organisation ?? []))]
    .filter((name) => fits(name, query))
    .sort()
    .map((name) => choice({ kind: 'organisation', id: name }, name, 'Everybody of this organisation'));
  const proposals =
    query === ''
      ? []
      : recommendations
          .filter(({ reference, title }) => fits(`${reference} ${title}`, query))
          .slice(0, AT_MOST)
          .map(({ id, reference, title }) => choice({ kind: 'recommendation', id }, reference, title));
  return [...people.slice(0, AT_MOST - 3), ...organisations.slice(0, 3), ...proposals].slice(0, AT_MOST);
}

/** What "#" offers: clauses by their number, or by words of their text. */
export function choicesForHash(
  query: string,
  blocks: readonly { id: string; text: string }[],
  citationOf: (id: string) => string,
): Choice[] {
  const cited = blocks.flatMap(({ id, text }) => {
    const citation = citationOf(id);
    return citation === '' ? [] : [{ id, text, citation }];
  });
  const byNumber = cited.filter(({ citation }) => citation.toLowerCase().startsWith(query.toLowerCase()));
  const byText = query.length < 2 ? [] : cited.filter(({ text }) => fits(text, query));
  return [...new Set([...byNumber, ...byText])]
    .slice(0, AT_MOST)
    .map(({ id, text, citation }) => choice({ kind: 'clause', id }, citation, text.slice(0, 90)));
}

function choice(reference: Reference, name: string, detail: string): Choice {
  return { reference, label: referenceText(reference, name), detail };
}
