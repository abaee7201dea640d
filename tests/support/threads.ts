import { expect } from 'vitest';
import { DRAFT } from './client.ts';
import type { Answer, Person } from './person.ts';

export const THREADS = `/api/drafts/${DRAFT}/threads`;

/** A new thread as a client sends it: on the whole draft unless told otherwise. */
export function threadOn(fields: Record<string, unknown> = {}) {
  return {
    id: crypto.randomUUID(),
    commentId: crypto.randomUUID(),
    kind: 'draft',
    body: 'A remark',
    ...fields,
  };
}

/** Starts a thread. @returns it as it was sent */
export async function start(person: Person, fields: Record<string, unknown> = {}) {
  const thread = threadOn(fields);
  expect((await person.post(THREADS, thread)).status).toBe(201);
  return thread;
}

/** Replies. @returns the comment's id */
export async function reply(person: Person, threadId: string, body: string): Promise<string> {
  const id = crypto.randomUUID();
  expect((await person.post(`${THREADS}/${threadId}/comments`, { id, body })).status).toBe(201);
  return id;
}

/** The threads as somebody finds them, by id. */
export async function threadsOf(person: Person, since = ''): Promise<Map<string, Answer['body']>> {
  const { body } = await person.get(since === '' ? THREADS : `${THREADS}?since=${encodeURIComponent(since)}`);
  return new Map(body.threads.map((thread: { id: string }) => [thread.id, thread]));
}
