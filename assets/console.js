/* Refines the pages of the console. Every page also works without this file. */

const main = document.querySelector("main");
const stream = document.querySelector("#stream");

/* The menu is closed on a phone. */
const menu = document.querySelector("details.menu");
if (menu && matchMedia("(max-width:56rem)").matches) menu.open = false;

/* Copy buttons. Over plain HTTP browsers have no clipboard for pages, so the text is selected and copied as it was in the past. */
function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
  return Promise.resolve();
}
function prepare(root) {
  for (const button of root.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.onclick = () =>
      copy(button.dataset.copy).then(() => {
        button.textContent = "Copied";
      });
  }
  /* What a form does, it does once: a second click sends nothing. */
  for (const form of root.querySelectorAll("form[method=post]"))
    form.addEventListener("submit", () => {
      setTimeout(() => {
        for (const button of form.querySelectorAll("button")) button.disabled = true;
      });
    });
}
prepare(document);
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("form button[disabled]")) button.disabled = false;
});

/* Live pages are asked for again when something happens, at most once a second, and not while somebody types in a form. */
if (main && "live" in main.dataset) {
  let source = null;
  let due = 0;
  let wasLost = false;
  let isPressed = false;
  addEventListener("pointerdown", () => {
    isPressed = true;
  });
  addEventListener("pointerup", () => {
    isPressed = false;
  });
  const isChanged = (field) =>
    field.type === "checkbox"
      ? field.checked !== field.defaultChecked
      : field.type !== "hidden" && "defaultValue" in field && field.value !== field.defaultValue;
  /* What somebody has typed or is about to press must stay. */
  const isTyping = () =>
    isPressed ||
    (/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? "") &&
      main.contains(document.activeElement)) ||
    [...main.querySelectorAll("input,textarea")].some(isChanged) ||
    main.querySelector("button[disabled]") !== null;
  const refresh = async () => {
    due = 0;
    if (isTyping()) return later();
    const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    if (isTyping()) return later();
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
    if (!fresh) return;
    const place = [...main.querySelectorAll("a,button,summary")].indexOf(document.activeElement);
    const open = [...main.querySelectorAll("details")].map((each) => each.open);
    main.replaceChildren(...fresh.childNodes);
    for (const [at, each] of [...main.querySelectorAll("details")].entries()) each.open = open[at] ?? each.open;
    prepare(main);
    if (place >= 0) main.querySelectorAll("a,button,summary")[place]?.focus();
  };
  const later = () => {
    if (due === 0) due = setTimeout(refresh, 1000);
  };
  const kinds = [
    "campaign.progress",
    "publication.created",
    "publication.released",
    "publication.done",
    "campaign.pause",
    "campaign.resume",
    "campaign.cancel",
    "channel.stalled",
    "channel.paused",
    "job.done",
    "delivery.accepted",
    "delivery.refused",
    "delivery.uncertain",
    "delivery.retry",
    "delivery.decided",
  ];
  const listen = () => {
    source = new EventSource("/console/events");
    source.onopen = () => {
      stream.textContent = "Live";
      if (wasLost) later();
      wasLost = false;
    };
    source.onerror = () => {
      wasLost = true;
      stream.textContent = `Not live since ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}. Reload the page for the newest state.`;
    };
    source.onmessage = later;
    for (const kind of kinds) source.addEventListener(kind, later);
  };
  const turn = () => {
    source?.close();
    source = null;
    if (document.hidden) wasLost = true;
    if (document.hidden) stream.textContent = "Paused while this page is in the background";
    else listen();
  };
  document.addEventListener("visibilitychange", turn);
  addEventListener("pagehide", () => source?.close());
  turn();
}

/* Keys: / search, g and a letter for a page, Ctrl K or ? for all pages. No key does anything but look. */
const links = [...document.querySelectorAll("nav a")];
const goTo = {
  t: "/console",
  p: "/console/posts",
  c: "/console/campaigns",
  u: "/console/uncertain",
  r: "/console/readers",
  l: "/console/lists",
  j: "/console/jobs",
  e: "/console/editions",
};
let before = "";
function palette() {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-label", "Go to");
  const form = document.createElement("form");
  form.action = "/console/search";
  const field = document.createElement("input");
  field.type = "search";
  field.name = "q";
  field.placeholder = "Go to a page, or search";
  field.setAttribute("aria-label", "Go to a page, or search");
  const list = document.createElement("ul");
  const fill = () => {
    const words = field.value.toLowerCase();
    const found = links.filter((link) => link.textContent.toLowerCase().includes(words));
    list.replaceChildren(
      ...found.map((link) => {
        const item = document.createElement("li");
        const copyOf = document.createElement("a");
        copyOf.href = link.href;
        copyOf.textContent = link.textContent;
        item.append(copyOf);
        return item;
      }),
    );
  };
  field.oninput = fill;
  form.onsubmit = (event) => {
    const first = list.querySelector("a");
    if (!first || field.value === "") return;
    event.preventDefault();
    location.href = first.href;
  };
  fill();
  form.append(field);
  dialog.append(form, list);
  dialog.onclose = () => dialog.remove();
  document.body.append(dialog);
  dialog.showModal();
}
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && links.length > 0) {
    event.preventDefault();
    if (!document.querySelector("dialog")) palette();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  if (event.key === "/") {
    event.preventDefault();
    document.querySelector("#q")?.focus();
  } else if (event.key === "?" && links.length > 0 && !document.querySelector("dialog")) palette();
  else if (before === "g" && goTo[event.key]) location.href = goTo[event.key];
  before = event.key;
});
