import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { NO_EVENTS, type RoomLimits } from './interfaces.ts';
import { MemoryLog } from './memory-log.ts';
import { FaultingLog, NO_RULES, person, until, WireClient } from './room-support.ts';
import { Rooms } from './rooms.ts';

const open: Rooms[] = [];
afterEach(async () => {
  for (const rooms of open.splice(0)) await rooms.shutdown();
});

function setup(limits: Partial<RoomLimits> = {}, rules = NO_RULES) {
  const memory = new MemoryLog();
  memory.create('d');
  const log = new FaultingLog(memory);
  const closings = { count: 0 };
  const closed = (): void => {
    closings.count += 1;
  };
  const rooms = new Rooms(log, rules, {
    events: { ...NO_EVENTS, closed },
    limits: { commitDelay: 5, retry: 5, presenceDelay: 5, presenceDelayAlone: 5, ...limits },
  });
  open.push(rooms);
  const join = async (name: string, rights = {}): Promise<WireClient> => {
    const client = new WireClient(rooms, 'd', person(name, rights));
    client.connect();
    await until(() => client.inbox.length >= 2);
    client.deliver();
    return client;
  };
  return { memory, log, rooms, closings, join };
}

describe('durability', () => {
  it('DUR-1 DUR-3 ACK-2 ACK-3 says durable only after the log has it, and passes updates on before', async () => {
    const { memory, log, join } = setup();
    const [a, b] = [await join('a'), await join('b')];
    log.fault = 'no space left';
    a.type('x');
    const n = a.ask();
    await until(() => b.inbox.length > 0);
    b.deliver();
    expect(b.text).toBe('x');
    await until(() => a.inbox.length > 1);
    a.deliver();
    expect([a.durable, a.failure]).toEqual([0, 'no space left']);
    expect((await memory.read('d')).tail).toHaveLength(0);
    log.fault = null;
    await until(() => {
      a.deliver();
      return a.durable === n;
    });
    expect([a.failure, (await memory.read('d')).tail.length]).toEqual(['', 1]);
  });

  it('DUR-2 updates of several drafts that arrive together share one commit; CMP-5 empty ones are not stored', async () => {
    const { memory, log, rooms, join } = setup();
    memory.create('other');
    const a = await join('a');
    const b = new WireClient(rooms, 'other', person('b'));
    b.connect();
    await until(() => b.inbox.length >= 2);
    b.deliver();
    expect(log.appends).toEqual([]);
    a.type('x');
    b.type('y');
    const n = a.ask();
    await until(() => {
      a.deliver();
      return a.durable === n;
    });
    expect(log.appends).toEqual([2]);
    // An empty update, as a client answers that has nothing.
    b.send(Uint8Array.of(0, 2, 2, 0, 0));
    a.type('z');
    const again = a.ask();
    await until(() => {
      a.deliver();
      return a.durable === again;
    });
    expect(log.appends).toEqual([2, 1]);
  });

  it('DUR-5 a draft that cannot be written holds up no other', async () => {
    const { memory, rooms } = setup();
    memory.create('other');
    const gone = new WireClient(rooms, 'd', person('a'));
    const fine = new WireClient(rooms, 'other', person('b'));
    for (const client of [gone, fine]) {
      client.connect();
      await until(() => client.inbox.length >= 2);
      client.deliver();
    }
    // The draft's row is gone from the storage while it is open here.
    const read = await memory.read('d');
    memory.remove('d');
    gone.type('x');
    fine.type('y');
    gone.ask();
    const n = fine.ask();
    await until(() => {
      gone.deliver();
      fine.deliver();
      return fine.durable === n && gone.failure !== '';
    });
    expect(gone.durable).toBe(0);
    memory.create('d', read.generation);
    await until(() => {
      gone.deliver();
      return gone.durable > 0;
    });
  });

  it('DUR-6 with a damaged record it serves reads, acknowledges nothing, says why, and recovers', async () => {
    const { memory, join } = setup();
    const doc = new Y.Doc();
    doc.getText('t').insert(0, 'kept');
    const entry = { draftId: 'd', generation: 1, userId: null };
    await memory.append([{ ...entry, update: Y.encodeStateAsUpdate(doc) }]);
    await memory.append([{ ...entry, update: Y.encodeStateAsUpdate(doc) }]);
    await memory.corrupt('d');
    const a = await join('a');
    expect(a.text).toBe('kept');
    a.type('!');
    const n = a.ask();
    await until(() => {
      a.deliver();
      return a.failure !== '';
    });
    expect(a.failure).toMatch(/record \d+ of this draft is damaged/);
    expect(a.durable).toBe(0);
    const { tail } = await memory.read('d');
    await memory.drop('d', tail[1]?.id ?? 0);
    await until(() => {
      a.deliver();
      return a.durable === n;
    });
    expect(a.failure).toBe('');
    expect((await memory.read('d')).tail).toHaveLength(2);
  });

  it('DUR-4 CMP-1 CMP-2 CMP-3 folds a tail that outweighs its snapshot, keeps who wrote when, and opens the same', async () => {
    const { memory, rooms, join } = setup({ foldBytes: 200, idle: 1 });
    const a = await join('a');
    for (let i = 0; i < 60; i += 1) a.type(`word ${i} `);
    await until(() => {
      a.ask();
      a.deliver();
      return a.durable > 0;
    });
    const { text } = a;
    a.disconnect();
    const history = () => memory.history('d');
    await until(() => true);
    await rooms.shutdown();
    const stored = await memory.read('d');
    expect(stored.snapshot).not.toBeNull();
    expect((await history()).map(({ userId }) => userId)).toContain('a');
    const fresh = new Rooms(memory, NO_RULES);
    open.push(fresh);
    const again = new WireClient(fresh, 'd', person('b'));
    again.connect();
    await until(() => again.inbox.length >= 2);
    again.deliver();
    expect(again.text).toBe(text);
  });
});

