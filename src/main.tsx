import './trusted-types.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './views/tokens.css';
import './views/base.css';
// What all parts share comes before the parts' own styles, which may say otherwise.
import './views/text/text.module.css';
import './views/controls/button.module.css';
import { App } from './views/app.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
