// Apart from the package's other writers: what this needs is heavy and belongs on the server.

export type { LinkMaker, ProvPlace } from './prov.ts';
export type { ReportFacts } from './report.ts';
export { type FootprintFile, type FootprintRequest, writeFootprint } from './write-footprint.ts';
