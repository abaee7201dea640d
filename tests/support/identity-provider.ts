import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import Provider from 'oidc-provider';
import type { Person } from './person.ts';

/** Somebody whom the provider knows. */
export interface Identity {
  sub: string;
  email: string;
  emailVerified: boolean;
  name: string;
}

/** An OpenID provider on this machine that signs in whoever is chosen, without asking. */
export class IdentityProvider {
  #server: Server | null = null;
  #port = 0;
  chosen: Identity | null = null;

  static async start(redirectUri: string): Promise<IdentityProvider> {
    const own = new IdentityProvider();
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    own.#port = address && typeof address !== 'string' ? address.port : 0;
    own.#server = server;
    const provider = new Provider(own.issuer, {
      clients: [
        {
          client_id: 'zerodraft',
          client_secret: 'a secret of the test',
          redirect_uris: [redirectUri],
          grant_types: ['authorization_code'],
          response_types: ['code'],
        },
      ],
      // In the ID token as in the answer of the user-info address.
      conformIdTokenClaims: false,
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_ctx, interaction) => `/choose/${interaction.uid}` },
      findAccount: (_ctx, sub) => {
        const identity = own.chosen;
        if (identity?.sub !== sub) return undefined;
        const { email, emailVerified, name } = identity;
        return {
          accountId: sub,
          claims: () => ({ sub, email, email_verified: emailVerified, name }),
        };
      },
      cookies: { keys: ['a key of the test'] },
      loadExistingGrant: async (ctx) => {
        const { client, session } = ctx.oidc;
        if (!client || !session?.accountId) return undefined;
        const grant = new ctx.oidc.provider.Grant({
          clientId: client.clientId,
          accountId: session.accountId,
        });
        grant.addOIDCScope('openid email profile');
        await grant.save();
        return grant;
      },
    });
    const handle = provider.callback();
    server.on('request', (request, response) => {
      if (!request.url?.startsWith('/choose/')) return void handle(request, response);
      const accountId = own.chosen?.sub ?? '';
      void provider.interactionFinished(request, response, { login: { accountId } });
    });
    return own;
  }

  get issuer(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** What tells a server to offer sign-in here. */
  get env(): Record<string, string> {
    return {
      ZERODRAFT_OIDC_ISSUER: this.issuer,
      ZERODRAFT_OIDC_CLIENT_ID: 'zerodraft',
      ZERODRAFT_OIDC_CLIENT_SECRET: 'a secret of the test',
      ZERODRAFT_OIDC_NAME: 'Ministry of Sea',
    };
  }

  /** Goes with a browser from the sign-in page through the provider and back. @returns where it ends */
  async signIn(browser: Person, identity: Identity): Promise<string> {
    this.chosen = identity;
    const start = await browser.post('/api/auth/sign-in/social', {
      provider: 'oidc',
      callbackURL: '/welcome',
      errorCallbackURL: '/sign-in',
    });
    const there = new Map<string, string>();
    let next: string = start.body.url;
    while (next.startsWith(this.issuer)) {
      const cookie = [...there].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(next, { redirect: 'manual', headers: { cookie } });
      for (const line of response.headers.getSetCookie()) {
        const [name = '', value = ''] = line.split(';')[0]?.split(/=(.*)/) ?? [];
        there.set(name, value);
      }
      const to = response.headers.get('location');
      if (!to) throw new Error(`the provider answered ${response.status}: ${await response.text()}`);
      next = new URL(to, next).toString();
    }
    return (await browser.get(next)).headers.get('location') ?? '';
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }
}
