import { useState } from 'react';
import type { ReactNode } from 'react';

/** A long piece of arithmetic, folded away until it is asked for. */
export function TakenApart({ summary, children }: { summary: string; children: ReactNode }) {
  const [shown, setShown] = useState(false);
  return (
    <details className="taken-apart" open={shown} onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {shown && children}
    </details>
  );
}
