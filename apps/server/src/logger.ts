import { type Logger, pino } from 'pino';

/** The server's logger; cookies and other personal data never reach it. */
export function createLogger(level: string): Logger {
  return pino({ level, base: null, redact: ['req.headers.cookie', 'cookie', 'email'] });
}

export type { Logger };
