/** One connection's flows as the scores see them, and what is known of their origin. */
export interface Series {
  kind: string;
  origin: 'beacon' | 'aperiodic' | 'periodic';
  /** Milliseconds from the capture's start, whole, ascending. */
  startsMs: Float64Array;
  /** In the order of the starts. */
  bytesSent: Float64Array;
  captureS: number;
  /** Null for what is no beacon. */
  truth: Truth | null;
}

/** How a beacon was made. */
export interface Truth {
  /** Median time between two check-ins of one implant, in seconds. */
  intervalS: number;
  /** Share of the interval the implant varies it by. */
  jitter: number;
  /** Share of check-ins that never came. */
  missed: number;
  implants: number;
  /** An operator was at work, so that there are more connections than check-ins. */
  tasked: boolean;
  /** The implant slept outside work hours. */
  workHours: boolean;
}

/** Captures last this long: 10 minutes, 1 hour, 8 hours, 24 hours. */
export const CAPTURES_S = [600, 3600, 28_800, 86_400] as const;

/** Fewer flows than this are no series. */
export const LEAST_FLOWS = 5;
