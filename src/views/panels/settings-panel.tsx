import { useCallback } from 'react';
import type { ReactNode } from 'react';
import { useActions, useLook, useReport } from '../context.ts';
import { Disclosure } from '../controls/disclosure.tsx';
import { LimitField } from '../controls/limit-field.tsx';
import { ReadingSettingsForm } from './reading-settings.tsx';
import textStyles from '../text/text.module.css';
import styles from './settings.module.css';

/**
 * All settings behind one button: those that score again at once, then those that take another reading.
 *
 * @param children settings of the page that have no place elsewhere
 */
export function SettingsPanel({ children }: { children: ReactNode }) {
  const { settings } = useReport().report;
  const { relist: onList, readAgain, saved } = useActions();
  const { dispatch } = useLook();
  const limitNotebook = useCallback((notebookMinFlows: number) => onList({ notebookMinFlows }), [onList]);
  return (
    <Disclosure label="Settings" side="right">
      <section className={styles.settings}>
        <h2>Scoring, at once</h2>
        <LimitField
          label="The notebook scores over"
          limit={settings.notebookMinFlows}
          note="with fewer its scores have no value"
          onLimit={limitNotebook}
        />
      </section>
      <section className={styles.settings}>
        <h2>Reading, takes another one</h2>
        {saved !== null && (
          <p className={textStyles.note}>A saved analysis holds no packets to read: open its captures for that.</p>
        )}
        {saved === null && (
          <ReadingSettingsForm
            settings={settings}
            onReadAgain={(changed) => {
              dispatch({ type: 'reopened' });
              readAgain(changed);
            }}
          />
        )}
      </section>
      {children}
    </Disclosure>
  );
}
