import { useEffect, useId, useRef, useState } from 'react';
import textStyles from '../text/text.module.css';
import styles from './limit-field.module.css';
import { wholeNumber } from '../../analysis/whole-number.ts';

/** How long typing has to rest before the connections are scored again. */
const REST_MS = 350;

interface Props {
  label: string;
  /** Flows of a connection have to be more than this. */
  limit: number;
  /** What the limit does, said after it. */
  note: string;
  onLimit: (limit: number) => void;
}

/** A limit on the flows of a connection; changing it scores again without reading again. */
export function LimitField({ label, limit: current, note, onLimit }: Props) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? String(current);
  const limit = limitOf(text);
  const commit = () => {
    if (limit !== null && limit !== current) onLimit(limit);
    setDraft(null);
  };

  useEffect(() => {
    if (limit === null || limit === current) return;
    const timer = setTimeout(() => onLimit(limit), REST_MS);
    return () => clearTimeout(timer);
  }, [limit, current, onLimit]);

  // The panel around it may be closed before typing has rested.
  const pending = useRef<() => void>(() => undefined);
  useEffect(() => {
    pending.current = () => {
      if (draft !== null && limit !== null && limit !== current) onLimit(limit);
    };
  });
  useEffect(() => () => pending.current(), []);

  return (
    <div className={styles.limit}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="number"
        min={0}
        step={1}
        inputMode="numeric"
        value={text}
        aria-invalid={limit === null}
        aria-describedby={`${id}-note`}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
      />
      <span>flows</span>
      <span className={textStyles.quiet} id={`${id}-note`}>
        {note}
      </span>
    </div>
  );
}

/** Flows of a connection are counted in 32 bits. */
const LARGEST_LIMIT = 0xffff_ffff;

/** The limit a text names: a whole number from 0; null for anything else. */
export function limitOf(text: string): number | null {
  return wholeNumber(text.trim(), LARGEST_LIMIT);
}
