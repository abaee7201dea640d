import type { RoomEvents } from '@zerodraft/sync';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Logger } from './logger.ts';

/** What the rooms do, counted for Prometheus and logged without names or text. */
export class Metrics implements RoomEvents {
  readonly registry = new Registry();
  readonly #rooms = this.#gauge('zerodraft_rooms', 'Drafts that are open');
  readonly #updates = this.#counter('zerodraft_updates_total', 'Updates applied');
  readonly #bytes = this.#counter('zerodraft_update_bytes_total', 'Bytes of updates applied');
  readonly #refused = new Counter({
    name: 'zerodraft_refused_total',
    help: 'Frames and updates not taken, by reason',
    labelNames: ['reason'],
    registers: [this.registry],
  });
  readonly #dropped = this.#counter(
    'zerodraft_dropped_frames_total',
    'Presence frames not sent to slow readers',
  );
  readonly #failures = this.#counter('zerodraft_log_failures_total', 'Failed reads and writes of the log');
  readonly #folds = this.#counter('zerodraft_folds_total', 'Logs folded into a snapshot');
  readonly #commits = new Histogram({
    name: 'zerodraft_commit_seconds',
    help: 'From the first waiting update to its durable commit',
    buckets: [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5],
    registers: [this.registry],
  });

  constructor(private readonly logger: Logger) {
    collectDefaultMetrics({ register: this.registry });
  }

  #counter(name: string, help: string): Counter {
    return new Counter({ name, help, registers: [this.registry] });
  }

  #gauge(name: string, help: string): Gauge {
    return new Gauge({ name, help, registers: [this.registry] });
  }

  /** @param count asked when the metrics are read */
  countSockets(count: () => number): void {
    new Gauge({
      name: 'zerodraft_clients',
      help: 'Open sockets',
      registers: [this.registry],
      collect() {
        this.set(count());
      },
    });
  }

  opened(draftId: string): void {
    this.#rooms.inc();
    this.logger.debug({ draftId }, 'room opened');
  }
  closed(draftId: string): void {
    this.#rooms.dec();
    this.logger.debug({ draftId }, 'room closed');
  }
  updated(bytes: number): void {
    this.#updates.inc();
    this.#bytes.inc(bytes);
  }
  refused(draftId: string, reason: string): void {
    this.#refused.inc({ reason: /^[a-z-]+$/.test(reason) ? reason : 'refused-update' });
    this.logger.warn({ draftId, reason }, 'not taken');
  }
  shed(): void {
    this.#dropped.inc();
  }
  committed(seconds: number): void {
    this.#commits.observe(seconds);
  }
  failed(draftId: string, reason: string): void {
    this.#failures.inc();
    this.logger.error({ draftId, reason }, 'the log failed');
  }
  folded(draftId: string, bytes: number): void {
    this.#folds.inc();
    this.logger.info({ draftId, bytes }, 'log folded');
  }
}
