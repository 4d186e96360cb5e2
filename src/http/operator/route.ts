/** A route that is one act of the desk: its path and query or body become the request, its document the answer. */

import type { Context, Hono } from "hono";
import type { z } from "zod";
import { PostriderError } from "#core/errors.ts";
import type { Act } from "#desk/act.ts";
import type { DeskPorts } from "#desk/ports.ts";
import { encoded } from "../encoded.ts";
import { bodyOf } from "./asked.ts";
import { pickFields, withFields } from "./fields.ts";
import { readQuery } from "./query.ts";
import { act as runAct } from "./run-act.ts";

/** One operation, as the server does it and the description of the API shows it. */
export interface Route {
  /** The name of the operation in generated clients. */
  id: string;
  method: "get" | "post" | "put" | "delete";
  /** As OpenAPI writes it: `/deliveries/{id}`. */
  path: string;
  summary: string;
  act: Act<z.ZodObject, unknown, DeskPorts, z.ZodType>;
  /** The field of the act that each name in the path stands for. */
  names?: Readonly<Record<string, string>>;
  /** Values that the request need not give. */
  defaults?: Readonly<Record<string, unknown>>;
  status?: 200 | 201 | 202;
  /** When it answers 409. */
  conflict?: string;
}

/** The fields of the act that stand in the query or the body. */
export function fieldsOf({ act, names = {} }: Route): z.core.$ZodShape {
  const inPath = Object.values(names);
  return Object.fromEntries(Object.entries(act.asks.shape).filter(([name]) => !inPath.includes(name)));
}

/** Whether the answer is a page of items. */
export function isList({ act }: Pick<Route, "act">): boolean {
  return "cursor" in act.asks.shape;
}

export function serveRoutes(app: Hono, routes: readonly Route[], desk: DeskPorts): void {
  for (const route of routes) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, ":$1");
    app.on(route.method.toUpperCase(), path, (context) => answerTo(context, route, desk));
  }
}

export async function answerTo(context: Context, route: Route, desk: DeskPorts): Promise<Response> {
  const { act, names = {}, defaults = {}, method, status = 200 } = route;
  const { fields, ...asked } = await askedBy(context, route);
  const inPath = Object.entries(names).map(([name, field]) => [field, context.req.param(name)] as const);
  const whole = { ...defaults, ...asked, ...Object.fromEntries(inPath) };
  const { document } = await runAct(context, act, whole, desk);
  if (isList(route)) return context.json(pickFields(document, fields, act.answers) as object);
  if (method !== "get") return context.json(document as object, status);
  return resource(context, document);
}

async function askedBy(context: Context, route: Route): Promise<Record<string, unknown>> {
  const query = new URL(context.req.url).searchParams;
  const shape = fieldsOf(route);
  if (route.method === "get" || route.method === "delete")
    return readQuery(query, isList(route) ? withFields(shape) : shape);
  readQuery(query, {});
  const body = await bodyOf(context);
  for (const name of Object.keys(body))
    if (!(name in shape))
      throw new PostriderError("invalid", `The request is not valid: Unrecognized key: "${name}"`, {
        hint: `The keys are: ${Object.keys(shape).join(", ")}.`,
      });
  return body;
}

/** A single resource. Its tag tells a caller whether it has changed since. */
export function resource(context: Context, document: unknown): Response {
  const body = JSON.stringify(document);
  const { etag, isKnownTo } = encoded(body, new Date(0));
  // The bytes are always the same ones, so the tag can be strong: If-Match needs that.
  const headers = { etag: etag.replace(/^W\//, ""), "cache-control": "private, no-cache" };
  if (isKnownTo(context.req.header("if-none-match") ?? null, null)) return context.body(null, 304, headers);
  return context.body(body, 200, { ...headers, "content-type": "application/json" });
}
