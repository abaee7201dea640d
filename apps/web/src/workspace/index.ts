export { CoveragePage } from '../coverage/coverage-page.tsx';
export { IntegrityPage } from '../links/integrity-page.tsx';
export { SheetPage } from '../sheet/sheet-page.tsx';
export { VersionsPage } from '../versions/versions-page.tsx';
export { DraftPage } from './draft-page.tsx';
export { Workspace } from './workspace.tsx';
