/** The texts of the pages for readers. Each file in `languages/` has them in one language. */

export interface PageWords {
  invalidLink: Said;
  unsubscribe: { title: string; body(list: string): string; button: string };
  unsubscribed: { title: string; body(list: string): string; mistake: string; again: string };
  subscribe: {
    title(site: string): string;
    /** Says that nothing is sent before the confirmation. */
    body: string;
    address: string;
    name: string;
    optional: string;
    lists: string;
    button: string;
    /** For people whose browser shows the hidden field for robots. */
    leaveEmpty: string;
  };
  problems: { title: string; address: string; lists: string; forget: string };
  asked: Said;
  tooMany: Said;
  confirm: { title: string; body(list: string): string; button: string };
  confirmed: { title: string; body(list: string): string };
  preferences: {
    title: string;
    /** @param address - usually with its middle hidden. */
    body(address: string): string;
    lists: string;
    frequency: string;
    each: string;
    weekly: string;
    monthly: string;
    /** For a link that may have been forwarded. */
    nameKept: string;
    /** What happens to the emails in between. */
    frequencyNote: string;
    language: string;
    save: string;
    saved: string;
    leaveAll: string;
    leftAll: string;
  };
  tracking: { title: string; none: string; some(lists: string): string };
  data: {
    title: string;
    /** Why an email is needed. */
    body: string;
    button: string;
    sent: Said;
    open: string;
    download: string;
  };
  forget: { title: string; body: string; sure: string; button: string; done: Said };
  front: {
    /** The link to the site itself. */
    blog: string;
    newest: string;
    feeds: string;
    feedsNote: string;
    allFeeds: string;
  };
  archive: { title: string; empty: string; notFound: Said; withdrawn: Said };
}

interface Said {
  title: string;
  body: string;
}
