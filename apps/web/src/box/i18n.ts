import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { firstLanguage } from './languages.ts';
import { ar } from './texts/ar.ts';
import { en } from './texts/en.ts';
import { es } from './texts/es.ts';
import { fr } from './texts/fr.ts';
import { ru } from './texts/ru.ts';
import { zh } from './texts/zh.ts';

/** The texts of the box's pages. All six languages come with the pages: together they weigh less than a picture. */
export const boxI18n = createInstance();
void boxI18n.use(initReactI18next).init({
  lng: firstLanguage(),
  fallbackLng: 'en',
  defaultNS: 'box',
  resources: {
    ar: { box: ar },
    en: { box: en },
    es: { box: es },
    fr: { box: fr },
    ru: { box: ru },
    zh: { box: zh },
  },
  // React writes texts as text.
  interpolation: { escapeValue: false },
  initAsync: false,
});
