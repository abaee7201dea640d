import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { MARK_END, MARK_START, searchPage } from '@zerodraft/contract';
import { client, read } from '../api-client.ts';

/** Recommendations that a search in a dialog or a text shows. */
const SHOWN = 8;

const MARKS = new RegExp(`[${MARK_START}${MARK_END}]`, 'g');

/** A few recommendations with these words, the best first; without words none. */
export const findQuery = (processId: string, words: string) =>
  queryOptions({
    queryKey: ['recommendations', processId, 'find', words],
    enabled: words !== '',
    placeholderData: words === '' ? undefined : keepPreviousData,
    queryFn: async () => {
      const response = await client.processes[':processId'].library.search.$post({
        param: { processId },
        json: { q: words.slice(0, 200), limit: SHOWN },
      });
      const { items, total } = await read(response, searchPage);
      return { total, items: items.map((item) => ({ ...item, title: item.title.replace(MARKS, '') })) };
    },
  });
