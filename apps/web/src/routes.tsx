import {
  createRootRoute,
  createRoute,
  createRouter,
  Link,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router';
import { DEPOSIT_STATES } from '@zerodraft/contract';
import { TAXONOMIES } from '@zerodraft/trace';
import { z } from 'zod';
import { AccountPage } from './accounts/account-page.tsx';
import { ForgottenPasswordPage } from './accounts/forgotten-password-page.tsx';
import { InvitePage } from './accounts/invite-page.tsx';
import { MagicLinkPage } from './accounts/magic-link-page.tsx';
import { ResetPasswordPage } from './accounts/reset-password-page.tsx';
import { SetupPage } from './accounts/setup-page.tsx';
import { SignInPage } from './accounts/sign-in-page.tsx';
import { AuditPage } from './audit/audit-page.tsx';
import { coverageSearch } from './coverage/coverage-search.ts';
import { InboxPage } from './inbox/inbox-page.tsx';
import { librarySearch } from './library-page/library-search.ts';
import { MembersPage } from './members/members-page.tsx';
import { RoundsPage } from './rounds/rounds-page.tsx';
import { PublicPage } from './sharing/public-page.tsx';
import { sheetOptions } from './sheet/sheet-options.ts';
import { SignedIn, WithSession } from './shell/signed-in.tsx';
import { sourceFilter } from './sources/source-filter.ts';
import { BinPage } from './start/bin-page.tsx';
import { ProcessDrafts, ProcessLayout } from './start/process-layout.tsx';
import { SettingsPage } from './start/settings-page.tsx';
import { StartPage } from './start/start-page.tsx';
import { TriagePage } from './triage/triage-page.tsx';
import { Notices } from './ui/notices.tsx';

/** A part of an address that is text or left out; what is unknown is left out too. */
const optional = z.string().optional().catch(undefined);

const rootRoute = createRootRoute({
  component: () => (
    <>
      <Outlet />
      <Notices />
    </>
  ),
  notFoundComponent: () => (
    <div className="splash">
      <p>There is no such page.</p>
      <Link to="/" className="button">
        All processes
      </Link>
    </div>
  ),
});

const publicRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/p/$token',
  component: PublicPage,
});

// Apart from the rest: whoever has an account never needs it, and whoever needs it has a phone and no account.
const boxPart = () => import('./box/index.ts');
const boxRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/box/receipt',
    component: lazyRouteComponent(boxPart, 'ReceiptPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/box/$slug',
    component: lazyRouteComponent(boxPart, 'BoxPage'),
  }),
] as const;

const session = createRoute({ getParentRoute: () => rootRoute, id: 'session', component: WithSession });
const entryRoutes = [
  createRoute({
    getParentRoute: () => session,
    path: '/sign-in',
    component: SignInPage,
    validateSearch: z.object({
      next: optional,
      error: optional,
      ended: z.boolean().optional().catch(undefined),
    }),
  }),
  createRoute({
    getParentRoute: () => session,
    path: '/forgotten-password',
    component: ForgottenPasswordPage,
  }),
  createRoute({
    getParentRoute: () => session,
    path: '/reset-password',
    component: ResetPasswordPage,
    validateSearch: z.object({ token: optional, error: optional }),
  }),
  createRoute({
    getParentRoute: () => session,
    path: '/magic-link',
    component: MagicLinkPage,
    validateSearch: z.object({ token: optional, next: optional }),
  }),
  createRoute({ getParentRoute: () => session, path: '/setup/$token', component: SetupPage }),
  createRoute({ getParentRoute: () => session, path: '/invite/$token', component: InvitePage }),
] as const;

const signedIn = createRoute({ getParentRoute: () => session, id: 'signed-in', component: SignedIn });
const startRoutes = [
  createRoute({ getParentRoute: () => signedIn, path: '/', component: StartPage }),
  createRoute({ getParentRoute: () => signedIn, path: '/bin', component: BinPage }),
  createRoute({ getParentRoute: () => signedIn, path: '/account', component: AccountPage }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/inbox',
    component: InboxPage,
    validateSearch: z.object({ unread: z.literal(true).optional().catch(undefined) }),
  }),
] as const;

