import { expect, it } from 'vitest';
import { librarySearchOf } from './library-link.tsx';

const terms = {
  themes: [{ id: 't1', label: 'Drivers' }],
  dimensions: [],
  kinds: [],
  stakeholderKinds: [{ id: 's1', label: 'Civil society' }],
  regions: [],
};

it('a list is found again in the library by its terms, its source and session, and its links in this draft', () => {
  expect(librarySearchOf({ themes: 'Drivers', stakeholderKinds: 'Civil society' }, terms, 'd')).toEqual({
    draft: 'd',
    themes: ['t1'],
    stakeholderKinds: ['s1'],
  });
  expect(librarySearchOf({ regions: '', source: 'Kenya', session: '', state: 'open' }, terms, 'd')).toEqual({
    draft: 'd',
    regions: [''],
    source: ['Kenya'],
    session: [''],
    linked: ['open'],
  });
});

it('what the library cannot filter by has no address there', () => {
  expect(librarySearchOf({ state: 'contrary' }, terms, 'd')).toBeNull();
  expect(librarySearchOf({ under: 'objective-1', level: 'objective' }, terms, 'd')).toBeNull();
  expect(librarySearchOf({ stakeholderKinds: 'Civil society', others: 'source' }, terms, 'd')).toBeNull();
  expect(librarySearchOf({ themes: 'Renamed since' }, terms, 'd')).toBeNull();
});
