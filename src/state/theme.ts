import { useEffect, useState } from 'react';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'beaconscope.theme';

/** The theme a stored text names; "auto" for anything else. */
export function themeOf(stored: string | null): Theme {
  return THEMES.find((theme) => theme === stored) ?? 'auto';
}

/** The chosen theme, kept in this browser where it allows storage and put on the document element. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(readTheme);
  useEffect(() => {
    if (theme === 'auto') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
    storeTheme(theme);
  }, [theme]);
  return [theme, setTheme];
}

// Storage throws where the browser blocks it, as it does for some pages opened from disk.
function readTheme(): Theme {
  try {
    return themeOf(localStorage.getItem(KEY));
  } catch {
    return 'auto';
  }
}

function storeTheme(theme: Theme): void {
  try {
    if (theme === 'auto') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    return;
  }
}
