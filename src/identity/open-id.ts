/** Signing in through an OpenID Connect provider: the authorization code flow with PKCE, state and nonce. */

import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  fetchUserInfo,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";
import { messageOf, PostriderError } from "#core/errors.ts";
import type { Identity } from "#core/people/identity.ts";
import { type Role, roles } from "#core/people/permission.ts";

export interface OpenIdSettings {
  issuer: string;
  clientId: string;
  clientSecret?: string | undefined;
  roles: Readonly<Record<string, Role>>;
  groupsClaim: string;
  scope: string;
}

/** What the browser keeps while it is at the provider. */
export interface Begun {
  state: string;
  nonce: string;
  verifier: string;
}

export interface OpenId {
  /** Where the browser goes, and what it keeps until it comes back. @throws PostriderError `unavailable` */
  begin(): Promise<Begun & { url: string }>;
  /** @param query - with which the browser came back. @throws PostriderError `unauthorized` or `unavailable` */
  finish(query: URLSearchParams, begun: Begun): Promise<Identity>;
}

/** @param callback - our address to which the provider sends the browser back. */
export function openOpenId(settings: OpenIdSettings, callback: string): OpenId {
  let known: Promise<Configuration> | null = null;
  const provider = (): Promise<Configuration> => {
    known ??= discover(settings).catch((cause: unknown) => {
      known = null;
      throw new PostriderError("unavailable", `The provider ${settings.issuer} does not answer: ${reasonOf(cause)}`, {
        hint: "Try again, or sign in with an address from `postrider console link`.",
        cause,
      });
    });
    return known;
  };
  return {
    async begin() {
      const begun = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
      const url = buildAuthorizationUrl(await provider(), {
        ...{ redirect_uri: callback, scope: settings.scope, state: begun.state, nonce: begun.nonce },
        code_challenge: await calculatePKCECodeChallenge(begun.verifier),
        code_challenge_method: "S256",
      });
      return { ...begun, url: url.href };
    },
    async finish(query, { state, nonce, verifier }) {
      const configuration = await provider();
      const current = new URL(callback);
      current.search = query.toString();
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
      try {
        const tokens = await authorizationCodeGrant(configuration, current, checks);
        const claims = tokens.claims();
        if (!claims) throw new Error("there is no ID token");
        const more = configuration.serverMetadata().userinfo_endpoint
          ? await fetchUserInfo(configuration, tokens.access_token, claims.sub)
          : {};
        return identityOf({ ...more, ...claims }, settings);
      } catch (cause) {
        throw new PostriderError("unauthorized", `The provider did not confirm who you are: ${reasonOf(cause)}`, {
          hint: "Begin again at the sign-in page.",
          cause,
        });
      }
    },
  };
}

function discover({ issuer, clientId, clientSecret }: OpenIdSettings): Promise<Configuration> {
  // Only for a provider on this machine or in a private network, which the operator has named so.
  const options = issuer.startsWith("http:") ? { execute: [allowInsecureRequests] } : undefined;
  const secret = clientSecret === undefined ? undefined : clientSecret;
  return discovery(new URL(issuer), clientId, secret, clientSecret === undefined ? None() : undefined, options);
}

function identityOf(claims: Readonly<Record<string, unknown>>, settings: OpenIdSettings): Identity {
  const text = (name: string): string => (typeof claims[name] === "string" ? claims[name] : "");
  return {
    issuer: text("iss"),
    subject: text("sub"),
    email: claims["email_verified"] === true && text("email") !== "" ? text("email") : null,
    name: text("preferred_username") || text("name") || text("email") || text("sub"),
    role: roleOf(claims[settings.groupsClaim], settings.roles),
  };
}

/** The highest role of all groups. */
function roleOf(groups: unknown, given: Readonly<Record<string, Role>>): Role | null {
  const named = typeof groups === "string" ? [groups] : Array.isArray(groups) ? groups : [];
  const own = named.flatMap((group) =>
    typeof group === "string" && Object.hasOwn(given, group) ? [given[group]] : [],
  );
  return roles.findLast((role) => own.includes(role)) ?? null;
}

/** The library's messages are about the protocol; the provider's own word says more. */
function reasonOf(cause: unknown): string {
  const { error_description, error } = cause as { error_description?: unknown; error?: unknown };
  if (typeof error_description === "string") return error_description;
  return typeof error === "string" ? error : messageOf(cause);
}
