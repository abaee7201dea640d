import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { InboxBell } from '../inbox/inbox-bell.tsx';
import { AccountMenu } from './account-menu.tsx';
import { useSession } from './signed-in.tsx';

/** The way home, on every page. */
export function HomeLink() {
  return (
    <Link to="/" className="home-link" aria-label="Zerodraft: all processes">
      Zerodraft
    </Link>
  );
}

/** The header of pages outside a draft. */
export function SiteHeader({ detail }: { detail?: string | undefined }) {
  const { demo } = useSession();
  return (
    <header className="header">
      <HomeLink />
      <span className="header-space" />
      {demo && <em className="demo-badge">Demo</em>}
      <InboxBell />
      <AccountMenu detail={detail} />
    </header>
  );
}

/** Whether a page was shown before this one. */
let arrived = false;

/** A page outside a draft: the header, and below it one column. */
export function Page({
  title,
  detail,
  children,
}: {
  /** Name of the page in the browser's tab. */
  title: string;
  /** What the person is here. */
  detail?: string | undefined;
  children: ReactNode;
}) {
  const content = useRef<HTMLElement>(null);
  useEffect(() => {
    // The keyboard goes on from the new page's content; on arrival it begins at the top.
    if (arrived && document.activeElement === document.body) content.current?.focus();
    arrived = true;
  }, []);
  return (
    <div className="site">
      <title>{`${title} · Zerodraft`}</title>
      <a className="skip-link" href="#content">
        Skip to the content
      </a>
      <SiteHeader detail={detail} />
      <main className="site-content" id="content" ref={content} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

/** A page for people who are not signed in: one narrow column under the name. */
export function EntryPage({
  title,
  heading,
  lead,
  children,
}: {
  title: string;
  heading: ReactNode;
  lead?: ReactNode;
  children: ReactNode;
}) {
  return (
    <main className="entry">
      <title>{`${title} · Zerodraft`}</title>
      {heading !== 'Zerodraft' && <p className="entry-mark">Zerodraft</p>}
      <h1>{heading}</h1>
      {lead && <p className="entry-lead">{lead}</p>}
      {children}
    </main>
  );
}

/** What stands in place of something that is not there or could not be fetched. */
export function Missing({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <div className="missing">
      <h1>{heading}</h1>
      <div>{children}</div>
      <Link to="/" className="button">
        All processes
      </Link>
    </div>
  );
}
