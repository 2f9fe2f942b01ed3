import { describe, expect, it } from 'vitest';
import { IDLE, sessionAfter } from '../../../src/state/session.ts';
import type { Session } from '../../../src/state/session.ts';
import type { Failure } from '../../../src/worker/protocol.ts';
import { PROGRESS, reportOf } from './reports.ts';

const CANCELLED: Failure = { kind: 'cancelled', message: 'cancelled', file: null, offset: null };
const DAMAGED: Failure = { kind: 'bad-length', message: 'too long', file: 'a.pcap', offset: 24 };
const READING: Session = { phase: 'reading', fileNames: ['a.pcap'], progress: null, soFar: null };
const REPORT = reportOf([]);

describe('session', () => {
  it('reads, progresses and becomes ready', () => {
    const reading = sessionAfter(IDLE, { type: 'opened', fileNames: ['a.pcap'] });
    expect(reading).toEqual(READING);
    expect(sessionAfter(reading, { type: 'progressed', progress: PROGRESS })).toEqual({
      ...READING,
      progress: PROGRESS,
    });
    expect(sessionAfter(reading, { type: 'reported', outcome: { ok: true, value: REPORT } })).toEqual({
      phase: 'ready',
      report: REPORT,
      rescoring: false,
      scoring: null,
      failure: null,
    });
  });

  it('has the first rows while it reads, and not after it', () => {
    const rows = { report: REPORT, bytesRead: 1, bytesTotal: 2 };
    const listed = sessionAfter(READING, { type: 'listed', rows });
    expect(listed).toEqual({ ...READING, soFar: rows });
    expect(sessionAfter(listed, { type: 'progressed', progress: PROGRESS })).toEqual({ ...listed, progress: PROGRESS });
    expect(sessionAfter(IDLE, { type: 'listed', rows })).toBe(IDLE);
  });

  it('goes back to the start when cancelled and shows other failures', () => {
    expect(sessionAfter(READING, { type: 'reported', outcome: { ok: false, failure: CANCELLED } })).toBe(IDLE);
    expect(sessionAfter(READING, { type: 'reported', outcome: { ok: false, failure: DAMAGED } })).toEqual({
      phase: 'failed',
      failure: DAMAGED,
      progress: null,
    });
  });

  it('keeps how far reading had come when it fails', () => {
    const reading = sessionAfter(READING, { type: 'progressed', progress: PROGRESS });
    expect(sessionAfter(reading, { type: 'reported', outcome: { ok: false, failure: DAMAGED } })).toEqual({
      phase: 'failed',
      failure: DAMAGED,
      progress: PROGRESS,
    });
  });

  it('ignores progress and answers that come after it was closed', () => {
    expect(sessionAfter(IDLE, { type: 'progressed', progress: PROGRESS })).toBe(IDLE);
    expect(sessionAfter(IDLE, { type: 'reported', outcome: { ok: true, value: REPORT } })).toBe(IDLE);
    expect(sessionAfter(IDLE, { type: 'rescoring' })).toBe(IDLE);
  });

  it('keeps the report while it is scored again', () => {
    const ready: Session = { phase: 'ready', report: REPORT, rescoring: false, scoring: null, failure: null };
    const rescoring = sessionAfter(ready, { type: 'rescoring' });
    expect(rescoring).toEqual({ ...ready, rescoring: true });
    expect(sessionAfter(rescoring, { type: 'reported', outcome: { ok: false, failure: CANCELLED } })).toEqual(ready);
    expect(sessionAfter(rescoring, { type: 'closed' })).toBe(IDLE);
  });

  it('keeps the report, with why, where it cannot be scored again', () => {
    const ready: Session = { phase: 'ready', report: REPORT, rescoring: false, scoring: null, failure: null };
    const rescoring = sessionAfter(ready, { type: 'rescoring' });
    const failed = sessionAfter(rescoring, { type: 'reported', outcome: { ok: false, failure: DAMAGED } });
    expect(failed).toEqual({ ...ready, failure: DAMAGED });
    expect(sessionAfter(failed, { type: 'rescoring' })).toEqual(rescoring);
  });

  it('tells how far scoring again has come, until it is done or begun anew', () => {
    const ready: Session = { phase: 'ready', report: REPORT, rescoring: false, scoring: null, failure: null };
    const scoring = { scored: 256, listed: 1000 };
    expect(sessionAfter(ready, { type: 'scored', scoring })).toBe(ready);
    const underWay = sessionAfter(sessionAfter(ready, { type: 'rescoring' }), { type: 'scored', scoring });
    expect(underWay).toEqual({ ...ready, rescoring: true, scoring });
    expect(sessionAfter(underWay, { type: 'rescoring' })).toEqual({ ...ready, rescoring: true });
    expect(sessionAfter(underWay, { type: 'reported', outcome: { ok: true, value: REPORT } })).toEqual(ready);
    expect(sessionAfter(underWay, { type: 'reported', outcome: { ok: false, failure: CANCELLED } })).toEqual(ready);
    expect(sessionAfter(IDLE, { type: 'scored', scoring })).toBe(IDLE);
  });
});
