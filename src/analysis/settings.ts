/** What an analyst may change about an analysis. */
export interface Settings {
  /** A flow ends when a packet comes this long after its last one (milliseconds of packet time). */
  idleTimeoutMs: number;
  /** A flow ends when a packet comes this long after its first one (milliseconds of packet time). */
  activeTimeoutMs: number;
  /** Connections with strictly more flows than this are scored and listed. */
  minFlows: number;
  /** Opens tunnels that NFStream leaves closed (GRE, VXLAN, Geneve, Teredo, AH) and reads packets of IPv4 length 0. */
  openTunnels: boolean;
}

/** Settings that decide how captures are read; changing one takes another reading. */
export type ReadingSettings = Pick<Settings, 'idleTimeoutMs' | 'activeTimeoutMs' | 'openTunnels'>;

/** NFStream's timeouts and the notebook's limit. */
export const DEFAULT_SETTINGS: Readonly<Settings> = {
  idleTimeoutMs: 120_000,
  activeTimeoutMs: 1_800_000,
  minFlows: 10,
  openTunnels: false,
};
