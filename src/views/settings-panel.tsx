import { useCallback } from 'react';
import type { ListSettings, ReadingSettings, Settings } from '../analysis/settings.ts';
import { Disclosure } from './disclosure.tsx';
import { LimitField } from './limit-field.tsx';
import { ReadingSettingsForm } from './reading-settings.tsx';

interface Props {
  /** What the report was made with. */
  settings: Settings;
  onList: (settings: Partial<ListSettings>) => void;
  onReadAgain: (settings: ReadingSettings) => void;
}

/** All settings behind one button: those that score again at once, then those that take another reading. */
export function SettingsPanel({ settings, onList, onReadAgain }: Props) {
  const limitNotebook = useCallback((notebookMinFlows: number) => onList({ notebookMinFlows }), [onList]);
  return (
    <Disclosure label="Settings" side="right">
      <section className="settings">
        <h3>Scoring, at once</h3>
        <LimitField
          label="The notebook scores over"
          limit={settings.notebookMinFlows}
          note="with fewer its scores have no value"
          onLimit={limitNotebook}
        />
      </section>
      <section className="settings">
        <h3>Reading, takes another one</h3>
        <ReadingSettingsForm settings={settings} onReadAgain={onReadAgain} />
      </section>
    </Disclosure>
  );
}
