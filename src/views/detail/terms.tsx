import type { ReactNode } from 'react';
import styles from './facts.module.css';

/** A term, what it means on hover, and what it is here. */
export interface Term {
  term: string;
  meaning: string;
  value: ReactNode;
}

/** Terms and their values, a line each; what is empty ('') is left out. */
export function Terms({ terms }: { terms: readonly Term[] }) {
  return (
    <dl className={styles.terms}>
      {terms.map(({ term, meaning, value }) =>
        value === '' ? null : (
          <div key={term} title={meaning}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
