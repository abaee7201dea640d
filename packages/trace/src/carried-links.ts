import { type Block, linksOf } from '@zerodraft/schema';
import type * as Y from 'yjs';
import { z } from 'zod';
import { LINK_LIMITS, linkedPassage, RELATIONS } from './link-record.ts';
import { addLink } from './links.ts';
import { choosePhrase, onlyPlaceOf } from './phrase.ts';
import { readLinks } from './read-links.ts';
import { MAX_WORDING, wordingOf } from './wordings.ts';

/** A link as it goes with a clause that is cut or copied: all but its place and its authors. */
const carriedLink = z.strictObject({
  recommendationId: z.string().min(1).max(128),
  relation: z.enum(RELATIONS),
  note: z.string().max(LINK_LIMITS.note).optional(),
  /** The words it is on, found again where they stand once. */
  quote: z.string().min(1).max(LINK_LIMITS.quote).optional(),
  passage: linkedPassage.optional(),
  /** What the clause said when the link was last confirmed. */
  was: z.string().max(MAX_WORDING).optional(),
  recommendationVersion: z.number().int().positive().optional(),
  recommendationOf: z.string().min(1).max(128).optional(),
});
export type CarriedLink = z.infer<typeof carriedLink>;

/** What a clause on the clipboard says of its links; another version of the format is not read. */
export const carriedLinks = z.strictObject({
  version: z.literal(1),
  processId: z.string().max(128),
  draftId: z.string().max(128),
  links: z.array(carriedLink).min(1).max(200),
});

/** The links of clauses, ready to be carried elsewhere, by clause. */
export function carryLinks(doc: Y.Doc, blocks: readonly Block[]): Map<string, CarriedLink[]> {
  const carried = new Map<string, CarriedLink[]>();
  if (linksOf(doc).size === 0) return carried;
  for (const { clauseId, recommendationId, relation, note, phrase, phraseAt, passage, basis } of readLinks(
    doc,
    blocks,
  )) {
    const whole = phrase && phraseAt?.end.clauseId === clauseId ? { quote: phrase.quote } : {};
    const was = basis && wordingOf(doc, basis.clause);
    const own = carried.get(clauseId) ?? [];
    own.push({
      recommendationId,
      relation,
      ...whole,
      ...(note === undefined ? {} : { note }),
      ...(passage === undefined ? {} : { passage }),
      ...(typeof was === 'string' ? { was } : {}),
      ...(basis?.recommendation === undefined ? {} : { recommendationVersion: basis.recommendation }),
      ...(basis?.of === undefined ? {} : { recommendationOf: basis.of }),
    });
    carried.set(clauseId, own);
  }
  return carried;
}

/** Links a clause as the one it was copied from; what it is linked to already stays as it is. */
export function plantLinks(doc: Y.Doc, block: Block, links: readonly CarriedLink[]): void {
  for (const { quote, ...link } of links) {
    const at = quote === undefined ? null : onlyPlaceOf(block.text, quote);
    const phrase =
      quote === undefined || at === null
        ? null
        : choosePhrase(doc, [block], {
            start: { clauseId: block.id, offset: at },
            end: { clauseId: block.id, offset: at + quote.length },
          });
    addLink(doc, { ...link, clauseId: block.id, ...(phrase ? { phrase } : {}) });
  }
}
