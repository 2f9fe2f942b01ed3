import type { ConnectionDetail } from '../../analysis/connections/connection-detail.ts';
import { captureFilterOf } from './bpf.ts';
import type { PastedConnection } from './connection.ts';
import { sigmaRuleOf } from './sigma.ts';
import { suricataRulesOf } from './suricata.ts';
import { displayFilterOf } from './wireshark.ts';
import { zeekScriptOf } from './zeek.ts';

/** A text to paste into another tool. */
export interface PasteLine {
  tool: string;
  text: string;
}

/**
 * What to paste into other tools to find a connection again. Names are escaped for each tool's own syntax. Of a
 * connection with several addresses and several ports, each port is looked for at each address.
 */
export function pasteLines(connection: PastedConnection): PasteLine[] {
  const sigma = sigmaRuleOf(connection);
  return [
    { tool: 'Wireshark', text: displayFilterOf(connection) },
    { tool: 'tcpdump', text: captureFilterOf(connection) },
    { tool: 'Zeek', text: zeekScriptOf(connection) },
    { tool: 'Suricata', text: suricataRulesOf(connection) },
    ...(sigma === null ? [] : [{ tool: 'Sigma', text: sigma }]),
  ];
}

/** What the lines leave out, as a sentence; '' where they cover everything that the flows go to. */
export function leftOutOfLines({ ends, otherEnds }: Pick<ConnectionDetail, 'ends' | 'otherEnds'>): string {
  if (otherEnds === 0) return '';
  return (
    `These cover the ${ends.length} addresses and ports that most flows go to; ${otherEnds} more ` +
    `${otherEnds === 1 ? 'is' : 'are'} left out.`
  );
}
