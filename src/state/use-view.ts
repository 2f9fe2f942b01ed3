import { useEffect, useReducer } from 'react';
import type { Dispatch } from 'react';
import { hashOf, viewOfHash } from './link.ts';
import { DEFAULT_VIEW, viewAfter } from './view.ts';
import type { View, ViewEvent } from './view.ts';

/** The view, kept in step with the location hash in both directions. */
export function useView(): [View, Dispatch<ViewEvent>] {
  const [view, dispatch] = useReducer(viewAfter, DEFAULT_VIEW, (start) => ({ ...start, ...viewOfHash(location.hash) }));

  useEffect(() => {
    const follow = () => dispatch({ type: 'linked', view: viewOfHash(location.hash) });
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);

  const hash = hashOf(view);
  useEffect(() => {
    if (hash !== location.hash)
      history.replaceState(null, '', hash === '' ? location.pathname + location.search : hash);
  }, [hash]);

  return [view, dispatch];
}
