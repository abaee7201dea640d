import { useQuery } from '@tanstack/react-query';
import type { Member, NameOf } from '@zerodraft/contract';
import type { RecommendationSummary } from '@zerodraft/trace';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { libraryQuery } from '../api.ts';
import { membersQuery } from '../members/members-api.ts';
import { useClauseOrder, useWorkspace } from '../session/use-draft.tsx';
import { type Choice, choicesForAt, choicesForHash } from './writing/references.ts';

/** What comments refer to, by its present names. */
export interface Names {
  nameOf: NameOf;
  /** More of what a reference stands for, for a pointer over it; empty when there is no more. */
  titleOf: NameOf;
  /** What is offered after a sign while a comment is written. */
  choices: (sign: '@' | '#', query: string) => Choice[] | Promise<Choice[]>;
  /** Whether there are clauses to refer to. */
  clauses: boolean;
}

const NamesContext = createContext<Names>({
  nameOf: ({ kind, id }) => (kind === 'organisation' ? id : null),
  titleOf: () => null,
  choices: () => [],
  clauses: false,
});

export const useNames = (): Names => useContext(NamesContext);

/** Gives the comments within it names that were looked up elsewhere, as on the server. */
export function GivenNames({
  nameOf,
  choices = nothing,
  children,
}: Pick<Names, 'nameOf'> & Partial<Pick<Names, 'choices'>> & { children: ReactNode }) {
  const names = useMemo(
    (): Names => ({ nameOf, titleOf: () => null, choices, clauses: false }),
    [nameOf, choices],
  );
  return <NamesContext.Provider value={names}>{children}</NamesContext.Provider>;
}
const nothing = (): Choice[] => [];

/** Names of the open draft. */
export function DraftNames({ children }: { children: ReactNode }) {
  const { process, session } = useWorkspace();
  const order = useClauseOrder();
  const members = useQuery(membersQuery(process.id)).data ?? NOBODY;
  const recommendations = useQuery(libraryQuery(process.id)).data ?? NOTHING;
  const names = useMemo((): Names => {
    const people = new Map(members.map((member) => [member.id, member]));
    const proposals = new Map(recommendations.map((item) => [item.id, item]));
    return {
      nameOf: ({ kind, id }) => {
        switch (kind) {
          case 'person':
            return people.get(id)?.name ?? null;
          case 'organisation':
            return id;
          case 'clause':
            return order.numbers.get(id)?.citation || (order.index.has(id) ? 'section' : null);
          case 'recommendation':
            return proposals.get(id)?.reference ?? null;
        }
      },
      titleOf: ({ kind, id }) =>
        (kind === 'person' && people.get(id)?.organisation) ||
        (kind === 'recommendation' && proposals.get(id)?.title) ||
        null,
      choices: (sign, query) => {
        if (sign === '@') return choicesForAt(query, members, recommendations);
        const { blocks, numbers } = session.view();
        return choicesForHash(query, blocks, (id) => numbers.get(id)?.citation ?? '');
      },
      clauses: true,
    };
  }, [members, recommendations, order, session]);
  return <NamesContext.Provider value={names}>{children}</NamesContext.Provider>;
}
const NOBODY: Member[] = [];
const NOTHING: RecommendationSummary[] = [];
