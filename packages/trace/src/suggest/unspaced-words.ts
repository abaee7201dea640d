import { stopwords as japaneseStops } from '@orama/stopwords/japanese';
import { stopwords as chineseStops } from '@orama/stopwords/mandarin';
import { unspacedRuns } from '../unspaced.ts';

const STOPS: ReadonlySet<string> = new Set([...chineseStops, ...japaneseStops]);
// Looking for words takes the segmenter a hundred times as long as spaces do: it is asked only where there are none.
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** The words of a text that say something, in writings without spaces, as ICU's dictionaries part them. */
export function unspacedWords(text: string): string[] {
  return unspacedRuns(text.normalize('NFKC')).flatMap((run) =>
    [...segmenter.segment(run)].flatMap(({ segment, isWordLike }) =>
      isWordLike && !STOPS.has(segment) ? segment : [],
    ),
  );
}
