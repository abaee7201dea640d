import { resolve } from 'node:path';
import type { RoomLimits } from '@zerodraft/sync';
import { z } from 'zod';

const envShape = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8787),
  HOST: z.string().default('127.0.0.1'),
  ZERODRAFT_DATA: z.string().default('data'),
  ZERODRAFT_DEMO: z.enum(['0', '1']).default('1'),
  ZERODRAFT_URL: z.url().optional(),
  ZERODRAFT_SECRET: z.string().min(32).optional(),
  ZERODRAFT_TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  ZERODRAFT_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  ZERODRAFT_MAIL_FROM: z.string().min(3).optional(),
  ZERODRAFT_OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  ZERODRAFT_OIDC_CLIENT_ID: z.string().min(1).optional(),
  ZERODRAFT_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  ZERODRAFT_OIDC_NAME: z.string().min(1).max(60).default('your organisation'),
  ZERODRAFT_FACILITATOR_EMAIL: z.email().optional(),
  ZERODRAFT_FACILITATOR_PASSWORD: z.string().min(12).optional(),
  ZERODRAFT_METRICS_TOKEN: z.string().min(16).optional(),
  ZERODRAFT_MAX_UPDATE_MB: z.coerce.number().positive().default(8),
  ZERODRAFT_MAX_DRAFT_MB: z.coerce.number().positive().default(64),
  ZERODRAFT_MESSAGES_PER_SECOND: z.coerce.number().int().positive().default(200),
  ZERODRAFT_SOCKETS_PER_PERSON: z.coerce.number().int().positive().default(40),
  ZERODRAFT_IDLE_SECONDS: z.coerce.number().positive().default(30),
  ZERODRAFT_REST_SECONDS: z.coerce.number().positive().default(60),
  ZERODRAFT_READING_SECONDS: z.coerce.number().positive().default(60),
  ZERODRAFT_EMBEDDINGS: z.string().min(1).optional(),
  ZERODRAFT_MAX_BEHIND_MB: z.coerce.number().positive().default(8),
  ZERODRAFT_PING_SECONDS: z.coerce.number().positive().max(40).default(25),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

