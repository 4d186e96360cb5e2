/** Signing in to the console with a provider or a passkey. Their libraries are loaded when somebody does. */

import { type SiteContext, serverAddress } from "#app/site.ts";
import type { DeskPorts } from "#desk/ports.ts";
import type { SignInPorts } from "#http/console/sign-in/ports.ts";
import { openLimit } from "#http/limit.ts";
import { networkOf } from "#http/network.ts";

/** From one network, in ten minutes. */
const mostAttempts = 60;

export function openSignIn(site: SiteContext, desk: DeskPorts): SignInPorts {
  const address = serverAddress(site);
  const { oidc, behindProxy } = site.config;
  return {
    desk,
    isSecure: address.startsWith("https:"),
    provider: oidc
      ? once(async () => {
          const { openOpenId } = await import("#identity/open-id.ts");
          return openOpenId(oidc, `${address}/console/sign-in/oidc/callback`);
        })
      : null,
    passkeys: once(async () => {
      const { openPasskeyDesk } = await import("#identity/passkeys.ts");
      return openPasskeyDesk(address, site.config.site.title, desk.passkeys);
    }),
    network: networkOf(behindProxy),
    limit: openLimit(mostAttempts, 600, () => site.clock.now().getTime()),
  };
}

function once<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | null = null;
  return () => {
    opened ??= open();
    return opened;
  };
}
