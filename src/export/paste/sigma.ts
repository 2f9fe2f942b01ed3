import { NAME_LIMIT } from '../../analysis/protocols/text.ts';
import { type PastedConnection, portedProtocol } from './connection.ts';

/** Sigma's log categories for names, by how the name was found. */
const FIELDS: Readonly<Record<string, { category: string; field: string }>> = {
  dns: { category: 'dns', field: 'query' },
  http: { category: 'proxy', field: 'cs-host' },
  tls: { category: 'proxy', field: 'cs-host' },
};

/**
 * A Sigma rule for firewall logs, or for DNS or proxy logs where a name was found there that all flows share; null
 * where flows of other protocols than TCP and UDP would be missed.
 */
export function sigmaRuleOf(connection: PastedConnection): string | null {
  const { protocols, name, nameSource, otherNames } = connection;
  if (protocols.length === 0 || protocols.some(({ protocol }) => portedProtocol(protocol) === null)) return null;
  const named = name === '' || otherNames > 0 ? undefined : FIELDS[nameSource];
  const selection =
    named === undefined
      ? endsSelection(connection)
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

function endsSelection({ source, destinations, protocols }: PastedConnection): string[] {
  const anyPort = protocols.some(({ ports }) => ports.length === 0);
  const ports = new Set(protocols.flatMap((own) => own.ports));
  return [
    `src_ip: ${quoted(source)}`,
    ...valuesOf('dst_ip', destinations.map(quoted)),
    ...(anyPort ? [] : valuesOf('dst_port', [...ports].map(String))),
  ];
}

/** A field with its value, or with the list of those it may have. */
function valuesOf(field: string, values: readonly string[]): string[] {
  return values.length === 1 ? [`${field}: ${values[0]}`] : [`${field}:`, ...values.map((value) => `  - ${value}`)];
}

/** A YAML text in single quotes; `*`, `?` and `\` mean something to Sigma and are escaped. */
function quoted(text: string): string {
  return `'${text.replaceAll(/[*?\\]/g, String.raw`\$&`).replaceAll("'", "''")}'`;
}
