import { useCallback, useMemo, useRef, useState } from 'react';
import { isSameRange } from '../analysis/report/time-range.ts';
import { sameGroups, ShownRows } from '../state/shown-rows.ts';
import { useTheme } from '../state/theme.ts';
import { useCase } from '../state/use-case.ts';
import { useSession } from '../state/use-session.ts';
import { useView } from '../state/use-view.ts';
import type { View, ViewEvent } from '../state/view.ts';
import { ActionsContext, CaseContext, LookContext, ReportContext, SoFarContext, TimeZoneContext } from './context.ts';
import { useKeys } from './controls/use-keys.ts';
import { useLeaving } from './controls/use-leaving.ts';
import { folderRefusal, type Gathered } from './landing/dropped-files.ts';
import { FilePickers } from './landing/file-pickers.tsx';
import { Landing } from './landing/landing.tsx';
import { useDrop } from './landing/use-drop.ts';
import { AskDialog, type Question } from './panels/ask-dialog.tsx';
import { KeysDialog } from './panels/keys-dialog.tsx';
import { isCase, openCase } from './panels/open-case.ts';
import { Masthead } from './panels/masthead.tsx';
import { Failed } from './reading/failed.tsx';
import { Locked } from './reading/locked.tsx';
import { Reading } from './reading/reading.tsx';
import { ReadingRow } from './reading/reading-row.tsx';
import { announcementOf, announcementOfReport } from './results/announcement.ts';
import { Results } from './results/results.tsx';
import styles from './landing/landing.module.css';
import textStyles from './text/text.module.css';

