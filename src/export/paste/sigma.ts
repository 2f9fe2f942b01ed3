import { NAME_LIMIT } from '../../analysis/names/text.ts';
import { type NamedConnection, portedProtocol } from './connection.ts';

/** Sigma's log categories for names, by how the name was found. */
const FIELDS: Readonly<Record<string, { category: string; field: string }>> = {
  dns: { category: 'dns', field: 'query' },
  http: { category: 'proxy', field: 'cs-host' },
  tls: { category: 'proxy', field: 'cs-host' },
};

/** A Sigma rule for firewall logs, or for DNS or proxy logs where the name was found there; null without ports. */
export function sigmaRuleOf({ source, destination, port, protocol, name, nameSource }: NamedConnection): string | null {
  if (portedProtocol(protocol) === null) return null;
  const named = name === '' ? undefined : FIELDS[nameSource];
  const selection = named === undefined
    ? [`src_ip: ${quoted(source)}`, `dst_ip: ${quoted(destination)}`, `dst_port: ${port}`]
    : [`${named.field}${name.length >= NAME_LIMIT ? '|endswith' : ''}: ${quoted(name)}`];
  return `title: A connection that Beaconscope listed
status: experimental
logsource:
  category: ${named?.category ?? 'firewall'}
detection:
  selection:
${selection.map((line) => `    ${line}\n`).join('')}  condition: selection
level: medium
`;
}

/** A YAML text in single quotes; `*`, `?` and `\` mean something to Sigma and are escaped. */
function quoted(text: string): string {
  return `'${text.replaceAll(/[*?\\]/g, String.raw`\$&`).replaceAll("'", "''")}'`;
}
