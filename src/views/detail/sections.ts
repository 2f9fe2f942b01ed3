import type { ComponentType } from 'react';
import type { SectionProps } from './section.tsx';
import { CertificatesSection } from './sections/certificates-section.tsx';
import { DeltasSection } from './sections/deltas-section.tsx';
import { FilterSection } from './sections/filter-section.tsx';
import { FlowsSection } from './sections/flows-section.tsx';
import { NamesSection } from './sections/names-section.tsx';
import { RhythmSection } from './sections/rhythm-section.tsx';
import { RitaSection } from './sections/rita-section.tsx';
import { SavingSection } from './sections/saving-section.tsx';
import { NotebookSection, RhythmScoreSection } from './sections/score-sections.tsx';
import { SessionSection } from './sections/session-section.tsx';
import { SizesSection } from './sections/sizes-section.tsx';
import { SoftwareSection } from './sections/software-section.tsx';
import { TriageSection } from './sections/triage-section.tsx';
import { ValuesSection } from './sections/values-section.tsx';
import { WhenSection } from './sections/when-section.tsx';

/** The sections of an open connection from top to bottom, each with its heading. */
export const SECTIONS: readonly { id: string; Section: ComponentType<SectionProps> }[] = [
  { id: 'triage', Section: TriageSection },
  { id: 'rhythm', Section: RhythmSection },
  { id: 'deltas', Section: DeltasSection },
  { id: 'session', Section: SessionSection },
  { id: 'when', Section: WhenSection },
  { id: 'sizes', Section: SizesSection },
  { id: 'rhythm-score', Section: RhythmScoreSection },
  { id: 'rita', Section: RitaSection },
  { id: 'notebook', Section: NotebookSection },
  { id: 'names', Section: NamesSection },
  { id: 'certificates', Section: CertificatesSection },
  { id: 'software', Section: SoftwareSection },
  { id: 'flows', Section: FlowsSection },
  { id: 'values', Section: ValuesSection },
  { id: 'filter', Section: FilterSection },
  { id: 'saving', Section: SavingSection },
];
