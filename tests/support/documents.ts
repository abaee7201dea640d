import { randomUUID } from 'node:crypto';
import type { Source } from '@zerodraft/contract';
import { until } from './client.ts';
import type { Answer, Person } from './person.ts';

export const SOURCES = '/api/processes/global-compact-sample/sources';

/** Uploads the bytes of a file as a source's document. */
export async function upload(
  person: Person,
  sourceId: string,
  bytes: Uint8Array | string,
  name: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(
    `${person.server.url}${SOURCES}/${sourceId}/file?name=${encodeURIComponent(name)}`,
    {
      method: 'PUT',
      headers: {
        origin: person.server.url,
        cookie: person.cookie,
        'content-type': 'application/octet-stream',
        ...headers,
      },
      body: typeof bytes === 'string' ? bytes : new Uint8Array(bytes),
    },
  );
  return { status: response.status, body: await response.json(), headers: response.headers };
}

/** A new source; returns its id. */
export async function newSource(person: Person, fields: object = {}): Promise<string> {
  const id = randomUUID();
  const { status, body } = await person.post(SOURCES, { id, ...fields });
  if (status !== 201) throw new Error(`a new source answered ${status}: ${body.error}`);
  return id;
}

/** A source as somebody sees it. */
export async function sourceOf(person: Person, id: string): Promise<Source> {
  const { body } = await person.get(`${SOURCES}/${id}`);
  return body.source;
}

/** Waits until a source's document has been read, or found unreadable. */
export async function settled(person: Person, id: string): Promise<Source> {
  await until(async () => (await sourceOf(person, id)).state !== 'reading');
  return sourceOf(person, id);
}

/** A new source with a document that has been read. */
export async function readSource(
  person: Person,
  bytes: Uint8Array | string,
  name: string,
  fields: object = {},
): Promise<Source> {
  const id = await newSource(person, fields);
  const { status, body } = await upload(person, id, bytes, name);
  if (status !== 200) throw new Error(`an upload answered ${status}: ${body.error}`);
  return settled(person, id);
}
