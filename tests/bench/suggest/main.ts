import { ClauseIndex, RecommendationIndex } from '@zerodraft/trace/suggest';
import { madeUp } from '../library/made-up.ts';

const lib = madeUp(5000);
let t = performance.now();
const index = new RecommendationIndex();
for (const r of lib.recommendations)
  index.put({
    id: r.reference,
    title: r.title,
    text: r.text,
    terms: { themes: r.themes, dimensions: r.dimensions, kinds: [r.kind] },
  });
console.log('index', performance.now() - t);
const clauses = lib.recommendations.slice(0, 1000).map((r) => r.text.split('.')[1] ?? '');
const times: number[] = [];
for (const text of clauses.slice(0, 100)) {
  t = performance.now();
  index.suggest(
    {
      text,
      place: { heading: clauses[3] ?? '', leads: [clauses[5] ?? ''] },
      linked: new Set(),
      nearby: lib.recommendations.slice(0, 30).map((r) => r.reference),
    },
    10,
  );
  times.push(performance.now() - t);
}
times.sort((a, b) => a - b);
console.log('suggest', times[50], times[95]);
t = performance.now();
const ci = new ClauseIndex(clauses.map((text, i) => ({ id: String(i), kind: 'paragraph' as const, text })));
console.log('clause index', performance.now() - t);
const t2: number[] = [];
for (const r of lib.recommendations.slice(0, 60)) {
  t = performance.now();
  ci.suggest(
    {
      id: r.reference,
      title: r.title,
      text: r.text,
      terms: { themes: r.themes, dimensions: r.dimensions, kinds: [r.kind] },
    },
    [],
    index,
    10,
  );
  t2.push(performance.now() - t);
}
t2.sort((a, b) => a - b);
console.log('clauses', t2[30], t2[57]);
