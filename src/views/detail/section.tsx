import { useState, type ReactNode } from 'react';
import type { ConnectionDetail } from '../../analysis/connections/connection-detail.ts';
import styles from './detail.module.css';

/** What every section of an open connection is given; the report and the time zone come by context. */
export interface SectionProps {
  /** The connection's row in the report. */
  row: number;
  detail: ConnectionDetail;
  /** Room for a drawing, CSS pixels; 0 until it is laid out. */
  width: number;
}

/** A part of the open connection under its heading; `end` stands beside it. */
export function Section({ title, end, children }: { title: string; end?: ReactNode; children: ReactNode }) {
  return (
    <section>
      <div className={styles.sectionHead}>
        <h3>{title}</h3>
        {end}
      </div>
      {children}
    </section>
  );
}

/** A long piece of arithmetic, folded away until it is asked for. */
export function ScoreBreakdown({ summary, children }: { summary: string; children: ReactNode }) {
  const [shown, setShown] = useState(false);
  return (
    <details className={styles.takenApart} open={shown} onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {shown && children}
    </details>
  );
}
