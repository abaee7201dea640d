import { describe, expect, it } from 'vitest';
import { changeOf, rebase, type Values } from './fields.ts';

const base: Values = {
  ...{ reference: 'R-1', title: 'Title', text: 'Text', source: 'Somebody', document: '', locator: '' },
  ...{
    date: '2030-01-01',
    session: '',
    phase: '',
    language: 'en',
    disposition: 'open',
    dispositionReason: '',
  },
  ...{ themes: ['a', 'b'], dimensions: [], kinds: ['k'], stakeholderKinds: [], regions: [] },
};

describe('what a form sends', () => {
  it('is what changed, terms apart, and no date as none', () => {
    expect(changeOf(base, { ...base, title: 'Another', date: '', themes: ['b'] })).toEqual({
      title: 'Another',
      date: null,
      terms: { themes: ['b'] },
    });
  });

  it('is nothing when nothing differs but space and the order of terms', () => {
    expect(changeOf(base, { ...base, title: ' Title ', themes: ['b', 'a'] })).toEqual({});
  });
});

describe('a form after somebody else was quicker', () => {
  it('takes what it had not touched, keeps what was typed, and names what both changed', () => {
    const mine = { ...base, title: 'Mine', text: 'The same', themes: ['a'] };
    const theirs = { ...base, title: 'Theirs', text: 'The same', session: 'Third', regions: ['r'] };
    const { values, taken, disputed } = rebase(base, mine, theirs);
    expect(values).toEqual({ ...mine, session: 'Third', regions: ['r'] });
    expect(taken).toEqual(['session', 'regions']);
    expect(disputed).toEqual(['title']);
  });

  it('sends, saved again, what was typed and not what they changed', () => {
    const mine = { ...base, title: 'Mine' };
    const theirs = { ...base, title: 'Theirs', session: 'Third' };
    expect(changeOf(theirs, rebase(base, mine, theirs).values)).toEqual({ title: 'Mine' });
  });
});
