import type {
  Anchor,
  ClauseSuggestion,
  Facets,
  FacetsRequest,
  FootprintQuery,
  ImportReport,
  LibraryFormat,
  LibraryImportReport,
  PublicSource,
  SearchPage,
  SearchRequest,
  Selection,
  SourcesHits,
  SourcesSearch,
  Suggestion,
  ThreadPlace,
  Visibility,
} from '@zerodraft/contract';
import type { DocumentFormat, ReadDocument } from '@zerodraft/formats';
import type { Fold, LogEntry } from '@zerodraft/sync';
import type { Authorship, Finding, Relation } from '@zerodraft/trace';
import type { ImportPlace, ImportRefusal } from '../library/import-form.ts';
import type { ClauseAsked, RecommendationAsked } from '../library/suggest/suggester.ts';
import type { Placed } from '../threads/places.ts';

/** What the server asks its merge thread. */
export type MergeRequest =
  | { kind: 'whole'; updates: Uint8Array[] }
  | { kind: 'groups'; groups: Uint8Array[][] };

/** What the server asks the thread that writes the log. */
export type LogRequest =
  | { kind: 'append'; entries: readonly LogEntry[] }
  | { kind: 'fold'; draftId: string; fold: Fold };

/** What the server asks the thread that reads documents, and what it hears. */
export interface DocumentRequest {
  bytes: Uint8Array<ArrayBuffer>;
  name: string;
}
export type DocumentAnswer =
  | { document: ReadDocument }
  | { problem: string; noText: boolean; format: DocumentFormat | null };
/** Comments of a draft as a file for somebody. */
export interface SheetRequest {
  processId: string;
  draftId: string;
  userId: string;
  /** `all` leaves out what is private to the team. */
  audience: Visibility;
  format: 'csv' | 'xlsx';
}

/** Where threads and clauses of a draft stand now. */
export interface PlacesRequest {
  draftId: string;
  threads: Placed[];
  clauseIds: string[];
}
export interface Places {
  draftId: string;
  threads: Map<string, ThreadPlace>;
  /** What clauses are cited by; of headings their text. */
  clauses: Map<string, string>;
}

/** Links of a draft, and of which state of its log they are. */
export interface DraftLinks {
  state: string;
  links: ({
    recommendationId: string;
    clauseId: string;
    citation: string;
    relation: Relation;
    key: string;
  } & Authorship)[];
}

/** What a public link shows of where clauses come from: how many sources each has, or those of one. */
export interface TraceRequest {
  draftId: string;
  /** Null: of all how many. */
  clauseId: string | null;
}
/** `sources` is null where there is no such clause, or none was asked for. */
export interface PublicTrace {
  counts: Map<string, number>;
  sources: PublicSource[] | null;
}

/** A draft's footprint as a file. */
export interface FootprintExport {
  processId: string;
  draftId: string;
  /** Where the server is reached, and the moment of the request. */
  address: string;
  at: string;
  query: FootprintQuery;
}

/** What the server asks the thread that reads whole drafts. */
export type ReadRequest =
  | ({ kind: 'sheet' } & SheetRequest)
  | ({ kind: 'trace' } & TraceRequest)
  | { kind: 'places'; drafts: PlacesRequest[] }
  | { kind: 'links'; draftId: string }
  | { kind: 'state'; draftId: string }
  | { kind: 'restore'; draftId: string; versionId: string }
  | { kind: 'check'; place: TracePlace };

/** The edit that brings a draft back to a version. */
export interface Restored {
  /** The draft before it, as one update. */
  before: Uint8Array;
  /** Null when nothing differs. */
  update: Uint8Array | null;
  /** Where private threads stand then. */
  places: { threadId: string; clauseId: string; anchor: Anchor }[];
}

/** A draft whose links are to be checked. */
export interface TracePlace {
  processId: string;
  draftId: string;
}
/** What was found, so that the thread's answers can be told apart. */
export interface Findings {
  findings: Finding[];
}

/** What the server asks the thread that searches libraries; `draftIds` are those whose links count. */
export type LibraryRequest = { processId: string; draftIds: string[] } & (
  | { kind: 'export'; format: LibraryFormat }
  | { kind: 'search'; request: SearchRequest }
  | { kind: 'selection'; request: SearchRequest }
  | { kind: 'facets'; request: FacetsRequest }
  | { kind: 'sources'; request: SourcesSearch }
);

/** One of these, as it was asked. */
export interface LibraryAnswer {
  page?: SearchPage;
  selection?: Selection;
  facets?: Facets;
  hits?: SourcesHits;
  file?: Uint8Array;
}

/** What the server asks the thread that imports files: a form as it was sent. */
export interface ImportRequest {
  kind: 'sheet' | 'library';
  place: ImportPlace;
  body: Uint8Array<ArrayBuffer>;
  type: string;
}
/** One of these. */
export interface ImportAnswer {
  sheet?: ImportReport;
  library?: LibraryImportReport;
  refusal?: ImportRefusal;
}

/** What the server asks the thread that suggests links. */
export type SuggestRequest =
  | ({ kind: 'recommendations' } & ClauseAsked)
  | ({ kind: 'clauses' } & RecommendationAsked)
  | { kind: 'model' };

/** One of these, as it was asked. */
export interface SuggestAnswer {
  recommendations?: Suggestion[];
  clauses?: ClauseSuggestion[] | null;
  problem?: string | null;
}

/** Every request and answer between the server and a thread of its own: nothing here comes from outside the process. */
export interface Envelope<Request> {
  id: number;
  request: Request;
}
export interface Answer<Value> {
  id: number;
  value?: Value;
  error?: string;
}
