import type { LibraryFormat } from '@zerodraft/contract';
import { librarySheet, writeLibraryFile } from '@zerodraft/formats';
import type { RecommendationInput, TaxonomyName } from '@zerodraft/trace';
import type { Database } from '../db/database.ts';
import { Terms } from '../taxonomies/terms.ts';
import { exportFile } from '../threads/export-file.ts';
import { withLabels } from './repository.ts';
import { readStates } from './state.ts';

/** A process's library as a file: all that is neither merged nor deleted; as JSON with the taxonomies. */
export async function exportLibrary(
  db: Database,
  processId: string,
  format: LibraryFormat,
): Promise<Uint8Array> {
  const terms = await Terms.read(db, processId);
  const rows = (await readStates(db, processId, terms, 'live')).map((state): RecommendationInput => {
    const {
      id: _id,
      sourceId: _source,
      mergedIds: _merged,
      version: _version,
      ...input
    } = withLabels(state, terms, []);
    return input;
  });
  if (format !== 'json') return exportFile(librarySheet(rows), format, 'Recommendations');
  const listOf = (taxonomy: TaxonomyName) =>
    terms.rows
      .filter((row) => row.taxonomy === taxonomy && row.mergedIntoId === null)
      .map(({ label, retiredAt }) => ({ label, retired: retiredAt !== null }));
  const taxonomies = {
    themes: listOf('themes'),
    dimensions: listOf('dimensions'),
    kinds: listOf('kinds'),
    stakeholderKinds: listOf('stakeholderKinds'),
    regions: listOf('regions'),
  };
  return Buffer.from(writeLibraryFile(taxonomies, rows));
}
