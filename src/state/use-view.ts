import { useEffect, useReducer } from 'react';
import type { Dispatch } from 'react';
import { filterOfHash, hashOf, viewOfHash } from './link.ts';
import { DEFAULT_VIEW, viewAfter } from './view.ts';
import type { View, ViewEvent } from './view.ts';

/** The view, kept in step with the location hash in both directions. */
export function useView(): [View, Dispatch<ViewEvent>] {
  const [view, dispatch] = useReducer(viewAfter, DEFAULT_VIEW, (start) => {
    const filter = filterOfHash(location.hash);
    return { ...start, ...viewOfHash(location.hash), filter: filter ?? '', awaiting: filter };
  });

  useEffect(() => {
    const follow = () => {
      const filter = filterOfHash(location.hash);
      dispatch({ type: 'linked', view: viewOfHash(location.hash) });
      if (filter !== null) dispatch({ type: 'asked', filter });
    };
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
