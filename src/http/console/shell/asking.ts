/** One request to a page: who asks, and what the desk answers them. */

import type { Context } from "hono";
import type { z } from "zod";
import { PostriderError } from "#core/errors.ts";
import type { Permission } from "#core/people/permission.ts";
import type { KeyedRequest } from "#core/requests/request.ts";
import { type Act, type Actor, perform } from "#desk/act.ts";
import type { DeskPorts } from "#desk/ports.ts";
import { actorOf } from "../../operator/caller.ts";
import { type Clock, openClock } from "../parts/time.ts";
import type { ConsolePorts } from "../ports.ts";
import { csrfTokenOf } from "../session.ts";

type DeskAct<Asked extends z.ZodType, Answer> = Act<Asked, Answer, DeskPorts>;

export interface Asking {
  context: Context;
  ports: ConsolePorts;
  actor: Actor;
  /** For forms. */
  csrf: string;
  /** Shows times. */
  clock: Clock;
  /** What the actor may do. Pages use it to leave out what would be refused; the desk decides. */
  can(permission: Permission): boolean;
  /** A part of the address, or a parameter of the query; empty if it is not there. */
  named(name: string): string;
  /** Does an act of the desk for the actor. @throws PostriderError */
  ask<Asked extends z.ZodType, Answer>(act: DeskAct<Asked, Answer>, asked: z.input<Asked>): Promise<Answer>;
  /** The same with other ports beside those of the desk. */
  askWith<Asked extends z.ZodType, Answer, More extends object>(
    act: Act<Asked, Answer, DeskPorts & More>,
    asked: z.input<Asked>,
    more: More,
  ): Promise<Answer>;
  /** The same; `null` if the actor may not do it. */
  askIfAllowed<Asked extends z.ZodType, Answer>(
    act: DeskAct<Asked, Answer>,
    asked: z.input<Asked>,
  ): Promise<Answer | null>;
}

export function openAsking(context: Context, ports: ConsolePorts, request?: KeyedRequest): Asking {
  const { desk } = ports;
  const actor: Actor = { ...actorOf(context), ...(request && { request }) };
  const asking: Asking = {
    context,
    ports,
    actor,
    csrf: csrfTokenOf(context),
    clock: openClock(ports.site.timezone, ports.now()),
    can: (permission) => actor.permissions.includes(permission),
    named: (name) => context.req.param(name) ?? context.req.query(name) ?? "",
    ask: (act, asked) => perform(act, asked, actor, desk),
    askWith: (act, asked, more) => perform(act, asked, actor, { ...desk, ...more }),
    async askIfAllowed(act, asked) {
      try {
        return await asking.ask(act, asked);
      } catch (error) {
        if (error instanceof PostriderError && error.code === "forbidden") return null;
        throw error;
      }
    },
  };
  return asking;
}
