import { useEffect } from 'react';

/**
 * Lets the browser ask before the page is left (Back, reload, another address) while there is something to lose. The
 * browser words the question itself.
 */
export function useLeaving(hasSomething: boolean): void {
  useEffect(() => {
    if (!hasSomething) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [hasSomething]);
}
