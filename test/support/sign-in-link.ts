/** Links that sign people in, at the address where a test's server really listens. Also for programs outside of vitest. */

import type { App } from "#app.ts";
import { permissions, type Role } from "#core/people/permission.ts";
import { type Actor, perform } from "#desk/act.ts";
import { createSignInLink } from "#desk/people/sign-in.ts";

export const operator: Actor = { name: "cli", door: "command line", permissions, isLocal: true };

/** @param role - of a person who is not there yet. Default: admin */
export async function signInLink({ desk }: App, url: string, name: string, role: Role = "admin"): Promise<string> {
  const known = await desk.people.find(name);
  const link = await perform(createSignInLink, { person: name, ...(!known && { role }) }, operator, desk);
  return link.url.replace("https://news.example.org", url);
}
