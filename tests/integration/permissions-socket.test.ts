import { contentOf } from '@zerodraft/schema';
import * as sync from '@zerodraft/sync';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { DRAFT, until } from '../support/client.ts';
import { Person } from '../support/person.ts';
import { TestServer } from '../support/server.ts';

const PEOPLE = { facilitator: 'amara', drafter: 'mei', delegate: 'jonas', observer: 'leila' } as const;
const ROLES = ['facilitator', 'drafter', 'delegate', 'observer'] as const;
const EDITORS: readonly string[] = ['facilitator', 'drafter'];

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server?.remove());

/** A bare socket and all it hears. */
async function open(personId: string) {
  const { cookie } = await Person.demo(server, personId);
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/sync/${DRAFT}?status=1`, {
    headers: { cookie },
  });
  const heard: Uint8Array[] = [];
  let closed: number | null = null;
  socket.on('message', (data) => Buffer.isBuffer(data) && heard.push(new Uint8Array(data)));
  socket.on('close', (code) => {
    closed = code;
  });
  await new Promise((resolve) => socket.on('open', resolve));
  // The room's own question comes first: from here on it listens.
  await until(() => heard.length > 0);
  const types = () => heard.map((frame) => decoding.readVarUint(decoding.createDecoder(frame)));
  return { socket, heard, types, closed: () => closed };
}

function frame(...write: ((encoder: encoding.Encoder) => void)[]): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const step of write) step(encoder);
  return encoding.toUint8Array(encoder);
}
const uint = (value: number) => (encoder: encoding.Encoder) => encoding.writeVarUint(encoder, value);
const bytes = (value: Uint8Array) => (encoder: encoding.Encoder) =>
  encoding.writeVarUint8Array(encoder, value);

/** A change that the draft does not have: one more paragraph. */
function change(id: string): Uint8Array {
  const doc = new Y.Doc();
  const block = new Y.XmlElement('block');
  block.setAttribute('id', id);
  block.setAttribute('kind', 'paragraph');
  contentOf(doc).insert(0, [block]);
  return Y.encodeStateAsUpdate(doc);
}

/** Whether a fresh reader finds a block. */
async function isKept(id: string): Promise<boolean> {
  const reader = await open(PEOPLE.observer);
  const doc = new Y.Doc();
  reader.socket.send(frame(uint(0), uint(0), bytes(Y.encodeStateVector(doc))));
  const answer = () =>
    reader.heard.find((message) => {
      const decoder = decoding.createDecoder(message);
      return decoding.readVarUint(decoder) === 0 && decoding.readVarUint(decoder) === 1;
    });
  await until(() => answer() !== undefined);
  const decoder = decoding.createDecoder(answer() ?? new Uint8Array());
  decoding.readVarUint(decoder);
  decoding.readVarUint(decoder);
  Y.applyUpdate(doc, decoding.readVarUint8Array(decoder));
  reader.socket.close();
  return contentOf(doc)
    .toArray()
    .some((child) => child instanceof Y.XmlElement && child.getAttribute('id') === id);
}

/** What each message does for somebody of a role. */
const MESSAGES: Record<string, (role: (typeof ROLES)[number]) => Promise<void>> = {
  async MESSAGE_SYNC(role) {
    for (const subtype of [1, 2]) {
      const { socket, types } = await open(PEOPLE[role]);
      const id = `${role}-${subtype}`;
      socket.send(frame(uint(sync.MESSAGE_SYNC), uint(subtype), bytes(change(id))));
      // Frames are handled in order: the answer to this one tells that the change was looked at.
      socket.send(sync.encodeStatusRequest(1));
      await until(() => types().includes(sync.MESSAGE_STATUS));
      expect(types().includes(sync.MESSAGE_AUTH)).toBe(!EDITORS.includes(role));
      socket.close();
      expect(await isKept(id)).toBe(EDITORS.includes(role));
    }
  },
  async MESSAGE_AWARENESS(role) {
    const [sender, reader] = [await open(PEOPLE[role]), await open(PEOPLE.facilitator)];
    const doc = new Y.Doc();
    const awareness = new Awareness(doc);
    awareness.setLocalState({ user: { id: 'amara', name: 'Somebody else' }, mark: role });
    const update = encodeAwarenessUpdate(awareness, [doc.clientID]);
    sender.socket.send(frame(uint(sync.MESSAGE_AWARENESS), bytes(update)));
    const text = () => reader.heard.map((message) => Buffer.from(message).toString()).join('\n');
    await until(() => text().includes(`"${PEOPLE[role]}"`));
    expect(text()).not.toContain('Somebody else');
    awareness.destroy();
    for (const { socket } of [sender, reader]) socket.close();
  },
  async MESSAGE_QUERY_AWARENESS(role) {
    const { socket, types, heard } = await open(PEOPLE[role]);
    heard.length = 0;
    socket.send(frame(uint(sync.MESSAGE_QUERY_AWARENESS)));
    socket.send(sync.encodeStatusRequest(1));
    await until(() => types().includes(sync.MESSAGE_STATUS));
    expect(types().every((type) => [sync.MESSAGE_AWARENESS, sync.MESSAGE_STATUS].includes(type))).toBe(true);
    socket.close();
  },
  async MESSAGE_STATUS(role) {
    const { socket, types } = await open(PEOPLE[role]);
    socket.send(sync.encodeStatusRequest(1));
    await until(() => types().includes(sync.MESSAGE_STATUS));
    socket.close();
  },
  // Only the server says these.
  MESSAGE_AUTH: (role) => isRefused(role, sync.MESSAGE_AUTH),
  MESSAGE_NOTICE: (role) => isRefused(role, sync.MESSAGE_NOTICE),
  unknown: (role) => isRefused(role, 77),
};

async function isRefused(role: (typeof ROLES)[number], type: number): Promise<void> {
  const { socket, closed } = await open(PEOPLE[role]);
  socket.send(frame(uint(type), bytes(new Uint8Array([1]))));
  await until(() => closed() !== null);
  expect(closed()).toBe(sync.CLOSE.badMessage.code);
}

describe('every socket message', () => {
  it('is in the table', () => {
    const known = Object.keys(sync).filter((name) => name.startsWith('MESSAGE_'));
    expect([...known, 'unknown'].sort()).toEqual(Object.keys(MESSAGES).sort());
  });

  describe.each(Object.entries(MESSAGES))('%s', (_name, check) => {
    it.each(ROLES)('for the role %s', (role) => check(role));
  });
});
