import { useCallback, useEffect, useId, useRef, useState } from 'react';
import type { DragEvent, ReactNode } from 'react';
import type { ListProblem } from '../../analysis/lists/list.ts';
import { useActions } from '../context.ts';
import { ListFiles } from './list-files.tsx';
import { ListProblems, importWords } from './list-words.tsx';
import textStyles from '../text/text.module.css';
import styles from './lists.module.css';

/** How long typing has to rest before the list is applied. */
const REST_MS = 500;

interface Props {
  title: string;
  /** The list as the report was made with it. */
  text: string;
  /** What the list is unless the analyst says otherwise, where that is not empty. */
  fallback?: string;
  /** Lines of `text` that could not be read. */
  problems: readonly ListProblem[];
  /** What the list does, in a sentence. */
  summary: string;
  /** Name of the file it is saved as. */
  fileName: string;
  onText: (text: string) => void;
  /** What belongs into it. */
  children: ReactNode;
}

/** A list as a text to type or paste into, to drop files on, and to save. */
export function ListEditor({
  title,
  text: current,
  fallback = '',
  problems,
  summary,
  fileName,
  onText,
  children,
}: Props) {
  const id = useId();
  const { addToList } = useActions();
  const [draft, setDraft] = useState<string | null>(null);
  const [imported, setImported] = useState<{ words: string; problems: readonly ListProblem[] } | null>(null);
  const text = draft ?? current;

  // What was asked for and is not in the report yet: asking again would take the time again.
  const asked = useRef<string | null>(null);
  // A draft that is the list now must not undo what else changes the list later.
  if (draft !== null && draft === current) setDraft(null);
  const apply = useCallback(
    (next: string) => {
      if (next === current || next === asked.current) return;
      asked.current = next;
      onText(next);
    },
    [current, onText],
  );

  useEffect(() => {
    if (draft === null) {
      asked.current = null;
      return;
    }
    const timer = setTimeout(() => apply(draft), REST_MS);
    return () => clearTimeout(timer);
  }, [draft, apply]);

  const change = (next: string) => {
    setDraft(next);
    apply(next);
  };
  const addFiles = async (files: readonly File[]) => {
    const outcome = await addToList(text, files);
    if (!outcome.ok) {
      setImported({ words: `Nothing was added: ${outcome.failure.message}.`, problems: [] });
      return;
    }
    const list = outcome.value.text;
    const words = outcome.value.files.map(({ name, ...result }) => importWords(name, result));
    const unread = outcome.value.files.flatMap(({ name, problems: ofFile }) =>
      ofFile.map(({ line, reason }) => ({ line, reason: files.length > 1 ? `${name}: ${reason}` : reason })),
    );
    // Of a list that became the file as it is, the problems are its own and told below.
    setImported({
      words: words.join(' '),
      problems: list === text || text.trim() !== '' || files.length > 1 ? unread : [],
    });
    change(list);
  };
  const drop = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    // Further out, the page takes dropped files for captures.
    event.stopPropagation();
    if (event.type === 'dragover' || event.type === 'drop') event.preventDefault();
    if (event.type === 'drop') void addFiles([...event.dataTransfer.files]);
  };

  return (
    <section className={styles.listEditor} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p className={textStyles.note}>{children}</p>
      <textarea
        aria-labelledby={id}
        aria-describedby={`${id}-summary`}
        value={text}
        rows={5}
        spellCheck={false}
        autoComplete="off"
        wrap="off"
        placeholder="Type, paste, or drop a file here"
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => change(text)}
        onDragEnter={drop}
        onDragLeave={drop}
        onDragOver={drop}
        onDrop={drop}
      />
      <ListFiles
        title={title}
        text={text}
        fileName={fileName}
        reset={text === fallback ? null : fallback}
        onFiles={(files) => void addFiles(files)}
        onReset={change}
      />
      <p id={`${id}-summary`} className={textStyles.quiet}>
        {summary}
      </p>
      <ListProblems problems={problems} />
      {imported !== null && <p role="status">{imported.words}</p>}
      {imported !== null && <ListProblems problems={imported.problems} />}
    </section>
  );
}
