import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Editor } from '@tiptap/core';
import type { LinkAuthorship } from '@zerodraft/contract';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import { libraryQuery } from '../api.ts';
import { useLinks } from '../library/use-links.ts';
import { useWorkspace } from '../session/use-draft.tsx';
import { nameOf } from './link-acts.ts';
import { SuspectScan, type Suspects, suspectsOf } from './suspect-scan.ts';
import { traceQuery } from './trace-query.ts';

interface Beside {
  scan: SuspectScan | null;
  /** The draft's editor: what is selected in it can become a link's phrase. */
  editor: Editor | null;
}

const BesideContext = createContext<Beside>({ scan: null, editor: null });

const NONE = suspectsOf([]);
const never = () => () => {};
const none = () => NONE;

/** Keeps what links need beside the document: who made them, which are suspect, and the editor they are chosen in. */
export function LinksBeside({ editor, children }: { editor: Editor | null; children: ReactNode }) {
  const { session, process } = useWorkspace();
  const queries = useQueryClient();
  const [scan, setScan] = useState<SuspectScan | null>(null);
  const { data: trace } = useQuery(traceQuery(session.draft.id));
  const { data: library } = useQuery(libraryQuery(process.id));
  useEffect(() => {
    const started = new SuspectScan(session);
    setScan(started);
    return () => started.destroy();
  }, [session]);
  useEffect(() => scan?.setTrace(trace), [scan, trace]);
  // A recommendation that was worded anew tells so by the library's notice.
  useEffect(() => {
    if (library) void queries.invalidateQueries({ queryKey: ['links', session.draft.id] });
  }, [library, queries, session]);
  const value = useMemo(() => ({ scan, editor }), [scan, editor]);
  return <BesideContext value={value}>{children}</BesideContext>;
}

export function useScan(): SuspectScan | null {
  return useContext(BesideContext).scan;
}

export function useLinkedEditor(): Editor | null {
  return useContext(BesideContext).editor;
}

/** The suspect links among those that are shown: of several that a merge made one, the one that counts. */
export function useSuspects(): Suspects {
  const scan = useScan();
  const found = useSyncExternalStore(scan?.subscribe ?? never, scan?.current ?? none);
  const { links } = useLinks();
  return useMemo(() => {
    if (found.all.length === 0) return found;
    const shown = new Set(links.map(nameOf));
    const all = found.all.filter(({ link }) => shown.has(nameOf(link)));
    return all.length === found.all.length ? found : suspectsOf(all);
  }, [found, links]);
}

/** Who made a link and changed it last; undefined until the server has told. */
export function useAuthorship(key: string): LinkAuthorship | undefined {
  const { session } = useWorkspace();
  return useQuery(traceQuery(session.draft.id)).data?.authors.get(key);
}
