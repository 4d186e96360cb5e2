/** People and tokens over HTTP. A token is only in the answer to the request that creates it. */

import type { Hono } from "hono";
import { addPerson, listPeople, removePerson, setRole } from "#desk/people/people.ts";
import { createToken, listTokens, revokeToken } from "#desk/people/tokens.ts";
import type { DeskPorts } from "#desk/ports.ts";
import { bodyOf } from "../asked.ts";
import { act } from "../run-act.ts";

export function peopleRoutes(app: Hono, desk: DeskPorts): void {
  app.get("/people", async (context) => context.json((await act(context, listPeople, {}, desk)).document));
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
  app.get("/tokens", async (context) => context.json((await act(context, listTokens, {}, desk)).document));
  app.post("/tokens", async (context) => {
    const { name: token, ...more } = await bodyOf(context);
    const { document } = await act(context, createToken, { ...more, token }, desk);
    return context.json(document, 201, { "cache-control": "no-store" });
  });
  app.delete("/tokens/:name", async (context) =>
    context.json((await act(context, revokeToken, { token: context.req.param("name") }, desk)).document),
  );
}
