/** Finds the network that a request comes from. */

import { isIP } from "node:net";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";

export type NetworkOf = (context: Context) => string | undefined;

/** @param behindProxy - the last entry of `X-Forwarded-For` is from our proxy. Earlier entries can be forged. */
export function networkOf(behindProxy: boolean): NetworkOf {
  return (context) => {
    const named = behindProxy ? context.req.header("x-forwarded-for")?.split(",").at(-1)?.trim() : undefined;
    const address = named ?? getConnInfo(context).remote.address;
    return address && isIP(address) ? address.replace(/^::ffff:(?=\d+\.)/, "") : undefined;
  };
}
