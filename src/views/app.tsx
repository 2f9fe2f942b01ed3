import { useCallback, useMemo, useRef, useState } from 'react';
import type { ReadingSettings } from '../analysis/settings.ts';
import { useSession } from '../state/use-session.ts';
import { useTheme } from '../state/theme.ts';
import { useView } from '../state/use-view.ts';
import { announcementOf, announcementOfReport } from './announcement.ts';
import { MOST_FILES, pickedFolder } from './dropped-files.ts';
import type { Gathered } from './dropped-files.ts';
import { ExportContext } from './export/export-context.ts';
import { Failed } from './failed.tsx';
import { formatCount } from './format.ts';
import { KeysDialog } from './keys-dialog.tsx';
import { Landing } from './landing.tsx';
import { Masthead } from './masthead.tsx';
import { Reading } from './reading.tsx';
import { Results } from './results.tsx';
import { useDrop } from './use-drop.ts';
import { useKeys } from './use-keys.ts';

/** React's types do not know this attribute of a file input. */
const WHOLE_FOLDER = { webkitdirectory: '' };

/** The whole page: masthead, the session's view, the picker, the drop target and the keys. */
export function App() {
  const [view, dispatch] = useView();
  const control = useSession(view.grouping);
  const { session, open, openSample, close, refuse } = control;
  const [theme, setTheme] = useTheme();
  const [keysShown, setKeysShown] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const folderPicker = useRef<HTMLInputElement>(null);
  const filter = useRef<HTMLInputElement>(null);

  const openFiles = useCallback(
    (files: readonly File[]) => {
      dispatch({ type: 'reopened' });
      open(files);
    },
    [dispatch, open],
  );
  const { readAgain: readFilesAgain } = control;
  const readAgain = useCallback(
    (settings: ReadingSettings) => {
      dispatch({ type: 'reopened' });
      readFilesAgain(settings);
    },
    [dispatch, readFilesAgain],
  );
  const trySample = useCallback(() => {
    dispatch({ type: 'reopened' });
    openSample();
  }, [dispatch, openSample]);
  const pick = useCallback(() => picker.current?.click(), []);
  const pickFolder = useCallback(() => folderPicker.current?.click(), []);
  const openGathered = useCallback(
    ({ files, more, folder }: Gathered) => {
      const tooMany = `It holds more than ${formatCount(MOST_FILES)} files. Open a part of them.`;
      if (more) refuse({ kind: 'unreadable', file: folder, offset: null, message: tooMany });
      else if (files.length > 0) openFiles(files);
      else if (folder !== null)
        refuse({
          kind: 'unreadable',
          file: folder,
          offset: null,
          message: 'No file in this folder could be read. Try “Open a folder”.',
        });
    },
    [refuse, openFiles],
  );
  const dropping = useDrop(openGathered);

  const escape = () => {
    if (session.phase === 'ready') dispatch({ type: 'selected', group: null });
    else if (session.phase !== 'idle') close();
  };
  useKeys({ '?': () => setKeysShown(true), '/': () => filter.current?.focus(), o: pick, Escape: escape });

  const report = session.phase === 'ready' ? session.report : null;
  // Kept while the report is: ten times a second the session changes by how far scoring again has come.
  const reportAnnouncement = useMemo(() => (report === null ? null : announcementOfReport(report)), [report]);

  return (
    <ExportContext value={control.exports}>
      <Masthead
        report={report}
        view={view}
        onPick={pick}
        onHome={close}
        onKeys={() => setKeysShown(true)}
        theme={theme}
        onTheme={setTheme}
        onList={control.relist}
        onReadAgain={readAgain}
        listsKept={control.listsKept}
      />
      {session.phase === 'idle' && <Landing onPick={pick} onPickFolder={pickFolder} onSample={trySample} />}
      {session.phase === 'reading' && (
        <Reading fileNames={session.fileNames} progress={session.progress} onCancel={control.cancel} />
      )}
      {session.phase === 'failed' && (
        <Failed failure={session.failure} onPick={pick} onRetry={control.retry} onClose={close} />
      )}
      {session.phase === 'ready' && (
        <Results
          report={session.report}
          rescoring={session.rescoring}
          scoring={session.scoring}
          view={view}
          dispatch={dispatch}
          filterRef={filter}
          onList={control.relist}
          editAllow={control.editAllow}
          fetchDetail={control.detail}
        />
      )}
      <p className="unseen" role="status">
        {reportAnnouncement ?? announcementOf(session)}
      </p>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label="Captures"
        data-testid="picker"
        onChange={(event) => {
          openFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <input
        ref={folderPicker}
        type="file"
        {...WHOLE_FOLDER}
        hidden
        aria-label="Folder of captures"
        data-testid="folder-picker"
        onChange={(event) => {
          openGathered(pickedFolder([...(event.target.files ?? [])]));
          event.target.value = '';
        }}
      />
      {dropping && (
        <div className="drop-veil">
          <p>Drop to read</p>
        </div>
      )}
      <KeysDialog shown={keysShown} onClose={() => setKeysShown(false)} />
    </ExportContext>
  );
}
