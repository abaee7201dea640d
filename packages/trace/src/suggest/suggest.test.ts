import type { Block } from '@zerodraft/schema';
import { describe, expect, it } from 'vitest';
import { ClauseIndex } from './clause-index.ts';
import { byMeaning, type Embedder, fuse } from './embedder.ts';
import { SectionProfile, TermShares, WEIGHTS } from './features.ts';
import { outlineOf } from './outline.ts';
import { type ClauseQuery, RecommendationIndex, type SuggestedText } from './recommendation-index.ts';

const NO_TERMS = { themes: [], dimensions: [], kinds: [] };
function one(id: string, title: string, text: string, themes: string[] = []): SuggestedText {
  return { id, title, text, terms: { ...NO_TERMS, themes } };
}
const LIBRARY = [
  one('money', 'Cheaper remittances', 'Bring the cost of remittances under three per cent.', ['economy']),
  one('child', 'No detention of children', 'End the detention of a child for migration reasons.', ['rights']),
  one('school', 'Schooling', 'Enrol migrant children in school within thirty days.', ['rights']),
  one('desk', 'Desks for newcomers', 'A desk in each town hall helps newcomers with papers.', ['rights']),
  one('hate', 'Hate crimes', 'Police count hate crimes in the same way.', ['rights']),
  one('pension', 'Pensions travel', 'Agreements let pensions travel with workers.', ['economy']),
];
function indexOf(library: readonly SuggestedText[]): RecommendationIndex {
  const index = new RecommendationIndex();
  for (const each of library) index.put(each);
  return index;
}
const library = indexOf(LIBRARY);
const ask = (query: Partial<ClauseQuery>, index = library) =>
  index.suggest({ text: '', place: { heading: '', leads: [] }, linked: new Set(), nearby: [], ...query }, 10);
const ids = (query: Partial<ClauseQuery>, index = library): string[] => ask(query, index).map(({ id }) => id);

describe('recommendations for a clause', () => {
  it('come by shared words, whatever their endings', () => {
    expect(ids({ text: 'We will lower what a remittance costs.' })[0]).toBe('money');
    expect(ids({ text: 'A detained child is released.' })[0]).toBe('child');
  });
  it('say which words are shared as the clause writes them, the rarest first, and no words that every text says', () => {
    const [first] = ask({ text: 'The detention of Children is ended, and that is all there is to it.' });
    expect(first?.id).toBe('child');
    expect(first?.why.words).toEqual(['detention', 'ended', 'children']);
  });
  it('are none while nothing is likely', () => {
    expect(ids({ text: '' })).toEqual([]);
    expect(ids({ text: 'and of the to be with' })).toEqual([]);
    expect(ids({ text: 'Glaciers melt.' })).toEqual([]);
    // What stands in most texts is no reason.
    const alike = indexOf(
      Array.from({ length: 20 }, (_, at) =>
        one(`m${at}`, `Number ${at}`, 'Migration is governed by States.'),
      ),
    );
    expect(ids({ text: 'Migration is governed.' }, alike)).toEqual([]);
  });
  it('leave out what is linked, what was taken out, and what was replaced', () => {
    const text = 'Children are not held in detention; they go to school.';
    expect(ids({ text })).toEqual(expect.arrayContaining(['child', 'school']));
    expect(ids({ text, linked: new Set(['child']) })).not.toContain('child');
    const index = indexOf(LIBRARY);
    index.delete('child');
    expect(ids({ text }, index)).not.toContain('child');
    index.put(one('school', 'Another matter', 'Glaciers melt.'));
    expect(ids({ text }, index)).not.toContain('school');
    expect(ids({ text: 'A glacier is melting.' }, index)).toEqual(['school']);
  });
  it('of an item follow what it completes and the heading', () => {
    const text = 'with payments that reach households;';
    expect(ids({ text })).toEqual([]);
    expect(ids({ text: 'under three in a hundred;', place: { heading: 'Remittances', leads: [] } })).toEqual([
      'money',
    ]);
    // The heading alone is no reason: every clause of the section would have the same list.
    expect(ids({ text, place: { heading: 'Remittances', leads: [] } })).toEqual([]);
  });
  it('that fit the theme of the section come first, and say so', () => {
    const two = indexOf([
      ...LIBRARY,
      one('a', 'Work permits', 'Permits for work.', ['rights']),
      one('b', 'Work permits', 'Permits for work.', ['economy']),
    ]);
    expect(ids({ text: 'Permits to work.' }, two)).toEqual(['a', 'b']);
    const fitting = ask({ text: 'Permits to work.', nearby: ['money', 'pension', 'money', 'pension'] }, two);
    expect(fitting.map(({ id, why }) => [id, why.terms])).toEqual([
      ['b', ['economy']],
      ['a', []],
    ]);
  });
  it('that are linked in the section already say so', () => {
    const [first] = ask({ text: 'Remittances reach families.', nearby: ['money'] });
    expect(first).toMatchObject({ id: 'money', why: { section: true } });
  });
  it('do not come by their theme alone', () => {
    expect(ids({ text: 'Glaciers melt.', nearby: ['money', 'pension'] })).toEqual([]);
  });
});

