// SPDX-License-Identifier: AGPL-3.0-or-later
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from '../messages/en.ts';
import { vi } from '../messages/vi.ts';
import { remember, remembered } from './memory.ts';

export const LANGUAGES = ['vi', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof vi };
    returnNull: false;
  }
}

export const currentLanguage = (): Language => (i18next.language === 'en' ? 'en' : 'vi');

export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: remembered('language') === 'en' ? 'en' : 'vi',
    fallbackLng: 'vi',
    resources: { vi: { translation: vi }, en: { translation: en } },
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = currentLanguage();
}

export async function chooseLanguage(language: Language): Promise<void> {
  remember('language', language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
