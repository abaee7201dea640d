import { describe, expect, it } from 'vitest';
import {
  beginsUnspaced,
  endsUnspaced,
  SPELLING,
  spelled,
  unspacedRuns,
  withoutUnspaced,
} from './unspaced.ts';

const shown = (text: string): string => spelled(text).replaceAll(SPELLING, '|');

describe('writings without spaces', () => {
  it.each([
    ['Chinese', '移民'],
    ['Chinese outside of the first plane', '𠮷'],
    ['Japanese', 'データの々ひらがなﾃﾞｰﾀ'],
    ['Thai with its marks and digits', 'เด็กผู้อพยพ๑๒'],
    ['Lao', 'ເດັກນ້ອຍ'],
    ['Khmer', 'កុមារ'],
    ['Burmese', 'ကလေးများ'],
  ])('%s is one', (_, text) => {
    expect(unspacedRuns(text)).toEqual([text]);
    expect(withoutUnspaced(text)).toBe(' ');
    expect([beginsUnspaced(text), endsUnspaced(text)]).toEqual([true, true]);
  });
  it.each([
    ['English', 'Children, “migrants” & 12%'],
    ['Vietnamese', 'trẻ em di cư'],
    ['Korean', '이주 아동'],
    ['Arabic', 'الأطفال المهاجرين'],
    ['Hindi', 'प्रवासी बच्चे'],
    ['Tibetan, which parts syllables', 'བྱིས་པ'],
    ['signs of Chinese texts', '，。「」（）・'],
    ['pictures', '🙂'],
  ])('%s is none', (_, text) => {
    expect(unspacedRuns(text)).toEqual([]);
    expect(spelled(text)).toBe(text);
  });
  it('begin and end within a text', () => {
    expect(unspacedRuns('《2030年议程》by IOM的报告')).toEqual(['年议程', '的报告']);
    expect([beginsUnspaced('IOM的'), endsUnspaced('IOM的')]).toEqual([false, true]);
  });
});

describe('spelled', () => {
  it('signs stand apart, also from words beside them, which stay whole', () => {
    expect(shown('到2030年')).toBe('|到|2030|年|');
    expect(shown('Read IOM的报告, now')).toBe('Read IOM|的|报|告|, now');
    expect(shown('𠮷野')).toBe('|𠮷|野|');
  });
  it('a sign and its mark are as one writes them together', () => {
    expect(spelled('か\u3099')).toBe(spelled('が'));
  });
  it('reads as before without the separators', () => {
    const text = '国际移民 migration、เด็ก — データ';
    expect(spelled(text).replaceAll(SPELLING, '')).toBe(text);
  });
});
