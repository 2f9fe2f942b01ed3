import { connectionCharts } from '../../../export/connection-charts.ts';
import { useActions, useReport } from '../../context.ts';
import { carvedFile, hasPackets } from '../../panels/export/carved.ts';
import { chartPng } from '../../panels/export/chart-png.ts';
import { fileName } from '../../panels/export/save.ts';
import { useSaving } from '../../panels/export/use-saving.ts';
import { Section, type SectionProps } from '../section.tsx';
import textStyles from '../../text/text.module.css';
import styles from '../detail.module.css';

/** The connection's charts and packets as files. */
export function SavingSection({ row, detail }: SectionProps) {
  const { report } = useReport();
  const { exports: source } = useActions();
  const { busy, said, saving } = useSaving();
  return (
    <Section title="Save">
      <ul className={styles.savingList}>
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
        {hasPackets(report) && (
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
      <p className={textStyles.note} role="status">
        {said}
      </p>
    </Section>
  );
}
