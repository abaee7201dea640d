import type { ChangeKind, DocumentKind, SourceState } from '@zerodraft/contract';
import type { DocumentFormat, ParagraphKind } from '@zerodraft/formats';
import type { Disposition, Relation, TaxonomyName } from '@zerodraft/trace';
import type { Generated } from 'kysely';

/** The library: recommendations, terms, links, sources. */
export interface LibraryTables {
  recommendation: {
    seq: Generated<number>;
    id: string;
    processId: string;
    reference: string;
    title: string;
    text: string;
    source: string;
    document: string;
    locator: string;
    date: string | null;
    createdAt: string;
    updatedAt: string;
    sourceId: string | null;
    /** The passage of the source as JSON. */
    passage: string | null;
    session: Generated<string>;
    phase: Generated<string>;
    language: Generated<string>;
    disposition: Generated<Disposition>;
    dispositionReason: Generated<string>;
    mergedIntoId: Generated<string | null>;
    deletedAt: Generated<string | null>;
    version: Generated<number>;
    /** Of the process's library when it changed last. */
    changed: Generated<number>;
    /** What files call it; null: by its id. */
    fileId: Generated<string | null>;
  };
  term: {
    id: string;
    processId: string;
    taxonomy: TaxonomyName;
    /** The name it has from the beginning, whatever its label; null for the process's own. */
    key: string | null;
    label: string;
    position: number;
    retiredAt: string | null;
    mergedIntoId: string | null;
  };
  recommendation_term: { recommendationId: string; termId: string };
  recommendation_change: {
    id: Generated<number>;
    processId: string;
    recommendationId: string;
    batch: string;
    kind: ChangeKind;
    userId: string | null;
    at: string;
    before: string;
    after: string;
    /** The recommendation's after the change. */
    version: number;
  };
  /** Derived from the drafts' documents. */
  clause_link: {
    draftId: string;
    recommendationId: string;
    clauseId: string;
    citation: string;
    relation: Relation;
    /** The record's name in the draft. */
    key: string;
    madeBy: string | null;
    madeAt: string | null;
    changedBy: string | null;
    changedAt: string | null;
    /** Of the draft's links, when it last told otherwise of who made and changed it. */
    revision: Generated<number>;
  };
  /** What a draft's links were derived from, and how often. */
  draft_links: { draftId: string; state: string; revision: number };
  library_view: {
    id: string;
    processId: string;
    name: string;
    query: string;
    createdBy: string;
    updatedAt: string;
    version: Generated<number>;
  };
  source: {
    id: string;
    processId: string;
    title: string;
    kind: DocumentKind;
    who: string;
    phase: string;
    session: string;
    date: string | null;
    language: string | null;
    symbol: string;
    url: string | null;
    state: SourceState;
    problem: string | null;
    warnings: Generated<string>;
    format: DocumentFormat | null;
    fileName: string | null;
    fileSize: number | null;
    fileHash: string | null;
    /** The upload whose parts are the file. */
    upload: string | null;
    /** How often its reading was begun. */
    attempts: Generated<number>;
    paragraphs: Generated<number>;
    createdBy: string;
    createdAt: string;
    updatedAt: string;
    /** What files call it; null: by its id. */
    fileId: Generated<string | null>;
    version: Generated<number>;
  };
  source_term: { sourceId: string; termId: string };
  source_part: { upload: string; n: number; sourceId: string; bytes: Uint8Array };
  /** Of a source that is being read some of its paragraphs; they count once it is read. */
  source_paragraph: {
    seq: Generated<number>;
    sourceId: string;
    n: number;
    kind: ParagraphKind;
    page: number | null;
    text: string;
  };
}
