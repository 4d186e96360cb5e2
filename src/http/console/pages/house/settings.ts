/** `/console/settings`: the settings that are in force, with the line of `postrider.yaml` that says so. */

import { PostriderError } from "#core/errors.ts";
import { html } from "#core/posts/markup.ts";
import { asCommand, table } from "../../parts/table.ts";
import type { Pages } from "../../shell/serve.ts";

export function settingsPage(pages: Pages): void {
  pages.page("/settings", async (asking) => {
    if (!asking.can("admin")) throw new PostriderError("forbidden", "Only admins see the settings");
    const { file, settings } = asking.ports.settings();
    const rows = settings.map(({ name, value, line }) => [
      html`<code>${name}</code>`,
      value,
      line === null ? html`<span class="quiet">default</span>` : `line ${line}`,
    ]);
    return {
      title: "Settings",
      main: html`<p class="quiet">Change them in <code>${file}</code>, and start <code>serve</code> again. Passwords and keys are not shown.</p>
${table("Settings", ["Setting", "Value", "Where"], rows)}
${asCommand("postrider schema")}`,
    };
  });
}
