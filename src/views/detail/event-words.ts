import type { RhythmEvents } from '../../analysis/scores/rhythm-events.ts';
import { formatCounted } from '../format.ts';

/** What a strip of the capture draws, counted: the words under it and of its accessible name. */
export interface EventWords {
  checkIns: string;
  missed: string;
  silences: string;
  extra: string;
}

export function eventWords(events: RhythmEvents): EventWords {
  return {
    checkIns: formatCounted(events.checkInsMs.length, 'check-in'),
    missed: `${formatCounted(events.missedMs.length, 'check-in')} missed`,
    silences: formatCounted(events.silencesMs.length / 2, 'longer silence'),
    extra: formatCounted(events.extraMs.length, 'extra connection'),
  };
}
