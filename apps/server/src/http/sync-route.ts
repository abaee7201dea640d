import { upgradeWebSocket } from '@hono/node-server';
import { may, signature } from '@zerodraft/contract';
import { CLOSE, type Close, type Participant, type Session } from '@zerodraft/sync';
import { Hono } from 'hono';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { WebSocket } from 'ws';
import { rightsKey } from '../members/standing.ts';
import { permit, type RouteEnv, refuse, type Services } from './context.ts';

/** Milliseconds a client has to answer a closing. */
const CLOSE_TIMEOUT = 5_000;
/** Seconds over which the budget of frames is counted: a burst, as after a break, is no flood. */
const BUDGET_SECONDS = 10;
/** Frames counted at once: looking at the budget for each would cost more than most frames do. */
const STRIDE = 20;

/** The y-websocket endpoint: rights are read before the upgrade, frames go straight to the draft's room. */
export function syncRoute(services: Services) {
  const { visits, rooms, watch, metrics, config } = services;
  const frames = new RateLimiterMemory({
    points: config.messagesPerSecond * BUDGET_SECONDS,
    duration: BUDGET_SECONDS,
  });
  let sockets = 0;
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
    upgradeWebSocket((c) => {
      const viewer = c.get('viewer');
      const { circumstances } = c.get('standing');
      const draftId = c.req.param('draftId') ?? '';
      const wanted = c.req.query('generation');
      const generation = wanted === undefined ? null : Number(wanted);
      const participant: Participant = {
        userId: viewer.id,
        name: signature(viewer),
        color: viewer.color,
        mayEdit: may(viewer.role, 'draft.edit', { ...circumstances, now: new Date() }),
        wantsStatus: c.req.query('status') === '1',
      };
      const { draft, process } = circumstances;
      const key = rightsKey(viewer.role, draft?.state ?? '', process?.state ?? '');
      const rights = { sessionId: c.get('sessionId'), userId: viewer.id, draftId, key };
      let detach: (() => void) | null = null;
      return {
        onOpen(_event, ws) {
          const socket = ws.raw;
          if (!(socket instanceof WebSocket)) return;
          const session = attach(socket, draftId, participant, generation);
          const close = closer(socket);
          const unwatch = watch.add({ ...rights, close });
          visits.note(draftId, viewer.id);
          detach = () => {
            unwatch();
            session.close();
          };
        },
        onClose() {
          detach?.();
        },
      };
    }),
  );

  function attach(
    socket: WebSocket,
    draftId: string,
    participant: Participant,
    generation: number | null,
  ): Session {
    const close = closer(socket);
    const session = rooms.connect(
      draftId,
      {
        send: (message) => socket.send(message),
        close,
        get bufferedAmount() {
          return socket.bufferedAmount;
        },
      },
      participant,
      generation,
    );
    const budget = `${++sockets}`;
    let open = true;
    let uncounted = 0;
    socket.on('message', (data, isBinary) => {
      if (!open) return;
      uncounted += 1;
      if (uncounted >= STRIDE) {
        frames.consume(budget, uncounted).catch(() => {
          if (!open) return;
          open = false;
          metrics.refused(draftId, CLOSE.flood.reason);
          close(CLOSE.flood);
        });
        uncounted = 0;
      }
      if (isBinary && Buffer.isBuffer(data)) session.receive(data);
      else close(CLOSE.badMessage);
    });
    let answered = true;
    const timer = setInterval(() => {
      if (!answered) return socket.terminate();
      answered = false;
      socket.ping();
    }, config.pingInterval);
    socket.on('pong', () => {
      answered = true;
    });
    // Frames that ws itself refuses (too large, malformed) end the socket with a code of its own.
    socket.on('error', () => metrics.refused(draftId, 'bad-frame'));
    socket.on('close', () => clearInterval(timer));
    return session;
  }
}

/** Closes a socket, and ends it when the other side does not answer the closing. */
function closer(socket: WebSocket): (close: Close) => void {
  return ({ code, reason }) => {
    socket.close(code, reason);
    setTimeout(() => socket.terminate(), CLOSE_TIMEOUT).unref();
  };
}
