/** Stores tokens that expire. One worker at a time renews them; the stored ones replace those in the configuration. */

import { z } from "zod";
import type { Keep } from "#core/adapter.ts";
import { sha256 } from "#core/sending/idempotency.ts";

export interface Tokens {
  access: string;
  /** Empty where none is needed, or none was given. */
  refresh: string;
}

const kept = z.object({ given: z.string(), access: z.string(), refresh: z.string(), renewedAt: z.number() });

export interface KeptTokens {
  current(): Promise<Tokens>;
  /** When the current ones were asked for, ms since 1970; 0 for those of the configuration. */
  renewedAt(): Promise<number>;
  /** Those after `stale`: asked for now, unless somebody else has them already. */
  renewed(stale: Tokens): Promise<Tokens>;
}

/** @param given - of the configuration; when that changes, what was kept is no longer used. */
export function openTokens(
  given: Tokens,
  keep: Keep,
  now: () => Date,
  renew: (old: Tokens) => Promise<Tokens>,
): KeptTokens {
  const fingerprint = sha256(`${given.access}\n${given.refresh}`);

  const ours = (value: unknown): Tokens & { renewedAt: number } => {
    const { data } = kept.safeParse(value);
    return data?.given === fingerprint ? data : { ...given, renewedAt: 0 };
  };

  return {
    async current() {
      const { access, refresh } = ours(await keep.read());
      return { access, refresh };
    },
    renewedAt: async () => ours(await keep.read()).renewedAt,
    async renewed(stale) {
      const change = async (value: unknown): Promise<unknown> => {
        const { access, refresh } = ours(value);
        if (access !== stale.access) return undefined;
        return { given: fingerprint, ...(await renew({ access, refresh })), renewedAt: now().getTime() };
      };
      const { access, refresh } = ours(await keep.change(change));
      return { access, refresh };
    },
  };
}
