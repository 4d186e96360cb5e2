/** The CSS of social posts in the preview. Each adapter's name is a class; unknown adapters get a common look. */

export const notesStyle = `
:root { color-scheme: light dark; --ink: #1d2129; --quiet: #5a6270; --line: #d9dce2; --paper: #fff; --ground: #f3f4f6; --tint: #f3f4f6; --link: #1d5fa8; --bad: #a3260f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaee; --quiet: #a3aab6; --line: #3a404b; --paper: #1c2027; --ground: #12151a; --tint: #262b34; --link: #82b7f2; --bad: #ff9c85; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px 16px 48px; max-width: 1180px; font: 16px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 20px; text-wrap: balance; } h2 { font-size: 18px; line-height: 1.3; margin: 40px 0 12px; text-wrap: balance; }
section { content-visibility: auto; contain-intrinsic-size: auto 2400px; }
.notes { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 330px), 1fr)); gap: 16px; align-items: start; }
article { --accent: #6b7280; background: var(--paper); border: 1px solid var(--line); border-radius: 12px; padding: 16px; min-width: 0; }
.mastodon { --accent: #5b5ce2; } .bluesky { --accent: #0b6fd6; } .x, .threads { --accent: #23272f; } .linkedin { --accent: #0a66c2; }
.telegram { --accent: #1c7fbd; } .discord { --accent: #5865f2; } .slack { --accent: #611f69; } .matrix { --accent: #08815f; } .reddit { --accent: #c93a05; } .nostr { --accent: #7d2ad0; }
header { display: grid; grid-template-columns: 40px 1fr; column-gap: 10px; align-items: center; margin-bottom: 12px; line-height: 1.25; }
header i { grid-row: span 2; width: 40px; height: 40px; border-radius: 50%; display: grid; place-items: center; font: 600 18px/1 system-ui, sans-serif; color: #fff; background: var(--accent); box-shadow: 0 0 0 1px var(--line); }
.discord header i, .slack header i, .matrix header i { border-radius: 10px; }
header b { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } header span { color: var(--quiet); font-size: 14px; }
.part p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; } .part + .part { margin-top: 12px; padding-top: 12px; border-top: 1px solid var(--line); }
.part footer { display: flex; align-items: center; gap: 8px; margin-top: 10px; color: var(--quiet); font-size: 13px; font-variant-numeric: tabular-nums; }
.meter { flex: 0 0 64px; height: 4px; border-radius: 2px; background: var(--line); overflow: hidden; } .meter i { display: block; height: 100%; min-width: 2px; border-radius: 2px; background: var(--quiet); }
.over { color: var(--bad); font-weight: 600; } .over .meter i { background: var(--bad); }
em { font-style: normal; color: var(--link); }
.mastodon .scheme, .x .scheme { display: none; }
.mastodon .address, .x .address { display: inline-block; max-width: 31ch; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; vertical-align: bottom; }
.telegram .part p { background: var(--tint); border-radius: 4px 14px 14px 14px; padding: 8px 12px; }
.reddit .lead { font-size: 18px; line-height: 1.3; font-weight: 600; } .reddit .rest { display: none; }
summary { cursor: pointer; margin-bottom: 10px; padding: 8px 12px; border-radius: 8px; background: var(--tint); font-weight: 600; }
.left { margin: 16px 0 0; color: var(--quiet); }
.card { margin-top: 12px; border: 1px solid var(--line); border-radius: 10px; overflow: hidden; font-size: 14px; line-height: 1.4; } .card > div { padding: 10px 12px 12px; overflow-wrap: anywhere; }
.card img { position: relative; display: block; width: 100%; aspect-ratio: 1.91; object-fit: cover; background: var(--tint); color: var(--quiet); }
.card img::after { content: attr(alt); position: absolute; inset: 0; display: grid; place-items: center; padding: 16px; text-align: center; background: var(--tint); }
.card b, .card small { display: block; } .card small { font-size: 13px; color: var(--quiet); }
.card p { margin: 2px 0 0; color: var(--quiet); display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; }
.x .card > div p { display: none; }
.discord .card, .slack .card, .telegram .card, .matrix .card { display: flex; flex-direction: column-reverse; border: 0; border-left: 4px solid var(--accent); border-radius: 4px; background: var(--tint); }
.discord .card img, .slack .card img, .telegram .card img, .matrix .card img { width: auto; margin: 0 12px 12px; border-radius: 6px; } .discord .card b { color: var(--link); }
.reddit .card { display: grid; grid-template-columns: 1fr 104px; } .reddit .card img { order: 1; height: 100%; aspect-ratio: auto; } .reddit .card > div b, .reddit .card > div p { display: none; }
.about { display: grid; gap: 2px; margin: 8px 0 0; font-size: 13px; color: var(--quiet); } .about span { overflow-wrap: anywhere; } .about b { margin-right: 6px; padding: 0 4px; border: 1px solid var(--line); border-radius: 4px; font-size: 11px; font-weight: 600; }
.bad { color: var(--bad); }
`;
