import { readAddress } from '../analysis/net/address.ts';
import type { FlowEnds } from '../evidence/evidence.ts';
import type { ConnectionEnds } from '../export/carve.ts';
import { portIn } from '../analysis/whole-number.ts';

/** The arguments make no sense; the message is one line for the person who typed them. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Reads `SRC,DST,PORT` or `SRC,DST,PORT,CLIENTPORT`: the ends of a flow to follow. Throws a `UsageError`. */
export function flowEnds(text: string): FlowEnds {
  const parts = partsOf(text);
  const [source = '', destination = '', port = '', sourcePort] = parts;
  const wrong =
    parts.length > 4 ||
    readAddress(source) === 0 ||
    readAddress(destination) === 0 ||
    portIn(port) === null ||
    (sourcePort !== undefined && portIn(sourcePort) === null);
  if (wrong) throw new UsageError(`--follow takes SRC,DST,PORT or SRC,DST,PORT,CLIENTPORT, not "${text}"`);
  return {
    source,
    destination,
    port: Number(port),
    sourcePort: sourcePort === undefined ? null : Number(sourcePort),
    protocol: null,
    spanMs: null,
  };
}

/** A name of the Internet: what a proxy is asked for. */
const HOST = /^(?:[\w-]+\.)+[a-z][\w-]*$/i;

/** Whether a text is what `connectionEnds` reads. */
export function isConnection(text: string): boolean {
  const [source = '', destination = '', port, ...rest] = partsOf(text);
  const isDestination = readAddress(destination) !== 0 || HOST.test(destination);
  return (
    readAddress(source) !== 0 && isDestination && rest.length === 0 && (port === undefined || portIn(port) !== null)
  );
}

/** Reads `SRC,DST,PORT` or `SRC,DST`. Throws a `UsageError`. */
export function connectionEnds(text: string): ConnectionEnds {
  if (!isConnection(text))
    throw new UsageError(
      `--connection takes SRC,DST,PORT with IP addresses, or DST as the host that a proxy is asked for, not "${text}"`,
    );
  const [source, destination, port] = partsOf(text);
  return { source, destination, port: port === undefined ? null : Number(port) };
}

function partsOf(text: string): string[] {
  return text.split(',').map((part) => part.trim());
}
