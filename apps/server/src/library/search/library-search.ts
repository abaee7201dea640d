import type { Facets, FacetsRequest, SearchPage, SearchRequest, Selection } from '@zerodraft/contract';

/** Whose library is searched, and which drafts' links count. */
export interface SearchPlace {
  processId: string;
  draftIds: readonly string[];
}

/** Search in a process's library; each kind of database has one of its own. */
export interface LibrarySearch {
  /** One page of what is found, with the number of all. */
  search(place: SearchPlace, request: SearchRequest): Promise<SearchPage>;
  /** How many are found by each value of each facet, as if that facet's own filter were off. */
  facets(place: SearchPlace, request: FacetsRequest): Promise<Facets>;
  /** All that is found, up to what a bulk edit takes. */
  selection(place: SearchPlace, request: SearchRequest): Promise<Selection>;
}
