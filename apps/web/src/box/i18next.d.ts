import 'i18next';
import type { Texts } from './texts/texts.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'box';
    resources: { box: Texts };
  }
}
