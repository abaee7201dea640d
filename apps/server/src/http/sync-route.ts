import { upgradeWebSocket } from '@hono/node-server';
import { may } from '@zerodraft/contract';
import { CLOSE, type Participant, type Session } from '@zerodraft/sync';
import { Hono } from 'hono';
import { WebSocket } from 'ws';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';

/** Milliseconds between pings; a socket that misses one is gone. */
const PING_INTERVAL = 25_000;

/** The y-websocket endpoint: rights are read before the upgrade, frames go straight to the draft's room. */
export function syncRoute(services: Services) {
  const { db, rooms } = services;
  return new Hono<RouteEnv>().get(
    '/:draftId',
    permit(services, 'draft.read'),
    async (c, next) => {
      if (c.req.header('upgrade')?.toLowerCase() !== 'websocket') {
        return refuse(
          c,
          400,
          'not-a-socket',
          'This address speaks the y-websocket protocol; open it with a WebSocket.',
        );
      }
      return next();
    },
    upgradeWebSocket(async (c) => {
      const draftId = c.req.param('draftId') ?? '';
      const viewer = c.get('viewer');
      const draft = await db
        .selectFrom('draft')
        .select('generation')
        .where('id', '=', draftId)
        .executeTakeFirst();
      const wanted = c.req.query('generation');
      const sameGeneration = wanted === undefined || Number(wanted) === draft?.generation;
      const participant: Participant = {
        userId: viewer.id,
        name: viewer.name,
        color: viewer.color,
        mayEdit: may(viewer.role, 'draft.edit'),
        wantsStatus: c.req.query('status') === '1',
      };
      let session: Session | null = null;
      return {
        onOpen(_event, ws) {
          const socket = ws.raw;
          if (!(socket instanceof WebSocket)) return;
          if (!sameGeneration) {
            socket.close(CLOSE.otherGeneration.code, CLOSE.otherGeneration.reason);
            return;
          }
          session = attach(socket, draftId, participant);
        },
        onClose() {
          session?.close();
        },
      };
    }),
  );

  function attach(socket: WebSocket, draftId: string, participant: Participant): Session {
    const session = rooms.connect(
      draftId,
      {
        send: (message) => socket.send(message),
        close: ({ code, reason }) => socket.close(code, reason),
        get bufferedAmount() {
          return socket.bufferedAmount;
        },
      },
      participant,
    );
    socket.on('message', (data, isBinary) => {
      if (isBinary && Buffer.isBuffer(data)) session.receive(data);
      else socket.close(CLOSE.badMessage.code, CLOSE.badMessage.reason);
    });
    let answered = true;
    const timer = setInterval(() => {
      if (!answered) return socket.terminate();
      answered = false;
      socket.ping();
    }, PING_INTERVAL);
    socket.on('pong', () => {
      answered = true;
    });
    socket.on('close', () => clearInterval(timer));
    return session;
  }
}
