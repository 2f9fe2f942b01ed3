import type { ReactNode } from 'react';
import { THEMES } from '../../state/theme.ts';
import type { Theme } from '../../state/theme.ts';
import { Choice } from '../controls/choice.tsx';
import { usePhone } from '../controls/layout.ts';
import { CaptureFacts } from './capture-facts.tsx';
import { ExportMenu } from './export/export-menu.tsx';
import { ListsPanel } from './lists-panel.tsx';
import { SettingsPanel } from './settings-panel.tsx';
import { Warnings } from './warnings.tsx';
import buttonStyles from '../controls/button.module.css';
import styles from './masthead.module.css';

interface Props {
  /** Whether a report is shown: what belongs to one is left out before. */
  hasReport: boolean;
  theme: Theme;
  onTheme: (theme: Theme) => void;
  onPick: () => void;
  onHome: () => void;
  onKeys: () => void;
}

/** The line on top: the name, what was read, warnings, and the page's own switches. */
export function Masthead({ hasReport, theme, onTheme, onPick, onHome, onKeys }: Props) {
  const phone = usePhone();
  const themes = <Choice legend="Theme" options={THEMES} value={theme} onChange={onTheme} />;
  return (
    <header className={styles.masthead}>
      <h1>{hasReport ? <Brand onHome={onHome} /> : 'Beaconscope'}</h1>
      {hasReport && (
        <>
          <CaptureFacts />
          <Warnings />
        </>
      )}
      <div className={styles.mastheadEnd}>
        {hasReport && (
          <>
            <ListsPanel />
            <SettingsPanel>{phone && themes}</SettingsPanel>
            <ExportMenu />
            <button type="button" className={buttonStyles.quietButton} title="Open other captures (o)" onClick={onPick}>
              Open
            </button>
          </>
        )}
        <button type="button" className={buttonStyles.quietButton} onClick={onKeys} title="Keys" aria-label="Keys">
          <kbd>?</kbd>
        </button>
        {!(phone && hasReport) && themes}
      </div>
    </header>
  );
}

function Brand({ onHome }: { onHome: () => void }): ReactNode {
  return (
    <button type="button" className={styles.brand} title="Back to the start" onClick={onHome}>
      Beaconscope
    </button>
  );
}
