import type {
  Facets,
  FacetsRequest,
  LibraryFormat,
  SearchPage,
  SearchRequest,
  Selection,
  SourcesHits,
  SourcesSearch,
} from '@zerodraft/contract';
import type { LibrarySearch, SearchPlace } from '../library/search/library-search.ts';
import type { LibraryAnswer, LibraryRequest } from './messages.ts';
import { WorkerClient } from './worker-client.ts';

const wrong = (): Error => new Error('the thread that searches libraries answered something else');
const placeOf = ({ processId, draftIds }: SearchPlace) => ({ processId, draftIds: [...draftIds] });

/** Searches in a thread with a connection of its own: counting a large library holds up nobody's typing. */
export class LibraryClient implements LibrarySearch {
  readonly #worker: WorkerClient<LibraryRequest, LibraryAnswer>;

  /** @param file the database */
  constructor(file: string) {
    this.#worker = new WorkerClient('library-worker.js', file);
  }

  async search(place: SearchPlace, request: SearchRequest): Promise<SearchPage> {
    const { page } = await this.#worker.call({ kind: 'search', ...placeOf(place), request });
    if (!page) throw wrong();
    return page;
  }

  async selection(place: SearchPlace, request: SearchRequest): Promise<Selection> {
    const { selection } = await this.#worker.call({ kind: 'selection', ...placeOf(place), request });
    if (!selection) throw wrong();
    return selection;
  }

  async facets(place: SearchPlace, request: FacetsRequest): Promise<Facets> {
    const { facets } = await this.#worker.call({ kind: 'facets', ...placeOf(place), request });
    if (!facets) throw wrong();
    return facets;
  }

  /** Searches in the texts of all sources. */
  async sources(processId: string, request: SourcesSearch): Promise<SourcesHits> {
    const { hits } = await this.#worker.call({ kind: 'sources', processId, draftIds: [], request });
    if (!hits) throw wrong();
    return hits;
  }

  /** The whole library as a file. */
  async file(processId: string, format: LibraryFormat): Promise<Uint8Array> {
    const { file } = await this.#worker.call({ kind: 'export', processId, draftIds: [], format });
    if (!file) throw wrong();
    return file;
  }

  close(): Promise<void> {
    return this.#worker.close();
  }
}
