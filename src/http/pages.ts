/** The HTML frame of small pages, without external resources. */

import { escapeHtml } from "#core/posts/html.ts";

/** @param body - HTML */
export function page({ title, language, body }: { title: string; language: string; body: string }): string {
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

const style = `
:root { --ink: #1b1f24; --quiet: #57616b; --line: #dde2e7; --paper: #fff; --accent: #0b5cad; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ebee; --quiet: #a3adb7; --line: #343b43; --paper: #171a1e; --accent: #7db8f5; }
}
body { margin: 0; background: var(--paper); color: var(--ink); font: 17px/1.6 system-ui, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 0.5rem; }
p { margin: 0 0 1rem; }
a { color: var(--accent); }
.quiet { color: var(--quiet); }
iframe { width: 100%; height: 70vh; border: 1px solid var(--line); background: #fff; }
form { display: flex; gap: 0.75rem; flex-wrap: wrap; margin: 1.25rem 0; }
button { font: inherit; padding: 0.55rem 1.2rem; border: 1px solid var(--accent); border-radius: 6px; background: none; color: var(--accent); cursor: pointer; }
button.main { background: var(--accent); color: var(--paper); }
`;
