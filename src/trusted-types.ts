/** What a browser with Trusted Types (W3C) has of them, as far as it is used here. */
interface TrustedTypes {
  createPolicy: (name: string, rules: { createScriptURL: (url: string) => string | null }) => unknown;
}

declare global {
  interface Window {
    trustedTypes?: TrustedTypes;
  }
}

/**
 * The page's policy lets no text become markup or script (`require-trusted-types-for`): not even a script that was
 * slipped in could write any. The one exception is the page's own worker, which is a blob.
 */
window.trustedTypes?.createPolicy('default', {
  createScriptURL: (url) => (url.startsWith('blob:') ? url : null),
});
