// SPDX-License-Identifier: AGPL-3.0-or-later
import { useCallback, useEffect, useState, type RefObject } from 'react';

/** Leads to the first field that is marked wrong, once the marks that were set beside it are drawn. */
export function useFocusWrong(form: RefObject<HTMLElement | null>): () => void {
  const [asked, ask] = useState(0);
  // After the commit that draws the marks, whenever that is: a frame that came before it would find none.
  useEffect(() => {
    if (asked > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [asked, form]);
  return useCallback(() => ask((times) => times + 1), []);
}
