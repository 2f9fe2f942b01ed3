import type { Report } from '../analysis/report.ts';
import type { ListSettings, ReadingSettings } from '../analysis/settings.ts';
import { THEMES } from '../state/theme.ts';
import type { Theme } from '../state/theme.ts';
import type { View } from '../state/view.ts';
import { CaptureFacts } from './capture-facts.tsx';
import { Choice } from './choice.tsx';
import { ExportMenu } from './export/export-menu.tsx';
import { ListsPanel } from './lists-panel.tsx';
import { SettingsPanel } from './settings-panel.tsx';
import { Warnings } from './warnings.tsx';

interface Props {
  report: Report | null;
  view: View;
  theme: Theme;
  onTheme: (theme: Theme) => void;
  onPick: () => void;
  onHome: () => void;
  onKeys: () => void;
  onList: (settings: Partial<ListSettings>) => void;
  onReadAgain: (settings: ReadingSettings) => void;
  listsKept: boolean;
}

/** The line on top: the name, what was read, warnings, and the page's own switches. */
export function Masthead({
  report,
  view,
  theme,
  onTheme,
  onPick,
  onHome,
  onKeys,
  onList,
  onReadAgain,
  listsKept,
}: Props) {
  return (
    <header className="masthead">
      <h1>
        {report === null ? (
          'Beaconscope'
        ) : (
          <button type="button" className="brand" title="Back to the start" onClick={onHome}>
            Beaconscope
          </button>
        )}
      </h1>
      {report !== null && <CaptureFacts report={report} timeZone={view.timeZone} />}
      {report !== null && <Warnings captures={report.captures} />}
      <div className="masthead-end">
        {report !== null && <ListsPanel report={report} kept={listsKept} onList={onList} />}
        {report !== null && <SettingsPanel settings={report.settings} onList={onList} onReadAgain={onReadAgain} />}
        {report !== null && <ExportMenu report={report} view={view} />}
        {report !== null && (
          <button type="button" className="quiet-button" title="Open other captures (o)" onClick={onPick}>
            Open
          </button>
        )}
        <button type="button" className="quiet-button" onClick={onKeys} title="Keys" aria-label="Keys">
          <kbd>?</kbd>
        </button>
        <Choice legend="Theme" options={THEMES} value={theme} onChange={onTheme} />
      </div>
    </header>
  );
}
