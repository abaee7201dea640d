import { randomUUID } from 'node:crypto';
import { type Deposit, MIN_SECONDS_ON_FORM, newReceiptCode } from '@zerodraft/contract';
import { until } from './client.ts';
import { PROCESS } from './library.ts';
import { type Answer, Person } from './person.ts';
import { TestServer } from './server.ts';

export const BOX = `${PROCESS}/box`;
export const DEPOSITS = `${PROCESS}/deposits`;

/** What a proposal says when a test does not care. */
export const PROPOSAL = {
  title: 'A hotline in every seaport',
  text: 'Seafarers who were not paid need a number to call, in their language, in each port.',
  kind: 'Actionable commitment',
  themes: ['Drivers of migration'],
  dimensions: ['Global'],
  name: 'Harbour chaplains',
  stakeholderKind: 'Civil society',
  region: 'Europe',
  contact: 'desk@chaplains.example',
  language: 'en',
  consent: true,
};

/** An open box, and depositors who took their time over its form. */
export class Box {
  #people = 0;

  private constructor(
    readonly server: TestServer,
    readonly facilitator: Person,
    readonly slug: string,
    readonly stamp: string,
  ) {}

  static async open(server: TestServer, slug = 'the-box-of-the-test'): Promise<Box> {
    const amara = await Person.demo(server, 'amara');
    const { status, body } = await amara.put(BOX, { open: true, slug });
    if (status !== 200) throw new Error(`opening the box answered ${status}: ${body.error}`);
    const { stamp } = (await new Person(server).get(`/api/box/${slug}`)).body;
    const at = Date.now() + MIN_SECONDS_ON_FORM * 1_000;
    await until(() => Date.now() > at);
    return new Box(server, amara, slug, stamp);
  }

  /** A box on a server of its own, which believes the proxy about where people are. */
  static async serve(): Promise<Box> {
    return Box.open(await TestServer.start({ env: { ZERODRAFT_TRUST_PROXY: '1' } }));
  }

  /** Sends a deposit as somebody without an account. */
  send(fields: object = {}, headers: Record<string, string> = {}): Promise<Answer> {
    const body = { id: randomUUID(), code: newReceiptCode(), stamp: this.stamp, ...PROPOSAL, ...fields };
    return new Person(this.server).send('POST', `/api/box/${this.slug}/deposits`, body, headers);
  }

  /** A deposit that was taken. @returns its id and its receipt's code */
  async deposit(
    fields: object = {},
    headers: Record<string, string> = {},
  ): Promise<{ id: string; code: string }> {
    const own = { id: randomUUID(), code: newReceiptCode() };
    const { status, body } = await this.send({ ...own, ...fields }, headers);
    if (status !== 201) throw new Error(`a deposit answered ${status}: ${body.error}`);
    return own;
  }

  /** `deposit` of somebody else each time: from an address of their own, which only a server of `serve` believes. */
  depositOfAnother(fields: object = {}): Promise<{ id: string; code: string }> {
    this.#people += 1;
    return this.deposit(fields, { 'x-forwarded-for': `203.0.113.${this.#people % 250}` });
  }

  receipt(code: string): Promise<Answer> {
    return new Person(this.server).post('/api/box/receipt', { code });
  }
}

/** A deposit as somebody of the team sees it. */
export async function depositOf(person: Person, id: string): Promise<Deposit> {
  return (await person.get(`${DEPOSITS}/${id}`)).body;
}

/** Decides on a deposit as it is now. */
export async function decide(person: Person, id: string, deed: string, more: object = {}): Promise<Answer> {
  const { version } = await depositOf(person, id);
  return person.post(`${DEPOSITS}/${id}/${deed}`, { version, ...more });
}