describe('other languages and scripts', () => {
  const many = indexOf([
    ...LIBRARY,
    one(
      'fr',
      'Réduire le coût des envois de fonds',
      'Les États réduisent les coûts des transferts des migrants.',
    ),
    one('es', 'Niños', 'Los niños migrantes no serán detenidos por su situación.'),
    one('zh', '儿童', '各国应当终止对移民儿童的拘留。'),
    one('ar', 'الأطفال', 'يجب إنهاء احتجاز الأطفال المهاجرين'),
    one('ru', 'Дети', 'Государства прекращают задержание детей мигрантов.'),
    one('th', 'เด็ก', 'ยุติการกักขังเด็กผู้อพยพ'),
    one('ja', '個人情報', '移民のデータを保護し、他の目的に使ってはならない。'),
  ]);
  it.each([
    ['fr', "Réduisons le coût d'un transfert pour les migrants.", 'transfert'],
    ['es', 'Un niño migrante no será detenido en la frontera.', 'niño'],
    ['zh', '我们终止拘留儿童。', '拘留'],
    ['ar', 'نلتزم بإنهاء احتجاز الأطفال', 'احتجاز'],
    ['ru', 'Мы прекращаем задержания детей.', 'задержания'],
    ['th', 'เรายุติการกักขังเด็ก', 'เด็ก'],
    ['ja', 'データの保護を進める。', 'データ'],
  ])('%s is found, with the words as they are written', (id, text, word) => {
    const [first] = ask({ text }, many);
    expect(first?.id).toBe(id);
    expect(first?.why.words).toContain(word);
  });
  it('what every text says is no reason, without spaces as well', () => {
    expect(ids({ text: '我们的和在了，这是为了各个。' }, many)).toEqual([]);
    expect(ids({ text: 'そのためには、このように使う。' }, many)).not.toContain('th');
    const [first] = ask({ text: '各国应当对移民儿童的拘留加以终止。' }, many);
    expect(first?.why.words).not.toContain('的');
  });
  it('signs alone are no words', () => {
    expect(ids({ text: '… — 🙂 (§) 🙂' }, many)).toEqual([]);
    expect(ids({ text: '__proto__ constructor toString' }, many)).toEqual([]);
  });
});

const block = (id: string, kind: Block['kind'], text: string): Block => ({ id, kind, text });
const BLOCKS = [
  block('t', 'title', 'Draft'),
  block('s1', 'section', 'Children'),
  block('p1', 'paragraph', 'No child is held in detention.'),
  block('p2', 'paragraph', 'Every child goes to a school near home.'),
  block('s2', 'section', 'Economy'),
  block('o1', 'objective', 'Money sent home'),
  block('p3', 'paragraph', 'We lower costs:'),
  block('i1', 'item', 'of remittances,'),
  block('u1', 'subitem', 'within five years;'),
  block('p4', 'paragraph', ''),
];

