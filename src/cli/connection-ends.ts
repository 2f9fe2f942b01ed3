import { readAddress } from '../analysis/net/address.ts';
import type { ConnectionEnds } from '../export/carve.ts';

/** The arguments make no sense; the message is one line for the person who typed them. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Reads `SRC,DST,PORT` or `SRC,DST`. Throws a `UsageError`. */
export function connectionEnds(text: string): ConnectionEnds {
  const [source = '', destination = '', port, ...rest] = text.split(',').map((part) => part.trim());
  const wrong =
    readAddress(source) === 0 ||
    readAddress(destination) === 0 ||
    rest.length > 0 ||
    (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 0xffff));
  if (wrong) throw new UsageError(`--connection takes SRC,DST,PORT with two IP addresses, not "${text}"`);
  return { source, destination, port: port === undefined ? null : Number(port) };
}
