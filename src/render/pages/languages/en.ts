/** The words of the readers' pages in English. */

import type { PageWords } from "../vocabulary.ts";

export const english: PageWords = {
  invalidLink: {
    title: "This link does not work",
    body: "It may be too old, or part of it was lost on the way. Every mail has fresh links at its foot.",
  },
  unsubscribe: {
    title: "Unsubscribe",
    body: (list) => `One click, and “${list}” will no longer be sent to you.`,
    button: "Unsubscribe",
  },
  unsubscribed: {
    title: "You have left",
    body: (list) => `“${list}” will no longer be sent to you. A mail that was already on its way may still arrive.`,
    mistake: "Was it a mistake?",
    again: "Subscribe again",
  },
  subscribe: {
    title: (site) => `Subscribe to ${site}`,
    body: "You will get one mail with a link. Nothing is sent to you before you click it.",
    address: "Email address",
    name: "Name",
    optional: "optional",
    lists: "What would you like to get?",
    button: "Subscribe",
    leaveEmpty: "Leave this field empty",
  },
  problems: {
    title: "Please look again",
    address: "This is not an email address that mail can be sent to.",
    lists: "Choose at least one.",
    forget: "Tick the box if you are sure.",
  },
  asked: {
    title: "Look into your mail",
    body: "If mail can be sent to this address and it is not on the list yet, a mail with a link is on its way to it. The link works for three days.",
  },
  tooMany: { title: "Too many at once", body: "Please wait a few minutes and try again." },
  confirm: {
    title: "Confirm your subscription",
    body: (list) => `One click, and “${list}” is yours.`,
    button: "Yes, send it to me",
  },
  confirmed: { title: "Welcome", body: (list) => `You are on the list: the next “${list}” comes to you.` },
  preferences: {
    title: "Your preferences",
    body: (address) => `For mail to ${address}`,
    lists: "What you get",
    frequency: "How often",
    each: "Every mail",
    weekly: "At most one a week",
    monthly: "At most one a month",
    nameKept: "A name is on record and not shown here. Leave this empty to keep it.",
    frequencyNote: "What comes in between is not sent to you later; it stays in the archive.",
    language: "Language of our own words",
    save: "Save",
    saved: "Your choice is saved.",
    leaveAll: "Unsubscribe from everything",
    leftAll: "You get nothing more from us.",
  },
  tracking: {
    title: "What we measure",
    none: "Nothing: we do not see whether you open a mail or follow a link.",
    some: (lists) => `On ${lists} we see whether you open a mail and which links you follow.`,
  },
  data: {
    title: "Your data",
    body: "Mails get forwarded. So we send a link to your address that works for an hour and opens everything we know about you; there you can take it with you or have it erased.",
    button: "Send me the link",
    sent: { title: "Look into your mail", body: "A mail with a link is on its way. The link works for an hour." },
    open: "Open my data",
    download: "Download everything as JSON",
  },
  forget: {
    title: "Forget me",
    body: "We erase your address, your name and everything you told us. Only a code stays that tells us never to write to you again, even if somebody else puts your address on a list. It cannot be undone.",
    sure: "I am sure",
    button: "Forget me",
    done: { title: "You are forgotten", body: "Everything that we knew about you is erased." },
  },
  archive: {
    title: "Archive",
    empty: "Nothing was sent yet.",
    notFound: { title: "Not in the archive", body: "There is no mail at this address, or it is not for everybody." },
    withdrawn: { title: "Withdrawn", body: "The author has withdrawn this post." },
  },
};
