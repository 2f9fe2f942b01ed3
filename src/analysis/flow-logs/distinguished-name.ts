/** Parts of a name as RFC 4514 writes it: a comma, or OpenSSL's blank behind one, that no backslash takes back. */
const PARTS = /(?<!\\),\s*/;

/**
 * Who a certificate's subject or issuer is: its common name, else its organization, else all of it. Takes what Zeek and
 * Suricata write ("CN=example.org,O=Example", "C=US, O=Example, CN=example.org").
 */
export function distinguishedName(text: string): string {
  const parts = text.split(PARTS);
  const valueOf = (attribute: string): string | undefined =>
    parts.find((part) => part.toUpperCase().startsWith(`${attribute}=`))?.slice(attribute.length + 1);
  return (valueOf('CN') ?? valueOf('O') ?? text).replaceAll(/\\+(.)/g, '$1');
}
