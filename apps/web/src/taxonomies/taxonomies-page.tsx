/** The vocabularies of a process. */
export function TaxonomiesPage() {
  return <h2>Taxonomies</h2>;
}