describe('rights', () => {
  it('RGT-6 what is written on somebody’s behalf is theirs, reaches all, merges, and is durable or not taken', async () => {
    const { memory, log, rooms, join } = setup();
    const [a, b] = [await join('a'), await join('b')];
    a.type('x');
    await until(() => b.inbox.length > 0);
    b.deliver();
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(b.doc));
    const updates: Uint8Array[] = [];
    copy.on('update', (update: Uint8Array) => updates.push(update));
    copy.getText('t').insert(0, 'restored ');
    const [update] = updates;
    if (!update) throw new Error('nothing was written');
    a.type('y');
    await rooms.write('d', update, 'somebody');
    const { tail } = await memory.read('d');
    expect(tail.map(({ userId }) => userId)).toEqual(['a', 'a', 'somebody']);
    await until(() => {
      for (const client of [a, b]) client.deliver();
      return [a, b].every(({ text }) => text.includes('restored') && text.includes('y'));
    });
    expect(a.text).toBe(b.text);
    log.fault = 'no space left';
    a.type('z');
    await until(() => {
      a.deliver();
      return a.failure !== '';
    });
    await expect(rooms.write('d', update, 'somebody')).rejects.toThrow('no space left');
    log.fault = null;
    await rooms.settled('d');
    await expect(rooms.write('d', Uint8Array.of(1, 2, 3), 'somebody')).rejects.toThrow();
    expect((await memory.read('d')).tail).toHaveLength(4);
  });

  it('RGT-1 RGT-2 a reader’s update is answered, not applied, not sent on', async () => {
    const { memory, join } = setup();
    const [writer, reader] = [await join('a'), await join('b', { mayEdit: false })];
    writer.inbox.length = 0;
    reader.type('no');
    await until(() => reader.inbox.some((message) => message[0] === 2));
    expect(writer.inbox.filter((message) => message[0] === 0)).toEqual([]);
    expect((await memory.read('d')).tail).toEqual([]);
  });

  it('LIF-1 a copy of another generation is not merged', async () => {
    const { rooms } = setup();
    const old = new WireClient(rooms, 'd', person('a'));
    old.connect(7);
    await until(() => old.closed !== null);
    expect(old.closed?.reason).toBe('other-generation');
    expect(old.inbox).toEqual([]);
  });
});

