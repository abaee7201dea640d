import type { DocumentFormat, ReadDocument } from '@zerodraft/formats';
import type { Fold, LogEntry } from '@zerodraft/sync';

/** What the server asks its merge thread. */
export type MergeRequest =
  | { kind: 'whole'; updates: Uint8Array[] }
  | { kind: 'groups'; groups: Uint8Array[][] };

/** What the server asks the thread that writes the log. */
export type LogRequest =
  | { kind: 'append'; entries: readonly LogEntry[] }
  | { kind: 'fold'; draftId: string; fold: Fold };

/** What the server asks the thread that reads documents, and what it hears. */
export interface DocumentRequest {
  bytes: Uint8Array<ArrayBuffer>;
  name: string;
}
export type DocumentAnswer =
  | { document: ReadDocument }
  | { problem: string; noText: boolean; format: DocumentFormat | null };

/** Every request and answer between the server and a thread of its own: nothing here comes from outside the process. */
export interface Envelope<Request> {
  id: number;
  request: Request;
}
export interface Answer<Value> {
  id: number;
  value?: Value;
  error?: string;
}
