// SPDX-License-Identifier: AGPL-3.0-or-later

/** Languages of the public pages, the country's own first. */
export const LANGUAGES = ['vi', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export const otherLanguage = (language: Language): Language => (language === 'vi' ? 'en' : 'vi');
