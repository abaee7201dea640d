import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import {
  createRootRoute,
  createRoute,
  createRouter,
  Navigate,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { processesQuery, queryClient, sessionQuery } from './api.ts';
import { CoveragePage } from './coverage/coverage-page.tsx';
import { SignInPage } from './sign-in-page.tsx';
import './styles/tokens.css';
import './styles/app.css';
import { DraftPage } from './draft-page.tsx';
import { Workspace } from './workspace.tsx';

function Root() {
  const session = useQuery(sessionQuery);
  if (session.isPending) return <p className="splash">Opening Zerodraft…</p>;
  // Once known, it stays: who is offline goes on writing.
  if (session.isError && !session.data) {
    return (
      <div className="splash" role="alert">
        <p>The server does not answer.</p>
        <button type="button" className="button" onClick={() => session.refetch()}>
          Try again
        </button>
      </div>
    );
  }
  return session.data.account ? <Outlet /> : <SignInPage session={session.data} />;
}

function Home() {
  const { data } = useQuery(processesQuery);
  if (!data) return <p className="splash">Opening Zerodraft…</p>;
  const drafts = data.flatMap((process) => process.drafts.map(({ draft }) => draft));
  const draft = drafts.find(({ state }) => state === 'active');
  if (!draft) return <p className="splash">There is no draft in this process yet.</p>;
  return <Navigate to="/drafts/$draftId" params={{ draftId: draft.id }} />;
}

/** The library's filter and search in a draft's address; what is unknown is left out. */
const libraryAddress = z.object({
  theme: z.string().optional().catch(undefined),
  dimension: z.string().optional().catch(undefined),
  linked: z.enum(['linked', 'open']).optional().catch(undefined),
  find: z.string().optional().catch(undefined),
});

const rootRoute = createRootRoute({
  component: Root,
  notFoundComponent: () => <p className="splash">There is no such page.</p>,
});
const homeRoute = createRoute({ getParentRoute: () => rootRoute, path: '/', component: Home });
const draftRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/drafts/$draftId',
  component: Workspace,
});
const textRoute = createRoute({
  getParentRoute: () => draftRoute,
  path: '/',
  component: DraftPage,
  validateSearch: libraryAddress,
});
const coverageRoute = createRoute({
  getParentRoute: () => draftRoute,
  path: '/coverage',
  component: CoveragePage,
});
const router = createRouter({
  routeTree: rootRoute.addChildren([homeRoute, draftRoute.addChildren([textRoute, coverageRoute])]),
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
}
