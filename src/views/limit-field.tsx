import { useEffect, useId, useState } from 'react';
import { formatCount } from './format.ts';
import { limitOf } from './limit.ts';

/** How long typing has to rest before the connections are scored again. */
const REST_MS = 350;

interface Props {
  minFlows: number;
  listed: number;
  groups: number;
  rescoring: boolean;
  onLimit: (minFlows: number) => void;
}

/** The limit under which connections are not listed; changing it scores again without reading again. */
export function LimitField({ minFlows, listed, groups, rescoring, onLimit }: Props) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? String(minFlows);
  const limit = limitOf(text);
  const commit = () => {
    if (limit !== null && limit !== minFlows) onLimit(limit);
    setDraft(null);
  };

  useEffect(() => {
    if (limit === null || limit === minFlows) return;
    const timer = setTimeout(() => onLimit(limit), REST_MS);
    return () => clearTimeout(timer);
  }, [limit, minFlows, onLimit]);

  return (
    <div className="limit">
      <label htmlFor={id}>more than</label>
      <input
        id={id} type="number" min={0} step={1} inputMode="numeric" value={text} aria-invalid={limit === null}
        onChange={(event) => setDraft(event.target.value)} onBlur={commit}
      />
      <span>flows</span>
      <span className="quiet">{rescoring ? 'scoring …' : `hidden: ${formatCount(groups - listed)} with fewer`}</span>
    </div>
  );
}
