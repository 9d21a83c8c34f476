import type { Bundles } from './assets.ts'

const designSystem = '@digdir/designsystemet-css'

/** The one style sheet: the design system's files we use, then the Center's tokens and rules. Its budget is 20 kB gzip. */
export const bundles: Bundles = {
  'css/site.css': [
    ...['base', 'button', 'label', 'input', 'field', 'fieldset', 'error-summary', 'skip-link'].map(
      name => `${designSystem}/${name}.css`,
    ),
    ...[
      'tokens',
      'base',
      'layout',
      'forms',
      'components',
      'pages',
      'attempts',
      'certificates',
      'learning',
      'diagrams',
      'agenda',
      'attendance',
      'bank',
      'drafts',
      'mail',
      'marking',
      'print',
    ].map(name => `css/${name}.css`),
  ],
}
