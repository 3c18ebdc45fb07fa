"use strict";
// Searches the parts of the site's text beside this page. Each part is a script that calls site(name, rows): a page that
// was opened from a folder may load scripts, but may not fetch. What a part holds is only ever shown as text.
(() => {
  const box = document.getElementById("find"), hits = document.getElementById("hits"), found = document.getElementById("found");
  const only = document.getElementById("only"), order = document.getElementById("order"), list = document.getElementById("questions");
  const words = WORDS;
  const parts = box.dataset.parts ? box.dataset.parts.split(" ") : [];
  // Arabic letters that are written for one another, and those of Persian keyboards, are one letter
  const ALIKE = { "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ٱ": "ا", "ء": "", "ـ": "" };
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replace(/[ةىیکٱءـ]/g, (c) => ALIKE[c]);
  // true where one typing error makes of a word what another one begins with
  const near = (word, other) => {
    let i = 0;
    while (i < word.length && word[i] === other[i]) i += 1;
    const goesOn = (mine, its) => other.startsWith(word.slice(mine), its);
    return goesOn(i + 1, i + 1) || goesOn(i + 1, i) || goesOn(i, i + 1) || (word[i] === other[i + 1] && word[i + 1] === other[i] && goesOn(i + 2, i + 2));
  };
  const say = (text, n) => text.replace("{n}", n.toLocaleString(document.documentElement.lang));
  const MOST = 60;
  const things = [];
  let asked = false, waiting = parts.length, planned = 0;

  const add = (weight, href, shown, beside, more) =>
    things.push({ weight, href, shown, beside, text: fold(shown + " " + beside + " " + more) });
  const KINDS = {
    questions: ([n, text, state, traced]) => add(40, `questions/Q${n}.html`, text, `${words.question} Q${n} · ${state} · ${traced}`, ""),
    sources: ([n, name, kind, names]) => add(30, `sources/S${n}.html`, name, `${words.source} S${n} · ${kind}`, names),
    articles: ([n, title, outlet, day, claims]) => {
      add(10, `articles/A${n}.html`, title, `${words.article} A${n} · ${outlet} · ${day}`, "");
      for (const [c, says, origin, more] of claims) add(20, `articles/A${n}.html#C${c}`, says, `${words.claim} C${c} · ${origin ? origin + " · " : ""}${outlet} · ${day}`, more);
    },
  };
  window.site = (name, rows) => rows.forEach(KINDS[name.split("-")[0]]);

  const rank = (thing, wanted) => {
    let points = thing.weight;
    for (const words of wanted) {
      const at = Math.max(...words.map((word) => thing.text.indexOf(word)));
      if (at < 0) return 0;
      points += at === 0 || !/[\p{L}\p{N}]/u.test(thing.text[at - 1]) ? 60 : 10;
    }
    return points;
  };
  const ranked = (wanted) => things.map((thing) => [rank(thing, wanted), thing]).filter(([points]) => points).sort((a, b) => b[0] - a[0]);
  const FEW = 4; // letters of a word in which an error is looked for
  const meant = (word) => {
    const others = new Set(things.flatMap((thing) => thing.text.match(/[\p{L}\p{N}]+/gu) ?? []));
    const bare = word.length > FEW && word.startsWith("ال") ? [word.slice(2)] : []; // without the article
    return word.length < FEW ? [word] : [word, ...bare, ...[...others].filter((other) => near(word, other))];
  };
  const item = ({ href, shown, beside }) => {
    const line = document.createElement("li"), link = document.createElement("a"), name = document.createElement("bdi");
    const rest = document.createElement("bdi"), small = document.createElement("span");
    name.textContent = shown.length > 200 ? shown.slice(0, 199) + "…" : shown;
    link.href = href;
    link.append(name);
    small.className = "quiet";
    rest.textContent = beside;
    small.append(rest);
    line.append(link, " ", small);
    return line;
  };
  const search = () => {
    planned = 0;
    const wanted = fold(box.value).split(/\s+/).filter(Boolean);
    if (!wanted.length) {
      hits.replaceChildren();
      found.textContent = "";
      return;
    }
    const exact = ranked(wanted.map((word) => [word])), best = exact.length || waiting ? exact : ranked(wanted.map(meant));
    hits.replaceChildren(...best.slice(0, MOST).map(([, thing]) => item(thing)));
    found.textContent = (waiting ? words.searching : best.length > MOST ? say(words.most, best.length) : best.length ? say(exact.length ? words.found : words.near, best.length) : words.none);
  };
  const soon = () => { planned ||= setTimeout(search, 60); };
  const load = () => {
    if (asked) return;
    asked = true;
    for (const part of parts) {
      const script = document.createElement("script");
      script.src = `search/${part}.js`;
      script.onload = script.onerror = () => { waiting -= 1; script.remove(); soon(); };
      document.head.append(script);
    }
  };
  box.addEventListener("focus", load);
  box.addEventListener("input", () => { load(); soon(); });
  box.form.addEventListener("submit", (event) => { event.preventDefault(); load(); soon(); });
  box.form.hidden = false;

  const rows = [...list.querySelectorAll("li[data-state]")], number = (row, key) => Number(row.dataset[key]);
  const ORDERS = {
    changed: (a, b) => (a.dataset.changed < b.dataset.changed ? 1 : a.dataset.changed > b.dataset.changed ? -1 : 0),
    name: (a, b) => a.querySelector("h3").textContent.localeCompare(b.querySelector("h3").textContent),
  };
  const choose = () => {
    const key = order.value;
    rows.sort(ORDERS[key] ?? ((a, b) => number(b, key) - number(a, key)));
    for (const row of rows) row.hidden = Boolean(only.value) && !row.dataset.state.split(" ").includes(only.value);
    list.append(...rows);
    document.getElementById("shown").textContent = say(words.shown, rows.filter((row) => !row.hidden).length);
  };
  only.addEventListener("change", choose);
  order.addEventListener("change", choose);
  if (rows.length > 1) only.form.hidden = false;
})();
