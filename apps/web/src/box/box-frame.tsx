import { BOX_LANGUAGES } from '@zerodraft/contract';
import { Languages } from 'lucide-react';
import { type ReactNode, useLayoutEffect } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { boxI18n } from './i18n.ts';
import { directionOf, keepLanguage, LANGUAGE_NAMES, toLanguage } from './languages.ts';

/** The page's language, and what changes it. */
export function useLanguage() {
  const { i18n } = useTranslation();
  return toLanguage(i18n.resolvedLanguage) ?? 'en';
}

function LanguageChoice() {
  const { t, i18n } = useTranslation();
  const language = useLanguage();
  return (
    <label className="box-language">
      <Languages size={16} aria-hidden="true" />
      <span className="visually-hidden">{t('page.language')}</span>
      <select
        value={language}
        onChange={({ target }) => {
          const chosen = toLanguage(target.value);
          if (chosen === undefined) return;
          keepLanguage(chosen);
          void i18n.changeLanguage(chosen);
        }}
      >
        {BOX_LANGUAGES.map((each) => (
          <option key={each} value={each} lang={each}>
            {LANGUAGE_NAMES[each]}
          </option>
        ))}
      </select>
    </label>
  );
}

function Frame({ name, children }: { name?: string | undefined; children: ReactNode }) {
  const { t } = useTranslation();
  const language = useLanguage();
  useLayoutEffect(() => {
    const root = document.documentElement;
    const before = { lang: root.lang, dir: root.dir };
    root.lang = language;
    root.dir = directionOf(language);
    return () => {
      root.lang = before.lang;
      root.dir = before.dir;
    };
  }, [language]);
  return (
    <div className="box">
      <title>{name ? `${t('page.title')} · ${name}` : t('page.title')}</title>
      <meta name="robots" content="noindex" />
      <a className="skip-link" href="#content">
        {t('page.toTop')}
      </a>
      <header>
        <strong>
          <bdi>{name ?? 'Zerodraft'}</bdi>
        </strong>
        <LanguageChoice />
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

/** What the box's pages share: their language, its direction, and the way to change it. */
export function BoxFrame(props: { name?: string | undefined; children: ReactNode }) {
  return (
    <I18nextProvider i18n={boxI18n}>
      <Frame {...props} />
    </I18nextProvider>
  );
}
