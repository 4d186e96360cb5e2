/** The style of the readers' pages: the theme of the emails, light and dark. */

import type { Palette, Theme } from "#render/email/theme/theme.ts";

export function styleSheet(theme: Theme): string {
  const { fonts, textSize, width, padding } = theme;
  return `${colourTokens(theme)}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:${textSize}px/1.6 ${fonts.text};overflow-wrap:anywhere}
.sheet{max-width:${width}px;margin:0 auto;padding:32px 16px}
header,footer{padding:0 ${Math.min(padding, 24)}px;color:var(--muted)}
header a{color:var(--heading);font:600 ${textSize}px/1.4 ${fonts.heading};text-decoration:none}
main{margin:20px 0;padding:clamp(20px,6vw,${padding}px);background:var(--card);border:1px solid var(--line);border-radius:12px}
h1,h2{color:var(--heading);font-family:${fonts.heading};line-height:1.25}
h1{margin:0 0 12px;font-size:1.65em}
h2{margin:36px 0 8px;font-size:1.15em}
p{margin:0 0 16px}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
form{margin:0}
fieldset{margin:0 0 24px;padding:0;border:0;min-width:0}
legend,.label{display:block;padding:0;margin:0 0 6px;color:var(--heading);font-weight:600}
.muted{color:var(--muted);font-weight:400}
.field{margin:0 0 20px}
input[type=email],input[type=text],select{width:100%;min-height:48px;padding:10px 12px;background:var(--card);color:var(--ink);border:1px solid var(--muted);border-radius:8px;font:inherit}
.choice{display:flex;gap:12px;align-items:center;min-height:44px}
.choice input{flex:none;width:20px;height:20px;margin:0;accent-color:var(--accent)}
.list{padding:8px 0;border-top:1px solid var(--line)}
.list select{margin:0 0 8px}
button,.button{display:inline-block;min-height:48px;padding:12px 22px;background:var(--accent);color:var(--onAccent);border:2px solid var(--accent);border-radius:8px;font:inherit;font-weight:600;line-height:1.3;text-decoration:none;cursor:pointer}
.quiet{background:var(--card);color:var(--accent)}
.actions{display:flex;flex-wrap:wrap;gap:12px}
.notice{margin:0 0 20px;padding:12px 16px;background:var(--tint);border-inline-start:4px solid var(--accent);border-radius:4px}
.trap{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.editions{margin:0;padding:0;list-style:none}
.editions li{padding:14px 0;border-top:1px solid var(--line)}
.editions a{font-weight:600}
.editions time{display:block;color:var(--muted);font-size:.9em}
.feeds{display:flex;flex-wrap:wrap;gap:8px 24px;margin:0;padding:0;list-style:none}
footer{font-size:.9em}`;
}

/** The colours of the theme as custom properties. The console uses them, too. */
export function colourTokens({ light, dark }: Pick<Theme, "light" | "dark">): string {
  return `:root{color-scheme:light dark;${colours(light)}}
@media (prefers-color-scheme:dark){:root{${colours(dark)}}}`;
}

function colours({ page, card, ink, heading, muted, line, accent, onAccent, tint }: Palette): string {
  return Object.entries({ page, card, ink, heading, muted, line, accent, onAccent, tint })
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(";");
}
