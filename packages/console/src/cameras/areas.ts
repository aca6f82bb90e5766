// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Jurisdiction, JurisdictionPath } from '@louver/contract';
import { useQuery } from '@tanstack/react-query';
import { currentLanguage } from '../app/i18n.ts';
import { jurisdictionsQuery } from './queries.ts';

export const nameOfArea = (area: Pick<Jurisdiction, 'name' | 'nameEn'>): string =>
  currentLanguage() === 'en' ? (area.nameEn ?? area.name) : area.name;

/** Names areas by path; a path that the account does not hold stays a path. */
export function useAreaName(): (path: JurisdictionPath) => string {
  const { data } = useQuery(jurisdictionsQuery);
  return (path) => {
    const area = data?.find((each) => each.path === path);
    return area === undefined ? path : nameOfArea(area);
  };
}
