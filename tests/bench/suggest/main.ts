import { join } from 'node:path';
import { LabelError, type Labelled, readFolder, readLabelled } from './labelled.ts';
import { qualityOf } from './quality.ts';
import { timesOf } from './times.ts';

/** Milliseconds that a suggestion may take at 5,000 recommendations. */
const GOAL = 100;
/** Milliseconds after which the bench gives up. */
const LIMIT = 10 * 60_000;
const SAMPLE = join(import.meta.dirname, '../../apps/server/sample');

function printQuality(labelled: Labelled): void {
  const { name, library, cases } = labelled;
  const links = cases.reduce((sum, { recommendations }) => sum + recommendations.length, 0);
  console.log(
    `\n${name}: ${cases.length} clauses with ${links} links to ${library.length} recommendations\n`,
  );
  console.log(`${''.padEnd(44)}  recall at 10  mean reciprocal rank  listed`);
  for (const { name: ranking, recall, reciprocal, listed } of qualityOf(labelled)) {
    const cells = [
      recall.toFixed(3).padStart(12),
      reciprocal.toFixed(3).padStart(20),
      listed.toFixed(1).padStart(6),
    ];
    console.log([ranking.padEnd(44), ...cells].join('  '));
  }
}

setTimeout(() => {
  console.error(`The bench is not over after ${LIMIT / 60_000} minutes.`);
  process.exit(1);
}, LIMIT).unref();
try {
  const [file, libraryFile = null] = process.argv.slice(2);
  const sample = { ...(await readFolder(SAMPLE)), name: 'the sample process' };
  if (file !== undefined) {
    printQuality(await readLabelled(file, libraryFile, sample));
  } else {
    printQuality(sample);
    const { times, first } = await timesOf();
    console.log(
      '\n5,000 recommendations, 1,000 clauses, 20,000 links: ms of 200 requests one after the other, over HTTP\n',
    );
    console.log(`${''.padEnd(44)}  median     p95`);
    for (const { name, median, p95 } of times)
      console.log(`${name.padEnd(44)}  ${median.toFixed(1).padStart(6)}  ${p95.toFixed(1).padStart(6)}`);
    console.log(
      `\nThe first request, which indexes the library and reads the draft: ${first.toFixed(0)} ms.`,
    );
    const missed = times.filter(({ p95 }) => p95 > GOAL);
    if (missed.length > 0) {
      console.log(`\nGoal of ${GOAL} ms missed at p95: ${missed.map(({ name }) => name).join(', ')}.`);
      process.exitCode = 1;
    }
  }
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  console.error(error instanceof LabelError ? message : `The bench failed. ${message}`);
  process.exitCode = 1;
}
process.exit();
