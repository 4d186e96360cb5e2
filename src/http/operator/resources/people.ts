/** People and tokens over HTTP. A token is only in the answer to the request that creates it. */

import type { Hono } from "hono";
import { addPerson, pagePeople, removePerson, setLimits, setRole, showPerson } from "#desk/people/people.ts";
import { createToken, pageTokens, revokeToken, showToken } from "#desk/people/tokens.ts";
import type { DeskPorts } from "#desk/ports.ts";
import { bodyOf } from "../asked.ts";
import { type Route, serveRoutes } from "../route.ts";
import { act } from "../run-act.ts";

export const personPages: Route = {
  ...{ id: "listPeople", method: "get", path: "/people" },
  summary: "People with their roles, in the order in which they were added",
  act: pagePeople,
};

const names = { name: "person" };

export const personRoutes: readonly Route[] = [
  personPages,
  {
    ...{ id: "showPerson", method: "get", path: "/people/{name}" },
    summary: "One person",
    ...{ act: showPerson, names },
  },
  {
    ...{ id: "setLimits", method: "put", path: "/people/{name}/limits" },
    summary: "Change to which channels and lists a person is limited. If they lose one, their sessions end",
    ...{ act: setLimits, names },
  },
];

export const tokenPages: Route = {
  ...{ id: "listTokens", method: "get", path: "/tokens" },
  summary: "Tokens, newest first, without their secrets",
  act: pageTokens,
};

export const tokenLooks: readonly Route[] = [
  tokenPages,
  {
    ...{ id: "showToken", method: "get", path: "/tokens/{name}" },
    summary: "One token, without its secret",
    ...{ act: showToken, names: { name: "token" } },
  },
];

export function peopleRoutes(app: Hono, desk: DeskPorts): void {
  serveRoutes(app, personRoutes, desk);
  app.post("/people", async (context) => {
    const { name: person, ...more } = await bodyOf(context);
    return context.json((await act(context, addPerson, { ...more, person }, desk)).document, 201);
  });
  app.delete("/people/:name", async (context) =>
    context.json((await act(context, removePerson, { person: context.req.param("name") }, desk)).document),
  );
  app.put("/people/:name/role", async (context) => {
    const asked = { ...(await bodyOf(context)), person: context.req.param("name") };
    return context.json((await act(context, setRole, asked, desk)).document);
  });
}

export function tokenRoutes(app: Hono, desk: DeskPorts): void {
  serveRoutes(app, tokenLooks, desk);
  app.post("/tokens", async (context) => {
    const { name: token, ...more } = await bodyOf(context);
    const { document } = await act(context, createToken, { ...more, token }, desk);
    return context.json(document, 201, { "cache-control": "no-store" });
  });
  app.delete("/tokens/:name", async (context) =>
    context.json((await act(context, revokeToken, { token: context.req.param("name") }, desk)).document),
  );
}
