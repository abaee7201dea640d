import { TestServer } from '../../support/server.ts';
import { searchDocuments } from './documents.ts';
import { importLibraries } from './imports.ts';
import { type Figure, GOALS, RUNS } from './measure.ts';
import { searchLibrary } from './recommendations.ts';
import { searchUnspaced } from './unspaced.ts';

/** Recommendations, and documents beside them, in ascending order. */
const SIZES = [300, 3_000, 20_000] as const;
const DOCUMENTS = [30, 300, 2_000] as const;
/** Milliseconds after which the bench gives up. */
const LIMIT = 10 * 60_000;

/** A line for each figure: its median and 95th percentile in each size, and how the median grows from the least to the most. */
function print(sizes: readonly number[], results: readonly Figure[][]): void {
  console.log(['what'.padEnd(30), ...sizes.map((size) => String(size).padStart(16)), 'growth'].join('  '));
  for (const [index, first] of (results[0] ?? []).entries()) {
    const figures = results.map((figuresOf) => figuresOf[index]);
    const cells = figures.map((figure) =>
      `${figure?.median.toFixed(1)} (${figure?.p95.toFixed(1)})`.padStart(16),
    );
    const growth = (figures.at(-1)?.median ?? 0) / first.median;
    console.log([first.name.padEnd(30), ...cells, `${growth.toFixed(1)} x`].join('  '));
  }
  console.log('');
}

async function run(server: TestServer): Promise<boolean> {
  if (process.argv.includes('imports')) {
    console.table(await importLibraries(server));
    return true;
  }
  const library: Figure[][] = [];
  for (const size of SIZES)
    library.push([...(await searchLibrary(server, size)), ...(await searchUnspaced(server, size))]);
  const documents: Figure[][] = [];
  for (const count of DOCUMENTS) documents.push(await searchDocuments(server, count));
  console.log(`\nmedian (p95) in ms of ${RUNS} requests one after the other, over HTTP\n`);
  console.log('recommendations');
  print(SIZES, library);
  console.log('documents of fifty paragraphs, beside all of these');
  print(DOCUMENTS, documents);
  console.log('an import of 20,000 rows, and the slowest of what others did beside it (ms)');
  console.table(
    (await importLibraries(server)).map((figure) =>
      Object.fromEntries(
        Object.entries(figure).map(([name, value]) => [
          name,
          typeof value === 'number' ? Number(value.toFixed(1)) : value,
        ]),
      ),
    ),
  );
  const most = [...(library.at(-1) ?? []), ...(documents.at(-1) ?? [])];
  const missed = most.filter(({ kind, median }) => kind !== null && median > GOALS[kind]);
  console.log(
    missed.length === 0
      ? `Goals reached: search under ${GOALS.search} ms, facets under ${GOALS.facets} ms. All answers were right.`
      : `Goals missed: ${missed.map(({ name, median }) => `${name} ${median.toFixed(1)} ms`).join(', ')}.`,
  );
  return missed.length === 0;
}

const server = await TestServer.start();
setTimeout(() => {
  console.error(`The bench is not over after ${LIMIT / 60_000} minutes.`);
  process.exit(1);
}, LIMIT).unref();
try {
  if (!(await run(server))) process.exitCode = 1;
} catch (error) {
  console.error(`The bench failed.\n${server.output}`, error);
  process.exitCode = 1;
} finally {
  await server.remove();
  process.exit();
}