describe('clauses for a recommendation', () => {
  const clauses = new ClauseIndex(BLOCKS);
  const clausesOf = (id: string, links: { clauseId: string; recommendationId: string }[] = []) => {
    const asked = LIBRARY.find((each) => each.id === id);
    return asked ? clauses.suggest(asked, links, library, 10) : [];
  };
  it('come by shared words, of items with what they complete', () => {
    expect(clausesOf('child')[0]).toMatchObject({ id: 'p1' });
    expect(clausesOf('money')[0]).toMatchObject({ id: 'i1' });
    expect(clausesOf('hate')).toEqual([]);
  });
  it('leave out those it is linked to', () => {
    const links = [{ clauseId: 'p1', recommendationId: 'child' }];
    const found = clausesOf('child', links);
    expect(found.map(({ id }) => id)).not.toContain('p1');
    expect(found[0]).toMatchObject({ id: 'p2', why: { section: true } });
  });
  it('never are titles, sections or clauses without text', () => {
    const all = LIBRARY.flatMap(({ id }) => clausesOf(id)).map(({ id }) => id);
    expect(all).not.toEqual(expect.arrayContaining(['t']));
    for (const id of ['t', 's1', 's2', 'p4']) expect(all).not.toContain(id);
  });
});

describe('where clauses stand', () => {
  it('is under the nearest heading, items beneath their paragraph', () => {
    const places = outlineOf(BLOCKS);
    expect(places.get('p1')).toEqual({ sectionId: 's1', heading: 'Children', leads: [] });
    expect(places.get('o1')).toEqual({ sectionId: 'o1', heading: 'Economy', leads: [] });
    expect(places.get('u1')).toEqual({
      sectionId: 'o1',
      heading: 'Money sent home',
      leads: ['of remittances,', 'We lower costs:'],
    });
    expect(places.has('s1')).toBe(false);
  });
});

describe('how well a section fits', () => {
  const terms = (theme: string) => ({ ...NO_TERMS, themes: [theme] });
  const shares = new TermShares([...Array(5).fill(terms('usual')), ...Array(5).fill(terms('other'))]);
  it('counts nothing without links, and less with few than with many', () => {
    const factor = (count: number): number =>
      new SectionProfile(Array(count).fill(terms('usual')), shares).fit(terms('usual')).factor;
    expect(factor(0)).toBe(1);
    expect(factor(1)).toBeGreaterThan(1);
    expect(factor(20)).toBeGreaterThan(factor(1));
    expect(factor(1_000)).toBeLessThanOrEqual(1 + WEIGHTS.themes);
  });
  it('counts nothing where the section is as the library is', () => {
    const mixed = new SectionProfile([terms('usual'), terms('other')], shares);
    expect(mixed.fit(terms('usual'))).toEqual({ factor: 1, terms: [] });
  });
});

/** Means a text by which of three matters it is about: an embedder that gives the same each time. */
const standIn: Embedder = {
  embed: async (texts) =>
    texts.map((text) => {
      const matters = [/remittance|money|transfer/i, /child|minor/i, /work/i];
      const vector = matters.map((matter) => (matter.test(text) ? 1 : 0));
      const length = Math.hypot(...vector) || 1;
      return Float32Array.from(vector.map((value) => value / length));
    }),
};

describe('with a model', () => {
  it('what means the same is found without a shared word, and says why', async () => {
    const text = 'Minors are set free.';
    expect(ids({ text })).toEqual([]);
    const [clause] = await standIn.embed([text]);
    const vectors = await standIn.embed(LIBRARY.map((each) => `${each.title} ${each.text}`));
    const of = LIBRARY.map(({ id }, at) => [id, vectors[at] ?? new Float32Array()] as const);
    const query = { text, place: { heading: '', leads: [] }, linked: new Set<string>(), nearby: [] };
    const found = library.suggest(query, 10, { clause: clause ?? new Float32Array(), of });
    expect(found.map(({ id }) => id).sort()).toEqual(['child', 'school']);
    expect(found[0]?.why).toEqual({ words: [], terms: [], section: false, meaning: true });
    const without = { ...query, linked: new Set(['child']) };
    expect(library.suggest(without, 10, { clause: clause ?? new Float32Array(), of })).toHaveLength(1);
  });
  it('what both lists hold comes before what one holds', () => {
    const why = { words: ['w'], terms: [], section: false, meaning: false };
    const words = ['a', 'b', 'c'].map((id, at) => ({ id, score: 9 - at, why }));
    expect(fuse(words, ['c', 'd']).map(({ id }) => id)).toEqual(['c', 'a', 'b', 'd']);
    expect(fuse(words, []).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });
  it('what has nothing to do with the text is left out', () => {
    const of = [
      ['same', Float32Array.from([1, 0])],
      ['other', Float32Array.from([0, 1])],
    ] as const;
    expect(byMeaning(Float32Array.from([1, 0]), of)).toEqual(['same']);
  });
});
