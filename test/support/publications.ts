/** What `publish --json` and `status --json` say (contract). */

export interface Counts {
  accepted: number;
  refused: number;
  uncertain: number;
  pending: number;
  suppressed: number;
  retrying: number;
}
export interface Publications {
  publications: {
    id: string;
    post: string;
    revision: string;
    url: string;
    channels: Record<
      string,
      { adapter: string; medium: string; counts: Counts; links: string[]; stalled?: { code: string; message: string } }
    >;
  }[];
}
/** Of the first publication. */
export const countsOf = (result: { json<T>(): T }, channel = "newsletter"): Counts | undefined =>
  result.json<Publications>().publications[0]?.channels[channel]?.counts;
