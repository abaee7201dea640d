import type { TestServer } from './server.ts';

export interface Answer {
  status: number;
  /** The body as JSON; its text when it is none. */
  body: Awaited<ReturnType<Response['json']>>;
  headers: Headers;
}

/** Somebody with a browser's cookies, on pages of the server's own. */
export class Person {
  readonly #cookies = new Map<string, string>();

  constructor(readonly server: TestServer) {}

  /** A sample person, signed in by a click. */
  static async demo(server: TestServer, personId: string): Promise<Person> {
    const person = new Person(server);
    const { status } = await person.post('/api/auth/sign-in/demo', { personId });
    if (status !== 200) throw new Error(`sign-in of ${personId} answered ${status}`);
    return person;
  }

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const isForm = body instanceof FormData;
    const init: RequestInit = {
      method,
      redirect: 'manual',
      headers: {
        origin: this.server.url,
        cookie: this.cookie,
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
    };
    if (body !== undefined) init.body = isForm ? body : JSON.stringify(body);
    const response = await fetch(path.startsWith('http') ? path : this.server.url + path, init);
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const at = pair.indexOf('=');
      const gone = attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute));
      if (gone) this.#cookies.delete(pair.slice(0, at));
      else this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const text = await response.text();
    let parsed: unknown = text;
    try {
      parsed = JSON.parse(text);
    } catch {}
    return { status: response.status, body: parsed, headers: response.headers };
  }

  get = (path: string) => this.send('GET', path);
  post = (path: string, body: unknown = {}) => this.send('POST', path, body);
  put = (path: string, body: unknown) => this.send('PUT', path, body);
  patch = (path: string, body: unknown) => this.send('PATCH', path, body);
  delete = (path: string) => this.send('DELETE', path);
}
