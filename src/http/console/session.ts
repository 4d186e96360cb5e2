/** Sessions of people in the browser: who asks, and whether a form is one of our own. */

import { createHash } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Person } from "#core/people/person.ts";
import { sessionDays } from "#core/people/session.ts";
import { perform } from "#desk/act.ts";
import { personActor, stranger } from "#desk/people/actors.ts";
import { endSession, findSession, openSession } from "#desk/people/sign-in.ts";
import type { DeskPorts } from "#desk/ports.ts";
import { isSameSecret } from "../same-secret.ts";

const cookieName = "postrider_session";
const signInPath = "/console/sign-in";
const safeMethods: readonly string[] = ["GET", "HEAD"];

export interface SessionPorts {
  desk: Pick<DeskPorts, "sessions">;
  /** The server's public address begins with `https:`: the cookie is then only sent over TLS. */
  isSecure: boolean;
}

/**
 * Lets only people with a session through; `actorOf` and `csrfTokenOf` are about them. Pages send others to the sign-in
 * page. A form or a script must send back the CSRF token, as the field `csrf` or the header `x-csrf-token`. Bodies must
 * be bounded before.
 */
export function requireSession({ desk }: SessionPorts): MiddlewareHandler {
  return async (context, next) => {
    const { method } = context.req;
    const session = getCookie(context, cookieName) ?? "";
    const { person } = await perform(findSession, { session }, stranger, desk);
    context.header("cache-control", "no-store");
    if (!person) {
      if (safeMethods.includes(method)) return context.redirect(signInPath, 303);
      return context.text("Your session has ended. Sign in again.\n", 401);
    }
    if (!safeMethods.includes(method) && !isSameSecret(await sentCsrfToken(context), csrfTokenFor(session)))
      return context.text("This form is too old, or not from this site. Load the page again.\n", 403);
    context.set("actor", personActor(person));
    context.set("csrf", csrfTokenFor(session));
    return next();
  };
}

/** Refuses forms that another site has sent. Browsers say so themselves (https://www.w3.org/TR/fetch-metadata/). */
export const requireOwnForm: MiddlewareHandler = async (context, next) => {
  const from = context.req.header("sec-fetch-site") ?? "same-origin";
  const isOwn = from === "same-origin" || from === "none";
  if (!safeMethods.includes(context.req.method) && !isOwn)
    return context.text("This form is not from this site. Load the page again.\n", 403);
  return next();
};

/** For the forms of a page. */
export function csrfTokenOf(context: Context): string {
  return context.get("csrf") as string;
}

/** Opens a session with the secret of a sign-in link. Call it for a POST only: programs open links before people do. @throws PostriderError `unauthorized` */
export async function signIn(context: Context, link: string, { desk, isSecure }: SessionPorts): Promise<Person> {
  const { session, ...person } = await perform(openSession, { link }, stranger, desk);
  setSession(context, session, isSecure);
  return person;
}

/** Gives the browser a session that was opened. */
export function setSession(context: Context, session: string, isSecure: boolean): void {
  setCookie(context, cookieName, session, {
    ...{ path: "/", httpOnly: true, sameSite: "Lax", secure: isSecure && !isHere(context) },
    maxAge: sessionDays * 86_400,
  });
}

export async function signOut(context: Context, { desk }: SessionPorts): Promise<void> {
  await perform(endSession, { session: getCookie(context, cookieName) ?? "" }, stranger, desk);
  deleteCookie(context, cookieName, { path: "/" });
}

/** A browser on this machine, without TLS, before the public address works. */
function isHere({ req }: Context): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(req.url).hostname);
}

async function sentCsrfToken(context: Context): Promise<string> {
  const header = context.req.header("x-csrf-token");
  if (header !== undefined) return header;
  const field = (await context.req.parseBody())["csrf"];
  return typeof field === "string" ? field : "";
}

/** Made from the session, so that nothing more is stored. It does not reveal the session. */
function csrfTokenFor(session: string): string {
  return createHash("sha256").update(`csrf\n${session}`).digest("hex");
}
