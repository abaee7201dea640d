/** The library of a process: search, facets, views, changes of many. */
export function LibraryPage() {
  return <h2>Library</h2>;
}