/** All configuration of the server, read in this one place. */
export interface Config {
  port: number;
  host: string;
  /** Folder of the database and the cookie secret. */
  dataDir: string;
  /** Whether the demo may be offered (the database says whether it is one). */
  demo: boolean;
  /** Public address when behind a proxy; null when people open the printed one. */
  url: string | null;
  secret: string | null;
  /** How many proxies stand before this server whose x-forwarded headers are believed. */
  trustedProxies: number;
  /** The mail server; null when mails are printed instead. */
  smtp: { url: string; from: string } | null;
  /** An OpenID provider that people may sign in with. */
  oidc: { issuer: string; clientId: string; clientSecret: string; name: string } | null;
  facilitator: { email: string; password: string } | null;
  /** Folder of the process that an empty database is filled with. */
  processDir: string;
  logLevel: string;
  /** Lets a caller from elsewhere than this machine read /metrics; null when none may. */
  metricsToken: string | null;
  /** Frames a socket may send in a second, on average over ten. */
  messagesPerSecond: number;
  /** Milliseconds between pings; a socket that does not answer one before the next is gone. */
  pingInterval: number;
  /** Milliseconds that reading one uploaded document may take. */
  readingTime: number;
  /** Folder of a sentence model for suggested links; null without one. */
  embeddings: string | null;
  limits: Pick<
    RoomLimits,
    'maxUpdate' | 'maxDocument' | 'maxConnectionsPerUser' | 'maxBuffered' | 'idle' | 'rest'
  >;
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/**
 * Reads configuration from the environment and the command line.
 * @param sampleDir the process folder used without `--process DIR`
 * @throws Error that names each wrong variable or argument
 */
export function readConfig(env: NodeJS.ProcessEnv, args: readonly string[], sampleDir: string): Config {
  const parsed = envShape.safeParse(env);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(
      `The environment is not usable:\n${lines.join('\n')}\nSee the configuration table in README.md.`,
    );
  }
  const values = parsed.data;
  let processDir = sampleDir;
  for (let i = 0; i < args.length; i += 1) {
    const argument = args[i];
    if (argument === '--demo') continue;
    if (argument !== '--process')
      throw new Error(`Unknown argument "${argument}". Known: --demo, --process DIR.`);
    const value = args[i + 1];
    if (!value) throw new Error('--process needs the path of a folder after it.');
    processDir = resolve(value);
    i += 1;
  }
  const demo = values.ZERODRAFT_DEMO === '1';
  if (demo && !LOOPBACK.has(values.HOST)) {
    throw new Error(
      `The demo signs anybody in, so it listens on this machine only. Set ZERODRAFT_DEMO=0 to listen on ${values.HOST}.`,
    );
  }
  const url = values.ZERODRAFT_URL?.replace(/\/+$/, '') ?? null;
  if (url !== null && new URL(url).origin !== url)
    throw new Error('ZERODRAFT_URL is an origin as in https://zerodraft.example.org, without a path.');
  const { ZERODRAFT_FACILITATOR_EMAIL: email, ZERODRAFT_FACILITATOR_PASSWORD: password } = values;
  return {
    port: values.PORT,
    host: values.HOST,
    dataDir: resolve(values.ZERODRAFT_DATA),
    demo,
    url,
    secret: values.ZERODRAFT_SECRET ?? null,
    trustedProxies: values.ZERODRAFT_TRUST_PROXY,
    smtp: readSmtp(values),
    oidc: readOidc(values),
    facilitator: email && password ? { email, password } : null,
    processDir,
    logLevel: values.LOG_LEVEL,
    metricsToken: values.ZERODRAFT_METRICS_TOKEN ?? null,
    messagesPerSecond: values.ZERODRAFT_MESSAGES_PER_SECOND,
    pingInterval: values.ZERODRAFT_PING_SECONDS * 1_000,
    readingTime: values.ZERODRAFT_READING_SECONDS * 1_000,
    embeddings: values.ZERODRAFT_EMBEDDINGS === undefined ? null : resolve(values.ZERODRAFT_EMBEDDINGS),
    limits: {
      maxUpdate: values.ZERODRAFT_MAX_UPDATE_MB * 1024 * 1024,
      maxDocument: values.ZERODRAFT_MAX_DRAFT_MB * 1024 * 1024,
      maxConnectionsPerUser: values.ZERODRAFT_SOCKETS_PER_PERSON,
      maxBuffered: values.ZERODRAFT_MAX_BEHIND_MB * 1024 * 1024,
      idle: values.ZERODRAFT_IDLE_SECONDS * 1_000,
      rest: values.ZERODRAFT_REST_SECONDS * 1_000,
    },
  };
}

type Values = z.infer<typeof envShape>;

function readSmtp({ ZERODRAFT_SMTP_URL: url, ZERODRAFT_MAIL_FROM: from }: Values): Config['smtp'] {
  if (url === undefined) return null;
  if (from === undefined)
    throw new Error('ZERODRAFT_SMTP_URL needs ZERODRAFT_MAIL_FROM, the address that mails come from.');
  return { url, from };
}

function readOidc(values: Values): Config['oidc'] {
  const {
    ZERODRAFT_OIDC_ISSUER: issuer,
    ZERODRAFT_OIDC_CLIENT_ID: clientId,
    ZERODRAFT_OIDC_CLIENT_SECRET: clientSecret,
    ZERODRAFT_OIDC_NAME: name,
  } = values;
  if (issuer === undefined) return null;
  if (clientId === undefined || clientSecret === undefined)
    throw new Error('ZERODRAFT_OIDC_ISSUER needs ZERODRAFT_OIDC_CLIENT_ID and ZERODRAFT_OIDC_CLIENT_SECRET.');
  return { issuer, clientId, clientSecret, name };
}

/** The address that people open this server at; links in mails begin with it. */
export function addressOf(config: Pick<Config, 'url' | 'host' | 'port'>): string {
  return (
    config.url ?? `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${config.port}`
  );
}
