// Apart from the package's other readers: what this needs is heavy and belongs on the server.
export { readDocument } from './read-document.ts';
