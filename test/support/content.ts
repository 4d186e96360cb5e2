/** A folder of posts that has none: tests replace what they need. */

import type { Content } from "#core/posts/content.ts";

export const noContent: Content = {
  read: async (path) => ({ path, post: null, diagnostics: [] }),
  list: async () => [],
  knownSince: async () => null,
  syndicate: async () => undefined,
  watch: async () => new AsyncDisposableStack(),
};
