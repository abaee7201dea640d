import { contentOf, readBlocks } from '@zerodraft/schema';
import * as Y from 'yjs';
import { TestClient } from '../support/client.ts';
import type { TestServer } from '../support/server.ts';

/** Words look like ‹amara-2.17›; passages that are deleted again begin like ‹amara-2.18-gone›. */
const WORD = /‹[^›]*›/g;

/** The words of a document, each as often as it stands there. */
export function wordsIn(doc: Y.Doc): string[] {
  return readBlocks(doc).flatMap(({ text }) => text.match(WORD) ?? []);
}

/** Writes a word, and what may follow it, as a paragraph at the end or elsewhere. */
export function appendWord(
  doc: Y.Doc,
  word: string,
  rest = '',
  origin: unknown = null,
  at = contentOf(doc).length,
): Y.XmlElement {
  const block = new Y.XmlElement('block');
  doc.transact(() => {
    block.setAttribute('id', word);
    block.setAttribute('kind', 'paragraph');
    block.insert(0, [new Y.XmlText(word + rest)]);
    contentOf(doc).insert(at, [block]);
  }, origin);
  return block;
}

/** One change of a writer: a word that stands in the text from then on, or no longer. */
interface Change {
  word: string;
  stands: boolean;
}

interface Question {
  n: number;
  /** The changes that were sent on this socket before it. */
  from: number;
  to: number;
}

/**
 * Somebody who writes words that nobody else writes, and keeps account of what the server called durable.
 * A question covers only what went out on the same socket before it: what was typed while it was open and, once the
 * handshake is done, everything.
 */
export class Writer {
  readonly client: TestClient;
  readonly #changes: Change[] = [];
  readonly #acknowledged = new Set<number>();
  #questions: Question[] = [];
  #sentFrom = 0;
  /** Number of the last question. */
  asked = 0;
  /** A passage of this writer that is to be deleted again. */
  #passage: { word: string; block: Y.XmlElement } | null = null;

  constructor(
    server: TestServer,
    cookie: string,
    readonly name: string,
  ) {
    this.client = new TestClient(server, cookie, { status: true, maxBackoffTime: 100 });
    const { provider } = this.client;
    provider.on('status', ({ status }) => {
      if (status === 'connected') this.#sentFrom = this.#changes.length;
      if (status !== 'disconnected') return;
      this.#settle();
      this.#questions = [];
    });
    provider.on('sync', (synced) => {
      if (synced) this.#sentFrom = 0;
    });
  }

  /** Writes one word at the end or the beginning of one of the last blocks. */
  type(random: (n: number) => number): void {
    const content = contentOf(this.client.doc);
    const block = content.get(content.length - 1 - random(Math.min(8, content.length - 1)));
    const text = block instanceof Y.XmlElement ? block.get(0) : null;
    const word = this.#word();
    if (text instanceof Y.XmlText && text.length < 2_000) {
      text.insert(random(2) === 0 ? 0 : text.length, word);
    } else appendWord(this.client.doc, word);
    this.#changes.push({ word, stands: true });
  }

  /** Writes a long passage, or deletes the one before: the log grows and the text does not. */
  paste(characters: number): void {
    const passage = this.#passage;
    if (passage === null) {
      const word = this.#word('-gone');
      this.#passage = { word, block: appendWord(this.client.doc, word, 'x'.repeat(characters)) };
      this.#changes.push({ word, stands: true });
      return;
    }
    this.#passage = null;
    const content = contentOf(this.client.doc);
    const at = content.toArray().indexOf(passage.block);
    if (at < 0) throw new Error(`nobody but ${this.name} deletes ${passage.word}, and it is gone`);
    content.delete(at);
    this.#changes.push({ word: passage.word, stands: false });
  }

  /** Deletes the passage that still stands. */
  tidy(): void {
    if (this.#passage !== null) this.paste(0);
  }

  #word(kind = ''): string {
    return `‹${this.name}.${this.#changes.length}${kind}›`;
  }

  /** Asks when what was sent so far is durable. */
  ask(): void {
    if (!this.client.provider.wsconnected) return;
    this.asked += 1;
    this.#questions.push({ n: this.asked, from: this.#sentFrom, to: this.#changes.length });
    this.client.ask(this.asked);
  }

  /** Asks about everything; true once all of it is acknowledged. */
  get saved(): boolean {
    const { size } = this.#settle();
    if (size === this.#changes.length) return true;
    if (this.client.provider.synced && this.#questions.at(-1)?.to !== this.#changes.length) this.ask();
    return false;
  }

  #settle(): ReadonlySet<number> {
    const answered = (question: Question): boolean => question.n <= this.client.durable;
    for (const { from, to } of this.#questions.filter(answered))
      for (let index = from; index < to; index += 1) this.#acknowledged.add(index);
    this.#questions = this.#questions.filter((question) => !answered(question));
    return this.#acknowledged;
  }

  /** Numbers of the changes that the server has called durable. */
  get acknowledged(): ReadonlySet<number> {
    return new Set(this.#settle());
  }

  /** How many changes the server has not called durable. */
  get waiting(): number {
    return this.#changes.length - this.#settle().size;
  }

  /** Which of these changes a document with these words does not show. */
  lost(words: ReadonlySet<string>, changes: ReadonlySet<number>): string[] {
    const deleted = this.#deleted;
    return this.#changes
      .filter((_change, index) => changes.has(index))
      .filter(({ word, stands }) => (stands ? !words.has(word) && !deleted.has(word) : words.has(word)))
      .map(({ word, stands }) => `${word} ${stands ? 'is missing' : 'was deleted and stands'}`);
  }

  /** What stands in the text once every change of this writer has arrived. */
  get standing(): string[] {
    const deleted = this.#deleted;
    return this.#changes.filter(({ word, stands }) => stands && !deleted.has(word)).map(({ word }) => word);
  }

  get #deleted(): Set<string> {
    return new Set(this.#changes.filter(({ stands }) => !stands).map(({ word }) => word));
  }
}
