import { createContext, use } from 'react';
import type { Dispatch } from 'react';
import type { Report } from '../analysis/report/report.ts';
import type { Actions } from '../state/actions.ts';
import type { RowTexts } from '../state/row-texts.ts';
import type { CaseControl } from '../state/use-case.ts';
import type { TimeZone, View, ViewEvent } from '../state/view.ts';

/** The report on the page and the texts of its rows. */
export interface ShownReport {
  report: Report;
  texts: RowTexts;
}

/** How the report is looked at, and how that is changed. */
export interface Look {
  view: View;
  dispatch: Dispatch<ViewEvent>;
}

export const ReportContext = createContext<ShownReport | null>(null);
export const LookContext = createContext<Look | null>(null);
export const ActionsContext = createContext<Actions | null>(null);
export const CaseContext = createContext<CaseControl | null>(null);
/** Whether what is shown is only of what was read so far: it is replaced again and again, and nothing else can be asked. */
export const SoFarContext = createContext(false);
/** Apart from the rest of the view: every drawing with a time axis stands on it, and it seldom changes. */
export const TimeZoneContext = createContext<TimeZone>('utc');

/** The report; only for what is shown of one. */
export function useReport(): ShownReport {
  return within(use(ReportContext), 'report');
}

export function useLook(): Look {
  return within(use(LookContext), 'view');
}

export function useActions(): Actions {
  return within(use(ActionsContext), 'session');
}

/** What the analyst said of connections. */
export function useRemarks(): CaseControl {
  return within(use(CaseContext), 'analysis');
}

export function useIsSoFar(): boolean {
  return use(SoFarContext);
}

export function useTimeZone(): TimeZone {
  return use(TimeZoneContext);
}

function within<T>(value: T | null, what: string): T {
  if (value === null) throw new Error(`This part of the page is shown outside its ${what}.`);
  return value;
}
