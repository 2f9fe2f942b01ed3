import { createContext } from 'react';
import type { ExportSource } from '../../state/export-source.ts';

/** Where files that are saved come from; null outside a session. */
export const ExportContext = createContext<ExportSource | null>(null);
