import { captureFilterOf } from './bpf.ts';
import type { NamedConnection } from './connection.ts';
import { sigmaRuleOf } from './sigma.ts';
import { suricataRulesOf } from './suricata.ts';
import { displayFilterOf } from './wireshark.ts';
import { zeekScriptOf } from './zeek.ts';

/** A text to paste into another tool. */
export interface PasteLine {
  tool: string;
  text: string;
}

/** What to paste into other tools to find a connection again. Names are escaped for each tool's own syntax. */
export function pasteLines(connection: NamedConnection): PasteLine[] {
  const { source, destination, port, protocol } = connection;
  const sigma = sigmaRuleOf(connection);
  return [
    { tool: 'Wireshark', text: displayFilterOf(source, destination, { port, protocol }) },
    { tool: 'tcpdump', text: captureFilterOf(connection) },
    { tool: 'Zeek', text: zeekScriptOf(connection) },
    { tool: 'Suricata', text: suricataRulesOf(connection) },
    ...(sigma === null ? [] : [{ tool: 'Sigma', text: sigma }]),
  ];
}
