import type { Block } from '@zerodraft/schema';
import type { Link } from '@zerodraft/trace';

/** A draft at one moment, as far as restoring it matters. */
interface Moment {
  blocks: readonly Block[];
  links: readonly Pick<Link, 'clauseId' | 'recommendationId' | 'relation' | 'note'>[];
}

/** What bringing a draft back to a version does to it. */
export interface Changes {
  /** As they read now. */
  reworded: Block[];
  /** As they read in the version. */
  returning: Block[];
  leaving: Block[];
  reordered: boolean;
  linksReturning: number;
  linksLeaving: number;
  linksChanging: number;
}

const pairOf = ({ clauseId, recommendationId }: Moment['links'][number]): string =>
  `${clauseId}/${recommendationId}`;

export function whatChanges(now: Moment, version: Moment): Changes {
  const [is, was] = [now, version].map(({ blocks }) => new Map(blocks.map((block) => [block.id, block])));
  const [links, before] = [now, version].map(
    (moment) => new Map(moment.links.map((link) => [pairOf(link), link])),
  );
  if (!is || !was || !links || !before) throw new Error('two moments have two texts');
  const shared = (blocks: readonly Block[], other: ReadonlyMap<string, Block>): string =>
    blocks
      .map(({ id }) => id)
      .filter((id) => other.has(id))
      .join(' ');
  return {
    reworded: now.blocks.filter(({ id, text, kind }) => {
      const then = was.get(id);
      return then !== undefined && (then.text !== text || then.kind !== kind);
    }),
    returning: version.blocks.filter(({ id }) => !is.has(id)),
    leaving: now.blocks.filter(({ id }) => !was.has(id)),
    reordered: shared(now.blocks, was) !== shared(version.blocks, is),
    linksReturning: [...before.keys()].filter((pair) => !links.has(pair)).length,
    linksLeaving: [...links.keys()].filter((pair) => !before.has(pair)).length,
    linksChanging: [...links].filter(([pair, { relation, note }]) => {
      const then = before.get(pair);
      return then !== undefined && (then.relation !== relation || then.note !== note);
    }).length,
  };
}

const count = (n: number, one: string, many: string): string[] =>
  n === 0 ? [] : [`${n} ${n === 1 ? one : many}`];

/** The same in words, a line each; none when nothing changes. */
export function inWords(changes: Changes): string[] {
  const { reworded, returning, leaving, reordered } = changes;
  return [
    ...count(reworded.length, 'clause reads as it did', 'clauses read as they did'),
    ...count(returning.length, 'clause returns', 'clauses return'),
    ...count(leaving.length, 'clause that came since goes', 'clauses that came since go'),
    ...(reordered ? ['Clauses stand in the order they had'] : []),
    ...count(changes.linksReturning, 'link returns', 'links return'),
    ...count(changes.linksLeaving, 'link that was made since goes', 'links that were made since go'),
    ...count(
      changes.linksChanging,
      'link has the relation and note it had',
      'links have the relation and note they had',
    ),
  ];
}
