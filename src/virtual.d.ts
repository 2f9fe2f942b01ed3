declare module 'virtual:sample-capture' {
  /** The sample capture: gzip, then base64. */
  const sample: string;
  export default sample;
}

interface ImportMetaEnv {
  /** The program's version, from the package it is part of. */
  readonly PROGRAM_VERSION: string;
}
