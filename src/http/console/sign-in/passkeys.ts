/** `/console/sign-in/passkey` and `/console/sign-in/passkeys`: signing in with a passkey, and one's own passkeys. */

import { createHash } from "node:crypto";
import type { Context, Hono, MiddlewareHandler } from "hono";
import { PostriderError } from "#core/errors.ts";
import { escapeHtml } from "#core/posts/html.ts";
import { type Actor, perform } from "#desk/act.ts";
import { stranger } from "#desk/people/actors.ts";
import { addPasskey, listPasskeys, openSessionByPasskey, removePasskey } from "#desk/people/identity.ts";
import { boundedBody } from "../../body.ts";
import { page } from "../../pages.ts";
import { csrfTokenOf, requireSession, setSession } from "../session.ts";
import { passkeyScript } from "./passkey-script.ts";
import type { SignInPorts } from "./ports.ts";

const signInPath = "/console/sign-in/passkey";
const ownPath = "/console/sign-in/passkeys";
const mostBytes = 64 * 1024;

const headers = {
  "cache-control": "no-store",
  "content-security-policy": `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${createHash("sha256").update(passkeyScript).digest("base64")}'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'`,
  "referrer-policy": "no-referrer",
};

export function passkeyRoutes(app: Hono, ports: SignInPorts): void {
  const { desk, isSecure, passkeys, limit, network } = ports;
  app.use(`${signInPath}/*`, boundedBody(mostBytes));
  app.use(`${ownPath}/*`, boundedBody(mostBytes));
  app.get(signInPath, (context) => show(context, "Sign in with a passkey", signInBody));
  app.post(`${signInPath}/options`, fromOurPage, async (context) => {
    if (!limit.take(network(context)))
      return context.json({ title: "Too many attempts. Try again in ten minutes." }, 429);
    return context.json(await (await passkeys()).toSignIn());
  });
  app.post(signInPath, fromOurPage, async (context) => {
    if (!limit.take(network(context)))
      return context.json({ title: "Too many attempts. Try again in ten minutes." }, 429);
    return answered(context, async () => {
      const { id, counter } = await (await passkeys()).signedIn(await bodyOf(context));
      const { session } = await perform(openSessionByPasskey, { passkey: id, counter }, stranger, desk);
      setSession(context, session, isSecure);
      return { next: "/console" };
    });
  });

  const guard = requireSession(ports);
  app.use(ownPath, guard);
  app.use(`${ownPath}/*`, guard);
  app.get(ownPath, async (context) => show(context, "Your passkeys", await ownBody(context, ports)));
  app.post(`${ownPath}/options`, async (context) => context.json(await (await passkeys()).toAdd(personOf(context))));
  app.post(ownPath, (context) =>
    answered(context, async () => {
      const { id, ...rest } = await (await passkeys()).added(personOf(context), await bodyOf(context));
      await perform(addPasskey, { passkey: id, ...rest }, themselves(context), desk);
      return { next: ownPath };
    }),
  );
  app.post(`${ownPath}/removal`, async (context) => {
    const { passkey } = await context.req.parseBody();
    const asked = { person: personOf(context), passkey: typeof passkey === "string" ? passkey : "" };
    await perform(removePasskey, asked, themselves(context), desk).catch((error: unknown) => {
      // It is gone, as it should be.
      if (!(error instanceof PostriderError)) throw error;
    });
    return context.redirect(ownPath, 303);
  });
}

/** Another site can't send JSON without asking, and a browser says where a request comes from. */
const fromOurPage: MiddlewareHandler = async (context, next) => {
  const from = context.req.header("sec-fetch-site") ?? "same-origin";
  const isJson = context.req.header("content-type")?.startsWith("application/json") ?? false;
  if (from !== "same-origin" || !isJson) return context.json({ title: "This request is not from this site" }, 403);
  return next();
};

async function answered(context: Context, work: () => Promise<object>): Promise<Response> {
  try {
    return context.json(await work(), 200, { "cache-control": "no-store" });
  } catch (error) {
    if (!(error instanceof PostriderError)) throw error;
    return context.json({ title: error.message, detail: error.hint }, error.code === "unauthorized" ? 401 : 400);
  }
}

async function bodyOf(context: Context): Promise<unknown> {
  const text = await context.req.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new PostriderError("invalid", "The request body is not valid JSON");
  }
}

/** About one's own passkeys, whatever the role and the limits. */
function themselves(context: Context): Actor {
  const { name, door, isLocal } = context.get("actor") as Actor;
  return { name, door, permissions: ["sign-in"], isLocal };
}

function personOf(context: Context): string {
  return (context.get("actor") as Actor).name.replace(/^console:/, "");
}

function show(context: Context, title: string, body: string): Response {
  const whole = `<h1>${escapeHtml(title)}</h1>\n${body}\n<script>${passkeyScript}</script>`;
  return context.html(page({ title, language: "en", body: whole }), 200, headers);
}

const signInBody = `<p>Your browser asks for your fingerprint, your face, a PIN or a key. Postrider only gets a signature.</p>
<p><button class="main" id="passkey" data-options="${signInPath}/options" data-answer="${signInPath}" data-way="get">Sign in</button></p>
<p id="problem" role="alert"></p>
<p><a href="/console/sign-in">Other ways to sign in</a></p>`;

async function ownBody(context: Context, { desk }: SignInPorts): Promise<string> {
  const csrf = escapeHtml(csrfTokenOf(context));
  const { passkeys } = await perform(listPasskeys, { person: personOf(context) }, themselves(context), desk);
  const rows = passkeys.map(({ id, createdAt, lastUsedAt }) => {
    const used = lastUsedAt ? `last used on ${day(lastUsedAt)}` : "not used yet";
    return `<li>Added on ${day(createdAt)}, ${used}
<form method="post" action="${ownPath}/removal"><input type="hidden" name="csrf" value="${csrf}"><input type="hidden" name="passkey" value="${escapeHtml(id)}"><button>Remove</button></form></li>`;
  });
  return `${rows.length > 0 ? `<ul>\n${rows.join("\n")}\n</ul>` : "<p>You have none. With a passkey, you sign in with your fingerprint, your face, a PIN or a key.</p>"}
<p><button class="main" id="passkey" data-options="${ownPath}/options" data-answer="${ownPath}" data-way="create" data-csrf="${csrf}">Add a passkey</button></p>
<p id="problem" role="alert"></p>
<p><a href="/console">The console</a></p>`;
}

function day(time: Date): string {
  return time.toISOString().slice(0, 10);
}
