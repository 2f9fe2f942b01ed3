import { useActions, useLook, useRemarks, useReport } from '../../context.ts';
import { Disclosure } from '../../controls/disclosure.tsx';
import { EXPORT_CHOICES } from './files.ts';
import { useSaving } from './use-saving.ts';
import textStyles from '../../text/text.module.css';
import styles from './export-menu.module.css';

/** The menu of files that can be saved. */
export function ExportMenu() {
  const { report } = useReport();
  const { view } = useLook();
  const { exports: source } = useActions();
  const { remarks } = useRemarks();
  const { busy, said, saving } = useSaving();
  return (
    <Disclosure label="Export" side="right">
      <ul className={styles.exportList}>
        {EXPORT_CHOICES.filter(({ offered }) => offered?.(report, view, remarks) ?? true).map(
          ({ label, note, make }) => (
            <li key={label}>
              <button
                type="button"
                aria-disabled={busy}
                onClick={() => void saving((onRead) => make({ report, view, source, remarks, onRead }))}
              >
                {label}
              </button>
              <span className={textStyles.quiet}>{note}</span>
            </li>
          ),
        )}
      </ul>
      <p className={textStyles.note} role="status">
        {said}
      </p>
    </Disclosure>
  );
}
