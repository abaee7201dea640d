import { describe, expect, it } from 'vitest';
import { addressOf, librarySearch, queryOf, sameQuery } from './library-search.ts';

const id = '6a0f7ad4-8a57-4f0e-9b0e-0f1b2c3d4e5f';

describe('the address of the library', () => {
  it('asks for what a view keeps, and a view keeps what it asks for', () => {
    const address = librarySearch.parse({
      q: '"decent work"',
      themes: ['t1', ''],
      linked: ['open'],
      disposition: ['partly', 'deferred'],
      source: ['Kenya'],
      from: '2017-01-31',
      draft: 'd',
      sort: 'date',
      desc: true,
      view: id,
    });
    expect(addressOf({ id, query: queryOf(address) })).toEqual(address);
    expect(queryOf({})).toMatchObject({ q: '', draftId: null, sort: 'relevance', descending: false });
    expect(addressOf({ id, query: queryOf({}) })).toEqual({ view: id });
  });

  it('leaves out what is unknown, part by part, and reads numbers as text', () => {
    const read = librarySearch.parse({
      q: 2017,
      source: [3],
      themes: 'no list',
      linked: ['sometimes'],
      from: '31/01/2017',
      sort: 'backwards',
      desc: 'yes',
      other: 1,
    });
    expect(read).toEqual({ q: '2017', source: ['3'] });
  });

  it('asks for no more words than the server takes', () => {
    expect(queryOf({ q: 'word '.repeat(100) }).q.length).toBeLessThanOrEqual(200);
    expect(librarySearch.parse({ themes: ['t'.repeat(101)], source: ['s'.repeat(1_000)] })).toEqual({});
  });

  it('asks for nothing by what others hang on it', () => {
    expect(queryOf(Object.assign({ q: 'x' }, { utm_source: 'mail', offset: 3 }))).toEqual(
      queryOf({ q: 'x' }),
    );
  });

  it('is the same search in whichever order values were chosen', () => {
    const first = queryOf({ themes: ['a', 'b'], q: 'x' });
    expect(sameQuery(first, queryOf({ q: 'x ', themes: ['b', 'a'] }))).toBe(true);
    expect(sameQuery(first, queryOf({ q: 'x', dimensions: ['b', 'a'] }))).toBe(false);
    expect(sameQuery(first, queryOf({ q: 'x', themes: ['a', 'b'], desc: true }))).toBe(false);
  });
});
