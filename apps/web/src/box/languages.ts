import { BOX_LANGUAGES, type BoxLanguage } from '@zerodraft/contract';

/** Each language by its own name, so that whoever needs it can read it. */
export const LANGUAGE_NAMES: Record<BoxLanguage, string> = {
  ar: 'العربية',
  zh: '中文',
  en: 'English',
  fr: 'Français',
  ru: 'Русский',
  es: 'Español',
};

export const directionOf = (language: BoxLanguage): 'rtl' | 'ltr' => (language === 'ar' ? 'rtl' : 'ltr');

const KEY = 'zerodraft-box-language';

export function toLanguage(tag: string | null | undefined): BoxLanguage | undefined {
  return BOX_LANGUAGES.find((language) => language === tag?.toLowerCase().split('-')[0]);
}

/** The language chosen here before, else the first of the browser's that the box speaks, else English. */
export function firstLanguage(): BoxLanguage {
  let chosen: string | null = null;
  try {
    chosen = localStorage.getItem(KEY);
  } catch {
    // A browser that keeps nothing asks again each time.
  }
  for (const tag of [chosen, ...navigator.languages]) {
    const language = toLanguage(tag);
    if (language !== undefined) return language;
  }
  return 'en';
}

export function keepLanguage(language: BoxLanguage): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // As above.
  }
}