const sourcesPart = () => import('./sources/index.ts');
const processRoute = createRoute({
  getParentRoute: () => signedIn,
  path: '/processes/$processId',
  component: ProcessLayout,
});
const processRoutes = [
  createRoute({ getParentRoute: () => processRoute, path: '/', component: ProcessDrafts }),
  createRoute({
    getParentRoute: () => processRoute,
    path: '/members',
    component: MembersPage,
    validateSearch: z.object({ draft: optional }),
  }),
  createRoute({
    getParentRoute: () => processRoute,
    path: '/triage',
    component: TriagePage,
    validateSearch: z.object({
      state: z.enum(DEPOSIT_STATES).optional().catch(undefined),
      deposit: optional,
    }),
  }),
  createRoute({ getParentRoute: () => processRoute, path: '/rounds', component: RoundsPage }),
  createRoute({
    getParentRoute: () => processRoute,
    path: '/audit',
    component: AuditPage,
    validateSearch: z.object({
      person: optional,
      action: optional,
      objectKind: optional,
      from: optional,
      to: optional,
    }),
  }),
  createRoute({ getParentRoute: () => processRoute, path: '/settings', component: SettingsPage }),
  createRoute({
    getParentRoute: () => processRoute,
    path: '/library',
    component: lazyRouteComponent(() => import('./library-page/library-page.tsx'), 'LibraryPage'),
    validateSearch: librarySearch,
  }),
  createRoute({
    getParentRoute: () => processRoute,
    path: '/recommendations/$recommendationId',
    component: lazyRouteComponent(
      () => import('./recommendation-page/recommendation-page.tsx'),
      'RecommendationPage',
    ),
  }),
  createRoute({
    getParentRoute: () => processRoute,
    path: '/taxonomies',
    component: lazyRouteComponent(() => import('./taxonomies/taxonomies-page.tsx'), 'TaxonomiesPage'),
    // The taxonomy that is shown.
    validateSearch: z.object({ of: z.enum(TAXONOMIES).optional().catch(undefined) }),
  }),
  createRoute({
    getParentRoute: () => processRoute,
    path: '/sources',
    component: lazyRouteComponent(sourcesPart, 'SourcesPage'),
    validateSearch: sourceFilter,
  }),
] as const;
// A document fills the window: it stands beside the process's pages.
const readerRoute = createRoute({
  getParentRoute: () => signedIn,
  path: '/processes/$processId/sources/$sourceId',
  component: lazyRouteComponent(sourcesPart, 'ReaderPage'),
  // The paragraph, or the recommendation's passage, to open at.
  validateSearch: z.object({
    p: z.coerce.number().int().min(1).optional().catch(undefined),
    r: optional,
    // Words to look for in it.
    find: optional,
  }),
});

// One piece for all of a draft, fetched when the first is opened: signing in and public links do without the editor,
// and whoever has a draft open has all of it, also offline.
const draftPart = () => import('./workspace/index.ts');
const draftRoute = createRoute({
  getParentRoute: () => signedIn,
  path: '/drafts/$draftId',
  component: lazyRouteComponent(draftPart, 'Workspace'),
});
const textRoute = createRoute({
  getParentRoute: () => draftRoute,
  path: '/',
  component: lazyRouteComponent(draftPart, 'DraftPage'),
  // The thread or the clause to open at; the library's filter and search.
  validateSearch: z.object({
    thread: optional,
    clause: optional,
    theme: optional,
    dimension: optional,
    linked: z.enum(['linked', 'open']).optional().catch(undefined),
    find: optional,
  }),
});
const coverageRoute = createRoute({
  getParentRoute: () => draftRoute,
  path: '/coverage',
  component: lazyRouteComponent(draftPart, 'CoveragePage'),
  validateSearch: coverageSearch,
});
const versionsRoute = createRoute({
  getParentRoute: () => draftRoute,
  path: '/versions',
  component: lazyRouteComponent(draftPart, 'VersionsPage'),
  validateSearch: z.object({ version: optional }),
});

const integrityRoute = createRoute({
  getParentRoute: () => draftRoute,
  path: '/integrity',
  component: lazyRouteComponent(draftPart, 'IntegrityPage'),
});

const sheetRoute = createRoute({
  getParentRoute: () => draftRoute,
  path: '/sheet/$sectionId',
  component: lazyRouteComponent(draftPart, 'SheetPage'),
  validateSearch: sheetOptions,
});

export const router = createRouter({
  defaultPendingComponent: () => <p className="splash">Opening…</p>,
  // Also when a newer version of the app has taken the place of the one this page came with.
  defaultErrorComponent: () => (
    <div className="splash" role="alert">
      <p>This page failed. What you typed into the draft is kept; load the page again.</p>
      <button type="button" className="button" onClick={() => window.location.reload()}>
        Load again
      </button>
    </div>
  ),
  routeTree: rootRoute.addChildren([
    publicRoute,
    ...boxRoutes,
    session.addChildren([
      ...entryRoutes,
      signedIn.addChildren([
        ...startRoutes,
        processRoute.addChildren([...processRoutes]),
        readerRoute,
        draftRoute.addChildren([textRoute, coverageRoute, versionsRoute, integrityRoute, sheetRoute]),
      ]),
    ]),
  ]),
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
