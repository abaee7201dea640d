import * as Y from 'yjs';
import { isBlockKind } from './blocks.ts';
import { isPlainTyping } from './plain-typing.ts';
import { CONTENT } from './shared-types.ts';

/** Whether a value may stand under a key of a root map. */
export type MapRule = (key: string, value: unknown) => boolean;

/** Why an update is not taken. `resync`: what it builds on is missing; with that, it may be good. */
export interface Refusal {
  reason: string;
  resync: boolean;
}

const MARK = /^(bold|italic|underline|strike)(--.*)?$/;
const MAX_ATTRIBUTE = 128;

/** Where a new item would stand. */
type Place =
  | { in: 'root'; name: string; key: string | null }
  | { in: 'element'; name: string; key: string | null }
  | { in: 'text'; key: string | null }
  | { in: 'gone' }
  | { in: 'unknown' };

function placeIn(doc: Y.Doc, type: unknown, key: string | null): Place {
  if (type instanceof Y.XmlText) return { in: 'text', key };
  if (type instanceof Y.XmlElement) return { in: 'element', name: type.nodeName, key };
  for (const [name, root] of doc.share) if (root === type) return { in: 'root', name, key };
  return { in: 'unknown' };
}

/** Looks up items by id, in the update and in the document it is for. */
class Lookup {
  readonly #update = new Map<number, (Y.Item | Y.GC)[]>();
  readonly #places = new Map<Y.Item, Place>();

  constructor(
    private readonly doc: Y.Doc,
    structs: readonly unknown[],
  ) {
    for (const struct of structs) {
      if (!(struct instanceof Y.Item || struct instanceof Y.GC)) continue;
      const own = this.#update.get(struct.id.client);
      if (own) own.push(struct);
      else this.#update.set(struct.id.client, [struct]);
    }
  }

  #find({ client, clock }: Y.ID): Y.Item | Y.GC | null {
    if (Y.getState(this.doc.store, client) > clock)
      return Y.getItem(this.doc.store, Y.createID(client, clock));
    const own = this.#update.get(client) ?? [];
    let [low, high] = [0, own.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const struct = own[middle];
      if (struct === undefined) return null;
      if (clock < struct.id.clock) high = middle - 1;
      else if (clock >= struct.id.clock + struct.length) low = middle + 1;
      else return struct;
    }
    return null;
  }

  /** An item without a parent of its own stands beside the one it was put next to (Yjs, Item.write). */
  placeOf(item: Y.Item): Place {
    const trail = new Set<Y.Item>();
    let current: Y.Item = item;
    let place: Place | undefined;
    while (place === undefined) {
      place = this.#places.get(current);
      if (place !== undefined) break;
      trail.add(current);
      const parent: unknown = current.parent;
      const key = current.parentSub;
      if (typeof parent === 'string') place = { in: 'root', name: parent, key };
      else if (parent instanceof Y.ID) place = this.#inside(parent, key);
      else if (parent !== null) place = placeIn(this.doc, parent, key);
      else {
        const beside = current.origin ?? current.rightOrigin;
        const next = beside && this.#find(beside);
        // Items that stand beside each other in a ring stand nowhere.
        if (!next || (next instanceof Y.Item && trail.has(next))) place = { in: 'unknown' };
        else if (next instanceof Y.GC) place = { in: 'gone' };
        else current = next;
      }
    }
    for (const passed of trail) this.#places.set(passed, place);
    return place;
  }

  #inside(id: Y.ID, key: string | null): Place {
    const parent = this.#find(id);
    if (parent === null) return { in: 'unknown' };
    if (parent instanceof Y.GC || parent.content instanceof Y.ContentDeleted) return { in: 'gone' };
    return parent.content instanceof Y.ContentType
      ? placeIn(this.doc, parent.content.type, key)
      : { in: 'unknown' };
  }
}

function single(content: unknown): unknown {
  return content instanceof Y.ContentAny && content.arr.length === 1 ? content.arr[0] : undefined;
}

function fault(
  place: Place,
  content: Y.Item['content'],
  maps: Readonly<Record<string, MapRule>>,
): string | null {
  switch (place.in) {
    case 'root': {
      if (place.name === CONTENT) {
        const block =
          content instanceof Y.ContentType &&
          content.type instanceof Y.XmlElement &&
          content.type.nodeName === 'block';
        return block && place.key === null ? null : 'the text holds only blocks';
      }
      const rule = Object.hasOwn(maps, place.name) ? maps[place.name] : undefined;
      if (rule === undefined) return `a draft has no part "${place.name.slice(0, 40)}"`;
      const fits = place.key !== null && rule(place.key, single(content));
      return fits ? null : `a record of "${place.name}" is malformed`;
    }
    case 'element': {
      if (place.name !== 'block') return `"${place.name.slice(0, 40)}" holds nothing`;
      if (place.key === null) {
        const type = content instanceof Y.ContentType ? content.type : null;
        const inline = type instanceof Y.XmlText;
        const lineBreak = type instanceof Y.XmlElement && type.nodeName === 'hardBreak';
        return inline || lineBreak ? null : 'a block holds only text and line breaks';
      }
      const value = single(content);
      const text = typeof value === 'string' && value.length <= MAX_ATTRIBUTE;
      const known = place.key === 'id' ? text : place.key === 'kind' && isBlockKind(value);
      return known ? null : `"${place.key.slice(0, 40)}" is no attribute of a block, or has a wrong value`;
    }
    case 'text': {
      const format = content instanceof Y.ContentFormat && MARK.test(content.key);
      return place.key === null && (format || content instanceof Y.ContentString)
        ? null
        : 'text holds only characters and their marks';
    }
    default:
      return null;
  }
}

type Guard = (doc: Y.Doc, update: Uint8Array) => Refusal | null;

/**
 * Checks updates against the draft's schema before anything of them is applied: which root types there are, what
 * stands under each, and the records of the root maps.
 * @param maps the root maps and what may stand in each
 * @returns for a document and an update, why it is not taken; null when it may be applied
 * @throws when the update cannot be decoded
 */
export function updateGuard(maps: Readonly<Record<string, MapRule>>): Guard {
  const check = structGuard(maps);
  return (doc, update) => (isPlainTyping(doc, update) ? null : check(doc, update));
}

/** The same, by looking at each struct of every update. */
export function structGuard(maps: Readonly<Record<string, MapRule>>): Guard {
  return (doc, update) => {
    const { structs } = Y.decodeUpdate(update);
    const lookup = new Lookup(doc, structs);
    for (const [index, struct] of structs.entries()) {
      if (struct instanceof Y.Skip) return { reason: 'a part of it is missing', resync: true };
      if (!(struct instanceof Y.Item) || struct.content instanceof Y.ContentDeleted) continue;
      // What the document has already was checked when it came.
      if (Y.getState(doc.store, struct.id.client) >= struct.id.clock + struct.length) continue;
      if (struct.id.clock > Y.getState(doc.store, struct.id.client) && !follows(structs[index - 1], struct))
        return { reason: 'it builds on changes the server has not seen', resync: true };
      const place = lookup.placeOf(struct);
      if (place.in === 'unknown')
        return { reason: 'it builds on changes the server has not seen', resync: true };
      const reason = fault(place, struct.content, maps);
      if (reason !== null) return { reason, resync: false };
    }
    return null;
  };
}

/** Whether the update holds what comes right before an item; otherwise the item would wait in the document unchecked. */
function follows(before: unknown, item: Y.Item): boolean {
  return (
    (before instanceof Y.Item || before instanceof Y.GC) &&
    before.id.client === item.id.client &&
    before.id.clock + before.length === item.id.clock
  );
}
