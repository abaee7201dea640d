import { useQuery } from '@tanstack/react-query';
import type { Member, NameOf } from '@zerodraft/contract';
import type { RecommendationSummary } from '@zerodraft/trace';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { libraryQuery } from '../api.ts';
import { membersQuery } from '../members/members-api.ts';
import type { ClauseOrder } from '../session/clause-order.ts';
import { useClauseOrder, useWorkspace } from '../session/use-draft.tsx';

/** What comments refer to in a draft, by their present names. */
export interface Names {
  nameOf: NameOf;
  /** More of what a reference stands for, for a pointer over it; empty when there is no more. */
  titleOf: NameOf;
  members: readonly Member[];
  recommendations: readonly RecommendationSummary[];
  order: ClauseOrder | null;
}

const NamesContext = createContext<Names>({
  nameOf: ({ kind, id }) => (kind === 'organisation' ? id : null),
  titleOf: () => null,
  members: [],
  recommendations: [],
  order: null,
});

export const useNames = (): Names => useContext(NamesContext);

/** Gives the comments within it the names of one process and, when it is known, one draft. */
export function NamesOf({
  members,
  recommendations,
  order,
  children,
}: Pick<Names, 'members' | 'recommendations' | 'order'> & { children: ReactNode }) {
  const names = useMemo((): Names => {
    const people = new Map(members.map((member) => [member.id, member]));
    const proposals = new Map(recommendations.map((item) => [item.id, item]));
    return {
      members,
      recommendations,
      order,
      nameOf: ({ kind, id }) => {
        switch (kind) {
          case 'person':
            return people.get(id)?.name ?? null;
          case 'organisation':
            return id;
          case 'clause':
            return order?.numbers.get(id)?.citation || (order?.index.has(id) ? 'section' : null);
          case 'recommendation':
            return proposals.get(id)?.reference ?? null;
        }
      },
      titleOf: ({ kind, id }) =>
        (kind === 'person' && people.get(id)?.organisation) ||
        (kind === 'recommendation' && proposals.get(id)?.title) ||
        null,
    };
  }, [members, recommendations, order]);
  return <NamesContext.Provider value={names}>{children}</NamesContext.Provider>;
}

/** Gives the comments within it names that were looked up elsewhere, as on the server. */
export function GivenNames({ nameOf, children }: Pick<Names, 'nameOf'> & { children: ReactNode }) {
  const names = useMemo(
    (): Names => ({ nameOf, titleOf: () => null, members: NOBODY, recommendations: NOTHING, order: null }),
    [nameOf],
  );
  return <NamesContext.Provider value={names}>{children}</NamesContext.Provider>;
}

/** Names of the open draft. */
export function DraftNames({ children }: { children: ReactNode }) {
  const { process } = useWorkspace();
  const order = useClauseOrder();
  const members = useQuery(membersQuery(process.id)).data;
  const recommendations = useQuery(libraryQuery(process.id)).data;
  return (
    <NamesOf members={members ?? NOBODY} recommendations={recommendations ?? NOTHING} order={order}>
      {children}
    </NamesOf>
  );
}
const NOBODY: Member[] = [];
const NOTHING: RecommendationSummary[] = [];
