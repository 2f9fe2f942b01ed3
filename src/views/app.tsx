import { useCallback, useMemo, useRef, useState } from 'react';
import type { ReadingSettings } from '../analysis/settings.ts';
import { useSession } from '../state/use-session.ts';
import { useTheme } from '../state/theme.ts';
import { useView } from '../state/use-view.ts';
import { announcementOf } from './announcement.ts';
import { ExportContext } from './export/export-context.ts';
import { Failed } from './failed.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { Landing } from './landing.tsx';
import { Masthead } from './masthead.tsx';
import { Reading } from './reading.tsx';
import { Results } from './results.tsx';
import { useDrop } from './use-drop.ts';
import { useKeys } from './use-keys.ts';

/** The whole page: masthead, the session's view, the picker, the drop target and the keys. */
export function App() {
  const [view, dispatch] = useView();
  const control = useSession(view.grouping);
  const { session, open, openSample, close, refuse } = control;
  const [theme, setTheme] = useTheme();
  const [keysShown, setKeysShown] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const filter = useRef<HTMLInputElement>(null);

  const openFiles = useCallback((files: readonly File[]) => {
    dispatch({ type: 'reopened' });
    open(files);
  }, [dispatch, open]);
  const { readAgain: readFilesAgain } = control;
  const readAgain = useCallback((settings: ReadingSettings) => {
    dispatch({ type: 'reopened' });
    readFilesAgain(settings);
  }, [dispatch, readFilesAgain]);
  const trySample = useCallback(() => {
    dispatch({ type: 'reopened' });
    openSample();
  }, [dispatch, openSample]);
  const pick = useCallback(() => picker.current?.click(), []);
  const refuseFolder = useCallback((name: string) => refuse({
    kind: 'unreadable', file: name, offset: null, message: 'This is a folder. Drop the capture files in it instead.',
  }), [refuse]);
  const dropping = useDrop(openFiles, refuseFolder);

  const escape = () => {
    if (session.phase === 'ready') dispatch({ type: 'selected', group: null });
    else if (session.phase !== 'idle') close();
  };
  useKeys({ '?': () => setKeysShown(true), '/': () => filter.current?.focus(), o: pick, Escape: escape });

  const report = session.phase === 'ready' ? session.report : null;
  const announcement = useMemo(() => announcementOf(session), [session]);

  return (
    <ExportContext value={control.exports}>
      <Masthead
        report={report} view={view} onPick={pick} onHome={close} onKeys={() => setKeysShown(true)} theme={theme} onTheme={setTheme}
        onList={control.relist} onReadAgain={readAgain}
      />
      {session.phase === 'idle' && <Landing onPick={pick} onSample={trySample} />}
      {session.phase === 'reading' && <Reading fileNames={session.fileNames} progress={session.progress} onCancel={control.cancel} />}
      {session.phase === 'failed' && <Failed failure={session.failure} onPick={pick} onRetry={control.retry} onClose={close} />}
      {session.phase === 'ready' && (
        <Results
          report={session.report} rescoring={session.rescoring} view={view} dispatch={dispatch} filterRef={filter}
          onList={control.relist} fetchDetail={control.detail}
        />
      )}
      <p className="unseen" role="status">{announcement}</p>
      <input
        ref={picker} type="file" multiple hidden aria-label="Captures" data-testid="picker"
        onChange={(event) => {
          openFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      {dropping && <div className="drop-veil"><p>Drop to read</p></div>}
      <KeysDialog shown={keysShown} onClose={() => setKeysShown(false)} />
    </ExportContext>
  );
}
