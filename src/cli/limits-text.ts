/** The limits of a person or a token in words. */

interface Limited {
  channels: readonly string[] | null;
  lists: readonly string[] | null;
}

/** `channels feed, mastodon; list staff`; empty: no limits. */
export function limitsText({ channels, lists }: Limited): string {
  const parts = [named("channel", channels), named("list", lists)];
  return parts.filter(Boolean).join("; ");
}

function named(noun: string, names: readonly string[] | null): string {
  return names ? `${names.length === 1 ? noun : `${noun}s`} ${names.join(", ")}` : "";
}
