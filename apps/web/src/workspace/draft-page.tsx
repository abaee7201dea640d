import { useQuery } from '@tanstack/react-query';
import { EditorContent } from '@tiptap/react';
import { mayEver, QUOTE_LIMIT } from '@zerodraft/contract';
import { Tabs } from 'radix-ui';
import { useCallback, useEffect, useState } from 'react';
import { threadsQuery } from '../api.ts';
import { CommentsPanel } from '../comments/comments-panel.tsx';
import { pendingThread } from '../comments/pending-thread.ts';
import { anchorOf } from '../editor/anchors.ts';
import { highlightKey } from '../editor/thread-highlights.ts';
import { Toolbar } from '../editor/toolbar.tsx';
import { revealClause, useDraftEditor } from '../editor/use-draft-editor.ts';
import { LibraryPanel } from '../library/library-panel.tsx';
import { MarginLayer } from '../margin/margin-layer.tsx';
import { useKept } from '../session/kept-text.ts';
import { clauseOfThread } from '../session/moved-anchors.ts';
import { useDraftView, useMay, useReady, useWorkspace } from '../session/use-draft.tsx';

/** The draft's text with its margin, the library and the comments. */
export function DraftPage() {
  const { session, viewer } = useWorkspace();
  const ready = useReady();
  const mayComment = useMay('comment.write');
  const editor = useDraftEditor(session, ready, useMay('draft.edit'));
  const threads = useQuery(threadsQuery(session.draft.id));
  const [pending, setPending] = useKept(`${viewer.id}/${session.draft.id}/pending`, pendingThread);
  const [tab, setTab] = useState(pending ? 'comments' : 'library');
  const [clauseId, setClauseId] = useState<string | null>(null);
  const [picked, setPicked] = useState<string | null>(null);
  const [activeThread, setActiveThread] = useState<string | null>(null);

  useEffect(() => {
    if (!editor || !threads.data) return;
    editor.view.dispatch(
      editor.state.tr.setMeta(highlightKey, { threads: threads.data, active: activeThread }),
    );
  }, [editor, threads.data, activeThread]);

  useEffect(() => {
    if (!editor) return;
    const follow = (): void => {
      const id: unknown = editor.state.selection.$from.parent.attrs.id;
      setClauseId(typeof id === 'string' ? id : null);
    };
    follow();
    editor.on('selectionUpdate', follow);
    const openThread = (event: MouseEvent): void => {
      const mark =
        event.target instanceof Element ? event.target.closest<HTMLElement>('[data-thread]') : null;
      if (!mark?.dataset.thread) return;
      setActiveThread(mark.dataset.thread);
      setTab('comments');
    };
    const { dom } = editor.view;
    dom.addEventListener('click', openThread);
    return () => {
      editor.off('selectionUpdate', follow);
      dom.removeEventListener('click', openThread);
    };
  }, [editor]);

  const startComment = (): void => {
    if (!editor) return;
    const { from, to, $from } = editor.state.selection;
    const id: unknown = $from.parent.attrs.id;
    const end = Math.min(to, $from.end());
    const range = from === to ? { from: $from.start(), to: $from.end() } : { from, to: end };
    const anchor = anchorOf(editor.state, session.doc, range);
    if (!anchor || typeof id !== 'string') return;
    setPending({
      clauseId: id,
      anchor,
      quote: editor.state.doc.textBetween(range.from, range.to, ' ').slice(0, QUOTE_LIMIT),
    });
    setTab('comments');
  };

  const onComment = mayComment ? startComment : null;

  const startLinking = useCallback((): void => {
    setPicked(null);
    setTab('library');
    requestAnimationFrame(() =>
      document.querySelector<HTMLInputElement>('.library input[type=search]')?.focus(),
    );
  }, []);

  useEffect(() => {
    // Ctrl+Alt+L: from the text to the library, with the clause under the caret as the one to link.
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || !event.altKey || event.code !== 'KeyL') return;
      event.preventDefault();
      startLinking();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [startLinking]);

  useEffect(() => {
    if (!editor || window.location.hash === '') return;
    requestAnimationFrame(() => revealClause(window.location.hash.slice(1)));
  }, [editor]);

  return (
    <div className="draft-page">
      <Outline />
      <main className="page-scroll">
        <Toolbar
          editor={editor}
          onComment={onComment}
          onWhyClosed={!mayComment && mayEver(viewer.role, 'comment.write') ? () => setTab('comments') : null}
        />
        <div className="page">
          {editor ? <EditorContent editor={editor} /> : <p className="splash">Opening the text…</p>}
          {editor && (
            <MarginLayer
              editor={editor}
              threads={threads.data ?? []}
              clauseId={clauseId}
              onLink={startLinking}
              onComment={onComment}
              onOpenLinks={(id) => {
                setPicked(id);
                setTab('library');
              }}
              onOpenThread={(id) => {
                setActiveThread(id);
                setTab('comments');
              }}
            />
          )}
        </div>
      </main>
      <Tabs.Root className="side" value={tab} onValueChange={setTab}>
        <Tabs.List aria-label="Side panel">
          <Tabs.Trigger value="library">Library</Tabs.Trigger>
          <Tabs.Trigger value="comments">Comments</Tabs.Trigger>
        </Tabs.List>
        <Tabs.Content value="library" className="side-content">
          <LibraryPanel
            clauseId={picked ?? clauseId}
            onlyClause={picked}
            onLeaveClause={() => setPicked(null)}
            onReveal={revealClause}
          />
        </Tabs.Content>
        <Tabs.Content value="comments" className="side-content">
          <CommentsPanel
            threads={threads.data ?? []}
            active={activeThread}
            onActivate={(thread) => {
              setActiveThread(thread.id);
              revealClause(clauseOfThread(session.doc, thread));
            }}
            pending={pending}
            onClosePending={() => setPending(null)}
          />
        </Tabs.Content>
      </Tabs.Root>
    </div>
  );
}

function Outline() {
  const { blocks, numbers } = useDraftView();
  return (
    <nav className="outline" aria-label="Outline">
      <ol>
        {blocks
          .filter(({ kind }) => kind === 'section' || kind === 'objective')
          .map(({ id, kind, text }) => (
            <li key={id} data-kind={kind}>
              <button type="button" onClick={() => revealClause(id)}>
                {kind === 'objective' ? `${numbers.get(id)?.label}. ${text}` : text}
              </button>
            </li>
          ))}
      </ol>
    </nav>
  );
}
