/** A real OpenID provider, with people who sign in by their name alone. */

import { createServer } from "node:http";
import Provider from "oidc-provider";
import { freePort } from "../start-servers.ts";

export interface Account {
  email?: string;
  email_verified?: boolean;
  preferred_username?: string;
  groups?: string[];
}

export interface OpenIdProvider extends AsyncDisposable {
  issuer: string;
  /** By subject. What is changed counts from the next sign-in on. */
  accounts: Map<string, Account>;
}

export async function openOpenIdProvider(callback: string): Promise<OpenIdProvider> {
  const port = await freePort();
  const issuer = `http://localhost:${port}`;
  const accounts = new Map<string, Account>();
  const provider = new Provider(issuer, {
    clients: [
      {
        ...{ client_id: "postrider", client_secret: "a-secret-of-the-client", redirect_uris: [callback] },
        ...{ grant_types: ["authorization_code"], response_types: ["code"] },
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["preferred_username", "groups"] },
    cookies: { keys: ["only for tests"] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    async findAccount(_: unknown, sub: string) {
      return { accountId: sub, claims: async () => ({ sub, ...accounts.get(sub) }) };
    },
  });
  const server = createServer(provider.callback());
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", () => resolve()));
  return {
    issuer,
    accounts,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
