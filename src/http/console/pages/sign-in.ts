/** `/console/sign-in`: a link that works once opens a session. */

import type { Context, Hono } from "hono";
import { PostriderError } from "#core/errors.ts";
import { html, type Markup } from "#core/posts/markup.ts";
import type { Limit } from "../../limit.ts";
import type { NetworkOf } from "../../network.ts";
import type { ConsolePorts } from "../ports.ts";
import { signIn, signOut } from "../session.ts";
import { pageHeaders } from "../shell/headers.ts";
import { barePage } from "../shell/layout.ts";

/** Nobody needs a session for these. */
export function signInRoutes(
  app: Hono,
  ports: ConsolePorts,
  assets: string,
  { limit, network }: { limit: Limit; network: NetworkOf },
): void {
  const show = (context: Context, main: Markup, status: 200 | 401 | 429 = 200): Response =>
    context.html(barePage("Sign in", ports.title, main, assets), status, pageHeaders);
  // Programs open links before people do, so only the button uses the link.
  app.get("/sign-in", (context) => {
    const link = context.req.query("link") ?? "";
    return show(context, link ? linkForm(link) : help(ports));
  });
  app.post("/sign-in", async (context) => {
    if (!limit.take(network(context)))
      return show(context, html`<p class="problem">Too many tries. Wait some minutes.</p>`, 429);
    const { link } = await context.req.parseBody();
    try {
      await signIn(context, typeof link === "string" ? link : "", ports);
    } catch (error) {
      if (!(error instanceof PostriderError)) throw error;
      return show(context, html`<p class="problem">${error.message}.</p>${help(ports)}`, 401);
    }
    return context.redirect("/console", 303);
  });
}

export function signOutRoute(app: Hono, ports: ConsolePorts): void {
  app.post("/sign-out", async (context) => {
    await signOut(context, ports);
    return context.redirect("/console/sign-in", 303);
  });
}

function linkForm(link: string): Markup {
  return html`<p>This link works once. It opens the console in this browser.</p>
<form method="post" action="/console/sign-in"><input type="hidden" name="link" value="${link}"><button type="submit" class="main">Sign in</button></form>`;
}

function help({ hasProvider }: Pick<ConsolePorts, "hasProvider">): Markup {
  return html`${hasProvider ? html`<p><a class="button main" href="/console/sign-in/oidc">Sign in with your organisation’s account</a></p>` : ""}
<p><a href="/console/sign-in/passkey">Sign in with a passkey</a></p>
<p>You can also sign in with an address that works once. Ask an admin of this site for one, or print it on the machine of the site:</p>
<p class="command"><code>postrider console link --as NAME</code></p>`;
}
