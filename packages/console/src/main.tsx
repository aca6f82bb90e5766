// SPDX-License-Identifier: AGPL-3.0-or-later
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { isProblem } from './api/api-problem.ts';
import { sessionEnded } from './api/session-ended.ts';
import { startLanguage } from './app/i18n.ts';
import { queryClient } from './app/query-client.ts';
import { router } from './app/router.tsx';
import { sessionQuery } from './session/session.ts';
import './design/base.css';

sessionEnded.listen(() => {
  // Nobody was signed in: then the login page is already where this ends.
  if (!queryClient.getQueryData(sessionQuery.queryKey)) return;
  queryClient.setQueryData(sessionQuery.queryKey, null);
  void router.navigate({ to: '/login', search: { next: router.state.location.href, ended: 'yes' }, replace: true });
});

await startLanguage();
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has lost its #root');
createRoot(root, {
  // A refusal is a page of its own and no fault to report.
  onCaughtError: (error) => {
    if (!isProblem(error, 'not-permitted')) console.error(error);
  },
}).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
