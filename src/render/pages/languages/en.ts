/** The words of the readers' pages in English. */

import type { PageWords } from "../vocabulary.ts";

export const english: PageWords = {
  invalidLink: {
    title: "This link does not work",
    body: "It may be too old or incomplete. Every email has new links at the end.",
  },
  unsubscribe: {
    title: "Unsubscribe",
    body: (list) => `Confirm that you no longer want to receive “${list}” by email.`,
    button: "Unsubscribe",
  },
  unsubscribed: {
    title: "You are unsubscribed",
    body: (list) => `“${list}” will no longer be sent to you. An email that is already on its way may still arrive.`,
    mistake: "Was it a mistake?",
    again: "Subscribe again",
  },
  subscribe: {
    title: (site) => `Subscribe to ${site}`,
    body: "We will send you one email with a link. You get nothing else until you click it.",
    address: "Email address",
    name: "Name",
    optional: "optional",
    lists: "What would you like to get?",
    button: "Subscribe",
    leaveEmpty: "Leave this field empty",
  },
  problems: {
    title: "Please check your entries",
    address: "Enter a complete email address, such as name@example.org.",
    lists: "Choose at least one.",
    forget: "Tick the box if you are sure.",
  },
  asked: {
    title: "Check your inbox",
    body: "If this address is not on the list yet, we sent it an email with a link. Click the link to confirm. It works for three days.",
  },
  tooMany: { title: "Too many requests", body: "Please wait a few minutes and try again." },
  confirm: {
    title: "Confirm your subscription",
    body: (list) => `Confirm that you want to receive “${list}” by email.`,
    button: "Confirm subscription",
  },
  confirmed: { title: "Welcome", body: (list) => `You are on the list. You will receive the next “${list}”.` },
  preferences: {
    title: "Your preferences",
    body: (address) => `For emails to ${address}`,
    lists: "What you get",
    frequency: "How often",
    each: "Every email",
    weekly: "At most one a week",
    monthly: "At most one a month",
    nameKept: "We have your name and do not show it here. Leave this empty to keep it.",
    frequencyNote: "We do not send you the other emails later. You can read them in the archive.",
    language: "Language of buttons and notices",
    save: "Save",
    saved: "Your choice is saved.",
    leaveAll: "Unsubscribe from everything",
    leftAll: "You will get no more emails from us.",
  },
  tracking: {
    title: "What we measure",
    none: "Nothing. We do not see whether you open an email or click a link.",
    some: (lists) => `For ${lists}, we see whether you open an email and which links you click.`,
  },
  data: {
    title: "Your data",
    body: "You can download or erase everything we know about you. To be sure that it is you, we send a link to your address. It works for one hour.",
    button: "Send me the link",
    sent: { title: "Check your inbox", body: "We sent you an email with a link. The link works for one hour." },
    open: "Open my data",
    download: "Download everything as JSON",
  },
  forget: {
    title: "Erase my data",
    body: "We erase your address, your name and everything you told us. We only keep a code so that we never write to you again, even if somebody else adds your address to a list. This cannot be undone.",
    sure: "I am sure",
    button: "Erase my data",
    done: { title: "Your data is erased", body: "We erased everything that we knew about you." },
  },
  front: {
    blog: "Read the blog",
    newest: "Newest emails",
    feeds: "Feeds",
    feedsNote: "A feed shows new posts in a feed reader. You need no account.",
    allFeeds: "All feeds",
  },
  archive: {
    title: "Archive",
    empty: "No emails have been sent yet.",
    notFound: { title: "Not in the archive", body: "There is no email at this address, or it is not public." },
    withdrawn: { title: "Withdrawn", body: "The author has withdrawn this post." },
  },
};
