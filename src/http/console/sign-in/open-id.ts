/** `/console/sign-in/oidc`: to the provider, and back with an identity. */

import type { Context, Hono } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { PostriderError } from "#core/errors.ts";
import { perform } from "#desk/act.ts";
import { stranger } from "#desk/people/actors.ts";
import { openSessionByProvider } from "#desk/people/identity.ts";
import { setSession } from "../session.ts";
import { failed, tooMany } from "./failed.ts";
import type { BegunSignIn, Provider, SignInPorts } from "./ports.ts";

const cookieName = "postrider_oidc";
const path = "/console/sign-in/oidc";
/** Long enough to find one's phone. */
const patienceSeconds = 15 * 60;

export function openIdRoutes(app: Hono, ports: SignInPorts): void {
  const { provider, isSecure, limit, network } = ports;
  if (!provider) return;
  const attributes = { path, httpOnly: true, sameSite: "Lax", secure: isSecure } as const;
  app.get(path, async (context) => {
    if (!limit.take(network(context))) return tooMany(context);
    try {
      const { url, ...begun } = await (await provider()).begin();
      setCookie(context, cookieName, JSON.stringify(begun), { ...attributes, maxAge: patienceSeconds });
      return context.redirect(url, 303);
    } catch (error) {
      return failed(context, error);
    }
  });
  app.get(`${path}/callback`, async (context) => {
    if (!limit.take(network(context))) return tooMany(context);
    try {
      const begun = begunIn(getCookie(context, cookieName));
      // Whatever comes of it: it is used once.
      deleteCookie(context, cookieName, attributes);
      await signInBy(await provider(), begun, context, ports);
      return context.redirect("/console", 303);
    } catch (error) {
      return failed(context, error);
    }
  });
}

async function signInBy(
  provider: Provider,
  begun: BegunSignIn,
  context: Context,
  { desk, isSecure }: SignInPorts,
): Promise<void> {
  const identity = await provider.finish(new URL(context.req.url).searchParams, begun);
  const { session } = await perform(openSessionByProvider, identity, stranger, desk);
  setSession(context, session, isSecure);
}

/** @throws PostriderError `unauthorized` if this browser has not begun to sign in */
function begunIn(cookie: string | undefined): BegunSignIn {
  try {
    const { state, nonce, verifier } = JSON.parse(cookie ?? "") as Partial<BegunSignIn>;
    if (state && nonce && verifier) return { state, nonce, verifier };
  } catch {
    // It is refused below.
  }
  throw new PostriderError("unauthorized", "This browser has not begun to sign in, or a long time ago", {
    hint: "Begin again at the sign-in page.",
  });
}
