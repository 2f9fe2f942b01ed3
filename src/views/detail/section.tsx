import type { ReactNode } from 'react';

/** A part of the open connection under its heading; `end` stands beside it. */
export function Section({ title, end, children }: { title: string; end?: ReactNode; children: ReactNode }) {
  return (
    <section>
      <div className="section-head">
        <h3>{title}</h3>
        {end}
      </div>
      {children}
    </section>
  );
}
