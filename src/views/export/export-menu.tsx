import { use } from 'react';
import type { Report } from '../../analysis/report.ts';
import type { View } from '../../state/view.ts';
import { Disclosure } from '../disclosure.tsx';
import { ExportContext } from './export-context.ts';
import { EXPORT_CHOICES } from './files.ts';
import { useSaving } from './use-saving.ts';

/** The menu of files that can be saved. */
export function ExportMenu({ report, view }: { report: Report; view: View }) {
  const source = use(ExportContext);
  const { busy, said, saving } = useSaving();
  if (source === null) return null;
  return (
    <Disclosure label="Export" side="right">
      <ul className="export-list">
        {EXPORT_CHOICES.filter(({ offered }) => offered?.(report, view) ?? true).map(({ label, note, make }) => (
          <li key={label}>
            <button
              type="button"
              aria-disabled={busy}
              onClick={() => void saving((onRead) => make({ report, view, source, onRead }))}
            >
              {label}
            </button>
            <span className="quiet">{note}</span>
          </li>
        ))}
      </ul>
      <p className="note" role="status">
        {said}
      </p>
    </Disclosure>
  );
}
