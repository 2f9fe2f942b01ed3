/** What an analyst may change about an analysis. */
export interface Settings {
  /** A flow ends when a packet comes this long after its last one (milliseconds of packet time). */
  idleTimeoutMs: number;
  /** A flow ends when a packet comes this long after its first one (milliseconds of packet time). */
  activeTimeoutMs: number;
  /** Connections with strictly more flows than this are scored and listed. */
  minFlows: number;
}

/** NFStream's timeouts and the notebook's limit. */
export const DEFAULT_SETTINGS: Readonly<Settings> = {
  idleTimeoutMs: 120_000,
  activeTimeoutMs: 1_800_000,
  minFlows: 10,
};
