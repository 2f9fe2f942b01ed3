import { formatValue } from '../../text/format.ts';

/** A part of a score, 0 to 1. */
export interface PartBar {
  name: string;
  score: number;
  formula: string;
  meaning: string;
}

/** Parts of a score as bars, each with its arithmetic under it. */
export function PartBars({ parts }: { parts: readonly PartBar[] }) {
  return (
    <dl className="part-bars">
      {parts.map(({ name, score, formula, meaning }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="part-bar">
            <span className="bar" aria-hidden="true">
              <span style={{ width: `${Math.min(1, Math.max(0, score)) * 100}%` }} />
            </span>
            <strong className="number">{formatValue(score)}</strong>
          </dd>
          <dd className="part-formula">= {formula}</dd>
          <dd className="fact-meaning">{meaning}.</dd>
        </div>
      ))}
    </dl>
  );
}
