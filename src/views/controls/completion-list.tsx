import { useEffect, useRef } from 'react';
import type { Completion } from '../../filter/completions.ts';
import styles from './filter-field.module.css';

interface Props {
  id: string;
  candidates: readonly Completion[];
  /** What a value looks like; null where it is one of the candidates. */
  hint: string | null;
  /** Place of the candidate that Enter takes; -1 for none. */
  active: number;
  onChoose: (text: string) => void;
}

/** What may be written at the cursor, with what it means. The focus stays in the field. */
export function CompletionList({ id, candidates, hint, active, onChoose }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector(`#${CSS.escape(`${id}-${active}`)}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);
  return (
    <div className={styles.offers} ref={box}>
      {hint !== null && <p className={styles.hint}>Write {hint}</p>}
      <div role="listbox" id={id} aria-label="What may be written here">
        {candidates.map(({ text, meaning }, place) => (
          <div
            key={text}
            role="option"
            id={`${id}-${place}`}
            tabIndex={-1}
            aria-selected={place === active}
            className={styles.offer}
            onMouseDown={(event) => {
              // The field keeps the focus.
              event.preventDefault();
              onChoose(text);
            }}
          >
            <code>{text}</code>
            <span>{meaning}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
