// SPDX-License-Identifier: AGPL-3.0-or-later
import { useTranslation } from 'react-i18next';
import { Segments } from '../design/Segments.tsx';
import { chooseLanguage, currentLanguage, LANGUAGES } from './i18n.ts';
import { chooseTheme, THEMES, useTheme } from './theme.ts';

export function LanguageChoice() {
  const { t } = useTranslation();
  return (
    <Segments
      label={t('app.account.language')}
      value={currentLanguage()}
      onChange={(language) => void chooseLanguage(language)}
      options={LANGUAGES.map((value) => ({ value, label: t(`app.language.${value}`) }))}
    />
  );
}

export function ThemeChoice() {
  const { t } = useTranslation();
  const theme = useTheme();
  return (
    <Segments
      label={t('app.account.theme')}
      value={theme}
      onChange={chooseTheme}
      options={THEMES.map((value) => ({ value, label: t(`app.theme.${value}`) }))}
    />
  );
}
