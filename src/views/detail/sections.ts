import type { ComponentType } from 'react';
import type { SectionProps } from './section.tsx';
import { ArithmeticSection } from './sections/arithmetic-section.tsx';
import { CertificatesSection } from './sections/certificates-section.tsx';
import { DeltasSection } from './sections/deltas-section.tsx';
import { EvidenceSection } from './sections/evidence-section.tsx';
import { FilterSection } from './sections/filter-section.tsx';
import { FlowsSection } from './sections/flows-section.tsx';
import { NamesSection } from './sections/names-section.tsx';
import { RhythmSection } from './sections/rhythm-section.tsx';
import { SavingSection } from './sections/saving-section.tsx';
import { SessionSection } from './sections/session-section.tsx';
import { SizesSection } from './sections/sizes-section.tsx';
import { SoftwareSection } from './sections/software-section.tsx';
import { TriageSection } from './sections/triage-section.tsx';
import { ValuesSection } from './sections/values-section.tsx';
import { WhenSection } from './sections/when-section.tsx';

/**
 * The sections of an open connection from top to bottom, each with its heading: the verdict; who is at the other end and
 * what was said; the rhythm that counts; the flows; what other tools are told; and last how the scores came about,
 * and every value as exports write it.
 */
export const SECTIONS: readonly { id: string; Section: ComponentType<SectionProps> }[] = [
  { id: 'triage', Section: TriageSection },
  { id: 'names', Section: NamesSection },
  { id: 'certificates', Section: CertificatesSection },
  { id: 'software', Section: SoftwareSection },
  { id: 'evidence', Section: EvidenceSection },
  { id: 'rhythm', Section: RhythmSection },
  { id: 'deltas', Section: DeltasSection },
  { id: 'when', Section: WhenSection },
  { id: 'session', Section: SessionSection },
  { id: 'sizes', Section: SizesSection },
  { id: 'flows', Section: FlowsSection },
  { id: 'filter', Section: FilterSection },
  { id: 'saving', Section: SavingSection },
  { id: 'arithmetic', Section: ArithmeticSection },
  { id: 'values', Section: ValuesSection },
];
