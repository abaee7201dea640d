import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { EditorContent } from '@tiptap/react';
import { mayEver, type Thread } from '@zerodraft/contract';
import { Tabs } from 'radix-ui';
import { useCallback, useEffect, useRef, useState } from 'react';
import { threadsQuery } from '../api.ts';
import { threadAtSelection, threadOn } from '../comments/begin-thread.ts';
import { CommentsPanel } from '../comments/comments-panel.tsx';
import { DraftNames } from '../comments/names.tsx';
import { pendingThread } from '../comments/pending-thread.ts';
import { NO_FILTER, type ThreadFilter } from '../comments/thread-filter.ts';
import { useRows } from '../comments/use-rows.ts';
import { useThreadMarks } from '../comments/use-thread-marks.ts';
import { Toolbar } from '../editor/toolbar.tsx';
import { useCurrentClause } from '../editor/use-current-clause.ts';
import { revealClause, useDraftEditor } from '../editor/use-draft-editor.ts';
import { LibrarySide } from '../library/library-side.tsx';
import { LostNotice } from '../links/lost-notice.tsx';
import { usePhraseMarks } from '../links/use-phrase-marks.ts';
import { LinksBeside } from '../links/use-trace.tsx';
import { MarginLayer } from '../margin/margin-layer.tsx';
import { ThreadCards } from '../margin/thread-cards.tsx';
import { Tops } from '../margin/tops.tsx';
import { isHeading } from '../session/clause-order.ts';
import { useKept } from '../session/kept-text.ts';
import { useMay, useReady, useWorkspace } from '../session/use-draft.tsx';
import { AddressedClause } from './addressed-clause.tsx';
import { Outline } from './outline.tsx';

const NO_THREADS: Thread[] = [];

/** The draft's text with its margin, the library and the comments. */
export function DraftPage() {
  const { session, viewer } = useWorkspace();
  const mayComment = useMay('comment.write');
  const editor = useDraftEditor(session, useReady(), useMay('draft.edit'));
  const clauseId = useCurrentClause(editor);
  const threads = useQuery(threadsQuery(session.draft.id)).data;
  const rows = useRows(threads ?? NO_THREADS);
  const { thread: asked } = useSearch({ from: '/session/signed-in/drafts/$draftId/' });
  const [pending, setPending] = useKept(`${viewer.id}/${session.draft.id}/pending`, pendingThread);
  const [tab, setTab] = useState(pending || asked ? 'comments' : 'library');
  const [picked, setPicked] = useState<string | null>(null);
  const [active, setActive] = useState<string | null>(asked ?? null);
  const [filter, setFilter] = useState<ThreadFilter>(NO_FILTER);
  const scroller = useRef<HTMLElement>(null);
  const beside = tab === 'margin';

  const showComments = useCallback(() => setTab((now) => (now === 'margin' ? now : 'comments')), []);
  const openThread = useCallback(
    (id: string) => {
      setActive(id);
      showComments();
    },
    [showComments],
  );
  useThreadMarks(editor, threads, active, openThread);
  usePhraseMarks(editor, clauseId);

  useEffect(() => {
    if (asked) openThread(asked);
  }, [asked, openThread]);

  const begin = (thread: ReturnType<typeof threadAtSelection>): void => {
    if (!thread) return;
    setPending(thread);
    setActive(null);
    showComments();
  };
  const onComment = mayComment ? () => editor && begin(threadAtSelection(editor, session)) : null;
  const onCommentBlock =
    mayComment && clauseId !== null
      ? () => {
          const { order } = session.view();
          const heading = isHeading(order.kinds[order.index.get(clauseId) ?? -1]);
          begin(threadOn(heading ? 'section' : 'clause', clauseId, session));
        }
      : null;

  const startLinking = useCallback((): void => {
    setPicked(null);
    setTab('library');
    requestAnimationFrame(() =>
      document.querySelector<HTMLInputElement>('.library input[type=search]')?.focus(),
    );
  }, []);

  useEffect(() => {
    // From the text to the library with Ctrl+Alt+L, the clause under the caret as the one to link; with Ctrl+Alt+M a
    // comment on what is selected.
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || !event.altKey) return;
      const run = { KeyL: startLinking, KeyM: onComment }[event.code];
      if (!run) return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });

  useEffect(() => {
    if (!editor || window.location.hash === '') return;
    requestAnimationFrame(() => revealClause(window.location.hash.slice(1)));
  }, [editor]);

  const activate = (thread: Thread | null): void => {
    setActive(thread?.id ?? null);
    const row = thread && rows.find((known) => known.thread.id === thread.id);
    if (row?.blockId && !beside) revealClause(row.blockId);
  };
  const ofBlock = (blockId: string): void => {
    setFilter({ ...NO_FILTER, blockId });
    setActive(null);
    setTab('comments');
  };

  return (
    <LinksBeside editor={editor}>
      <DraftNames>
        <Tabs.Root className="draft-page" data-side={tab} value={tab} onValueChange={setTab}>
          <Outline />
          <main className="page-scroll" ref={scroller}>
            <Toolbar
              editor={editor}
              onComment={onComment}
              onWhyClosed={
                !mayComment && mayEver(viewer.role, 'comment.write') ? () => setTab('comments') : null
              }
            />
            {editor && <AddressedClause editor={editor} />}
            <Tops editor={editor}>
              <div className="page-row">
                <div className="page">
                  {editor ? <EditorContent editor={editor} /> : <p className="splash">Opening the text…</p>}
                  {editor && (
                    <MarginLayer
                      editor={editor}
                      rows={rows}
                      scroller={scroller}
                      clauseId={clauseId}
                      onLink={startLinking}
                      onComment={onCommentBlock}
                      onOpenLinks={(id) => {
                        setPicked(id);
                        setTab('library');
                      }}
                      onOpenThreads={ofBlock}
                    />
                  )}
                </div>
                {editor && beside && (
                  <ThreadCards
                    editor={editor}
                    rows={rows}
                    scroller={scroller}
                    active={active}
                    onActivate={activate}
                    pending={pending}
                    onClosePending={() => setPending(null)}
                    onMore={ofBlock}
                  />
                )}
              </div>
            </Tops>
          </main>
          <div className="side">
            <Tabs.List aria-label="Side panel">
              <Tabs.Trigger value="library">Library</Tabs.Trigger>
              <Tabs.Trigger value="comments">Comments</Tabs.Trigger>
              <Tabs.Trigger value="margin" className="margin-tab">
                Beside the text
              </Tabs.Trigger>
            </Tabs.List>
            <Tabs.Content value="library" className="side-content">
              <LibrarySide
                clauseId={picked ?? clauseId}
                onlyClause={picked}
                onLeaveClause={() => setPicked(null)}
                onReveal={revealClause}
              />
            </Tabs.Content>
            <Tabs.Content value="comments" className="side-content">
              <CommentsPanel
                rows={rows}
                active={active}
                onActivate={activate}
                pending={pending}
                onClosePending={() => setPending(null)}
                onCommentDraft={mayComment ? () => begin(threadOn('draft', '', session)) : null}
                filter={filter}
                onFilter={setFilter}
              />
            </Tabs.Content>
            <Tabs.Content value="margin" />
          </div>
        </Tabs.Root>
      </DraftNames>
      <LostNotice />
    </LinksBeside>
  );
}