describe('bounds', () => {
  it('BND-1 BND-2 a slow reader first misses presence, then is closed; no update is skipped for it', async () => {
    const { join } = setup({ maxBufferedPresence: 100, maxBuffered: 1_000 });
    const [fast, slow] = [await join('a'), await join('b')];
    slow.buffered = 500;
    slow.inbox.length = 0;
    fast.send(Uint8Array.from([1, 6, 1, 5, 1, 2, 123, 125]));
    fast.type('1');
    await until(() => slow.inbox.length > 0);
    expect(slow.inbox.every((message) => message[0] === 0)).toBe(true);
    slow.buffered = 5_000;
    fast.type('2');
    await until(() => slow.closed !== null);
    expect(slow.closed).toMatchObject({ code: 1013, reason: 'too-slow' });
    slow.buffered = 0;
    slow.connect();
    await until(() => {
      slow.deliver();
      return slow.text === '12';
    });
  });

  it('BND-3 frames before the draft is read wait within a bound', async () => {
    const { rooms } = setup({ maxQueued: 3 });
    const client = new WireClient(rooms, 'd', person('a'));
    client.connect();
    for (let i = 0; i < 4; i += 1) client.send(Uint8Array.of(3));
    expect(client.closed).toMatchObject({ reason: 'flood' });
  });

  it('BND-4 LIF-2 parallel first joiners share one load and one encoding', async () => {
    const { log, rooms } = setup();
    const clients = Array.from({ length: 5 }, (_, index) => new WireClient(rooms, 'd', person(`p${index}`)));
    for (const client of clients) client.connect();
    await until(() => clients.every(({ inbox }) => inbox.length >= 2));
    expect(log.reads).toBe(1);
    const states = clients.map(({ inbox }) => inbox[1]);
    expect(new Set(states).size).toBe(1);
  });

  it('BND-6 an idle draft rests: readers and who comes back are served from its bytes, an edit wakes it', async () => {
    const { rooms, join } = setup({ rest: 1 });
    const a = await join('a');
    a.type('kept');
    const room = await rooms.open('d');
    expect(room.awake).toBe(true);
    await until(() => !room.awake);
    const b = await join('b', { mayEdit: false });
    expect(b.text).toBe('kept');
    a.disconnect();
    a.connect();
    await until(() => a.inbox.length >= 2);
    a.deliver();
    expect(room.awake).toBe(false);
    a.type(' and changed');
    await until(() => {
      b.deliver();
      return b.text === 'kept and changed';
    });
  });

  it('BND-5 updates of one tick go out as one message', async () => {
    const { join } = setup();
    const [a, b] = [await join('a'), await join('b')];
    b.inbox.length = 0;
    for (const letter of 'abcdef') a.type(letter);
    await until(() => b.inbox.length > 0);
    expect(b.inbox).toHaveLength(1);
    b.deliver();
    expect(b.text).toBe('abcdef');
  });

  it('LIM-3 a person has a bounded number of sockets', async () => {
    const { rooms, join } = setup({ maxConnectionsPerUser: 2 });
    const [first] = [await join('a'), await join('a')];
    const third = new WireClient(rooms, 'd', person('a'));
    third.connect();
    expect(third.closed).toMatchObject({ reason: 'too-many-connections' });
    first.disconnect();
    third.connect();
    expect(third.closed).toBeNull();
  });

  it('LIM-2 an update larger than the limit ends the socket and changes nothing', async () => {
    const { memory, join } = setup({ maxUpdate: 100 });
    const a = await join('a');
    a.type('x'.repeat(500));
    expect(a.closed).toMatchObject({ reason: 'update-too-large' });
    expect((await memory.read('d')).tail).toEqual([]);
  });

  it('BND-7 what waits to be saved is bounded; what comes then stays at the client', async () => {
    const { log, join } = setup({ maxUnsaved: 50 });
    const a = await join('a');
    log.fault = 'no space left';
    a.type('a first change of more than fifty bytes, which waits to be saved');
    a.type('a second one');
    expect(a.closed).toMatchObject({ code: 1013, reason: 'cannot-save' });
    log.fault = null;
    await until(() => log.appends.length > 0);
    a.connect();
    await until(() => {
      a.deliver();
      a.ask();
      return a.durable > 0;
    });
    expect(a.text).toContain('a second one');
  });

  it('LIF-3 a quiet connection hears something', async () => {
    const { join } = setup({ keepAlive: 15 });
    const a = await join('a');
    await until(() => a.inbox.some((message) => message.length === 3 && message[0] === 1));
  });

  it('LIF-4 an idle draft is closed once it is durable and opens again as it was, also for who comes meanwhile', async () => {
    const { closings, join } = setup({ idle: 1 });
    const a = await join('a');
    a.type('kept');
    a.disconnect();
    for (let round = 0; closings.count < 10; round += 1) {
      const b = await join('b');
      expect(b.text).toBe('kept');
      b.disconnect();
      const before = closings.count;
      // Every second round comes back while the room may be closing.
      if (round % 2 === 0) await until(() => closings.count > before);
      else await new Promise((resolve) => setImmediate(resolve));
    }
  });
});
