declare module 'virtual:sample-capture' {
  /** The sample capture: gzip, then base64. */
  const sample: string;
  export default sample;
}
