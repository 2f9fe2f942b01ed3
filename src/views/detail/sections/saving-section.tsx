import { use } from 'react';
import { connectionCharts } from '../../../export/connection-charts.ts';
import { carvedFile, hasPackets } from '../../export/carved.ts';
import { chartPng } from '../../export/chart-png.ts';
import { ExportContext } from '../../export/export-context.ts';
import { fileName } from '../../export/file-name.ts';
import { useSaving } from '../../export/use-saving.ts';
import { Section } from '../section.tsx';
import type { SectionProps } from '../sections.ts';

/** The connection's charts and packets as files. */
export function SavingSection({ report, row, detail }: SectionProps) {
  const source = use(ExportContext);
  const { busy, said, saving } = useSaving();
  return (
    <Section title="Save">
      <ul className="saving-list">
        {connectionCharts(detail).map(({ name, title, svg }) => (
          <li key={name}>
            <span>{title}</span>
            <button
              type="button"
              aria-disabled={busy}
              aria-label={`${title} as SVG`}
              onClick={() =>
                void saving(async () => ({
                  name: fileName(name, 'svg', Date.now()),
                  blob: new Blob([svg], { type: 'image/svg+xml' }),
                }))
              }
            >
              SVG
            </button>
            <button
              type="button"
              aria-disabled={busy}
              aria-label={`${title} as PNG`}
              onClick={() =>
                void saving(async () => ({ name: fileName(name, 'png', Date.now()), blob: await chartPng(svg) }))
              }
            >
              PNG
            </button>
          </li>
        ))}
        {source !== null && hasPackets(report) && (
          <li>
            <span>Its packets</span>
            <button
              type="button"
              aria-disabled={busy}
              aria-label="Its packets as pcapng"
              onClick={() => void saving((onRead) => carvedFile(source, report, row, onRead))}
            >
              pcapng
            </button>
          </li>
        )}
      </ul>
      <p className="note" role="status">
        {said}
      </p>
    </Section>
  );
}
