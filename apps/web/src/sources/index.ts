export { ReaderPage } from './reader-page.tsx';
export { SourcesPage } from './sources-page.tsx';