/** The whole page: masthead, the session's view, the picker, the drop target and the keys. */
export function App() {
  const [view, dispatch] = useView();
  const { session, actions } = useSession(view.grouping);
  const { open, add, openSample, close, refuse } = actions;
  const [theme, setTheme] = useTheme();
  const [keysShown, setKeysShown] = useState(false);
  const [question, setQuestion] = useState<Question | null>(null);
  // The sample can be had again at any time: nothing is lost with it.
  const [isSample, setIsSample] = useState(false);
  const hasAnalysis = session.phase === 'ready' && !isSample;
  useLeaving(hasAnalysis || session.phase === 'reading');
  const picker = useRef<HTMLInputElement>(null);
  const folderPicker = useRef<HTMLInputElement>(null);
  const filter = useRef<HTMLInputElement>(null);

  const openFiles = useCallback(
    (files: readonly File[]) => {
      dispatch({ type: 'reopened' });
      open(files);
      setIsSample(false);
    },
    [dispatch, open],
  );
  const addFiles = useCallback(
    (files: readonly File[]) => {
      dispatch({ type: 'reopened' });
      add(files);
    },
    [dispatch, add],
  );
  const trySample = useCallback(() => {
    dispatch({ type: 'reopened' });
    openSample();
    setIsSample(true);
  }, [dispatch, openSample]);
  const report = session.phase === 'ready' ? session.report : null;
  const said = useCase(report?.captures ?? null, actions.saved, actions.exports.digests);
  const { open: sayCase } = said;
  const offerFiles = useCallback(
    async (files: readonly File[]) => {
      if (report !== null && files.length === 1 && (await isCase(files[0]))) {
        const problem = await openCase(files[0], sayCase);
        if (problem !== null)
          setQuestion({
            kind: 'refused',
            failure: { kind: 'unreadable', file: files[0].name, offset: null, message: problem },
          });
      } else if (hasAnalysis && files.length > 0) setQuestion({ kind: 'files', files });
      else openFiles(files);
    },
    [report, sayCase, hasAnalysis, openFiles],
  );
  const pick = useCallback(() => picker.current?.click(), []);
  const openGathered = useCallback(
    (gathered: Gathered) => {
      const refusal = folderRefusal(gathered);
      if (refusal !== null && hasAnalysis) setQuestion({ kind: 'refused', failure: refusal });
      else if (refusal !== null) refuse(refusal);
      else if (gathered.files.length > 0) void offerFiles(gathered.files);
    },
    [refuse, offerFiles, hasAnalysis],
  );
  const dropping = useDrop(openGathered);

  const soFar = session.phase === 'reading' ? session.soFar : null;
  const listed = report ?? (soFar === null || soFar.report.connections.length === 0 ? null : soFar.report);
  const isSoFar = report === null && listed !== null;
  const shown = useMemo(() => (listed === null ? null : new ShownRows(listed)), [listed]);
  // Groups of another time have other numbers: the open connection stays the same one.
  const [before, setBefore] = useState({ shown, isSoFar });
  if (before.shown !== shown) {
    setBefore({ shown, isSoFar });
    if (before.shown !== null && shown !== null) {
      const same = (groups: readonly number[]) => sameGroups(before.shown as ShownRows, groups, shown);
      if (before.isSoFar)
        dispatch({ type: 'renumbered', groups: same([...openIn(view), ...view.chosen, ...view.unfolded]) });
      else if (!isSameRange(before.shown.report.range, shown.report.range))
        dispatch({ type: 'timed', selected: same(openIn(view)).values().next().value ?? null });
    }
  }

  const escape = () => {
    if (report !== null && report.range !== null && isNothingOpen(view)) actions.lookAt(null);
    else if (session.phase === 'ready' || (isSoFar && [...openIn(view), ...view.chosen].length > 0))
      dispatch(closing(view));
    else if (session.phase !== 'idle') close();
  };
  useKeys({ '?': () => setKeysShown(true), '/': () => filter.current?.focus(), o: pick, Escape: escape });

  // Of what was read so far there are connections alone.
  const look = useMemo(
    () => ({ view: isSoFar ? { ...view, tab: 'connections' as const } : view, dispatch }),
    [view, dispatch, isSoFar],
  );
  // Kept while the report is: ten times a second the session changes by how far scoring again has come.
  const reportAnnouncement = useMemo(() => (report === null ? null : announcementOfReport(report)), [report]);

  return (
    <ActionsContext value={actions}>
      <LookContext value={look}>
        <TimeZoneContext value={view.timeZone}>
          <ReportContext value={shown}>
            <CaseContext value={said}>
              <Masthead
                hasReport={report !== null}
                onPick={pick}
                onHome={hasAnalysis ? () => setQuestion({ kind: 'leave' }) : close}
                onKeys={() => setKeysShown(true)}
                theme={theme}
                onTheme={setTheme}
              />
              {session.phase === 'idle' && (
                <Landing onPick={pick} onPickFolder={() => folderPicker.current?.click()} onSample={trySample} />
              )}
              {session.phase === 'reading' && shown === null && (
                <Reading fileNames={session.fileNames} progress={session.progress} onCancel={close} />
              )}
              {session.phase === 'failed' && session.failure.kind === 'locked' && (
                <Locked failure={session.failure} onClose={close} />
              )}
              {session.phase === 'failed' && session.failure.kind !== 'locked' && (
                <Failed failure={session.failure} progress={session.progress} onPick={pick} />
              )}
              {(session.phase === 'ready' || session.phase === 'reading') && shown !== null && (
                <SoFarContext value={isSoFar}>
                  <Results
                    shown={shown}
                    rescoring={session.phase === 'ready' && session.rescoring}
                    scoring={session.phase === 'ready' ? session.scoring : null}
                    failure={session.phase === 'ready' ? session.failure : null}
                    reading={
                      session.phase === 'ready' || soFar === null ? null : (
                        <ReadingRow progress={session.progress} rows={soFar} onCancel={close} />
                      )
                    }
                    filterRef={filter}
                  />
                </SoFarContext>
              )}
              <p className={textStyles.unseen} role="status">
                {reportAnnouncement ?? announcementOf(session)}
              </p>
              <FilePickers
                picker={picker}
                folderPicker={folderPicker}
                onFiles={(files) => void offerFiles(files)}
                onFolder={openGathered}
              />
              {dropping && (
                <div className={styles.dropVeil}>
                  <p>Drop to read</p>
                </div>
              )}
              <AskDialog
                question={question}
                onAdd={addFiles}
                onOpen={openFiles}
                onLeave={close}
                onClose={() => setQuestion(null)}
              />
              <KeysDialog shown={keysShown} onClose={() => setKeysShown(false)} />
            </CaseContext>
          </ReportContext>
        </TimeZoneContext>
      </LookContext>
    </ActionsContext>
  );
}

/** The group that is open, if there is one. */
function openIn({ selected }: View): number[] {
  return selected === null ? [] : [selected];
}

/** Whether there is nothing that Escape would close or let go before it shows all of the time again. */
function isNothingOpen({ chosen, chosenKeys, selected, askedFor, host }: View): boolean {
  return chosenKeys.length + chosen.length === 0 && selected === null && askedFor === null && host === null;
}

/** What Escape does to a report: rows are chosen no more, else what is open is closed. */
function closing({ chosen, chosenKeys, selected, tab }: View): ViewEvent {
  if (chosenKeys.length > 0) return { type: 'choseKeys', keys: [] };
  if (chosen.length > 0) return { type: 'chose', groups: [] };
  if (selected !== null) return { type: 'selected', group: null };
  return tab === 'dns' ? { type: 'asked-for', key: null } : { type: 'hosted', address: null };
}
