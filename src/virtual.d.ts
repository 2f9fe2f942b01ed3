declare module 'virtual:sample-capture' {
  /** The sample capture: gzip, then base64. */
  const sample: string;
  export default sample;
}

declare module 'oui-data' {
  /** Makers of adapters by their blocks; in what is built the text that `packedVendors` makes of it. */
  const list: string | Readonly<Record<string, string>>;
  export default list;
}

interface ImportMetaEnv {
  /** The program's version, from the package it is part of. */
  readonly PROGRAM_VERSION: string;
}
