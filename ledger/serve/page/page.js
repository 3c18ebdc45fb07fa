"use strict";
// The page's only script. It shows text as text (nothing is ever made from markup) and asks the API for all it does.
// Places in a text: the API counts code points, as the terminal does; the browser counts UTF-16 units. `Places` converts.

class Places {
  constructor(text) {
    this.pairs = [];
    for (let at = 0; at < text.length - 1; at += 1) {
      const high = text.charCodeAt(at), low = text.charCodeAt(at + 1);
      if (high >= 0xd800 && high < 0xdc00 && low >= 0xdc00 && low < 0xe000) this.pairs.push(at), (at += 1);
    }
  }
  // how many pairs lie wholly before a place that `reached` measures
  before(reached) {
    let low = 0, high = this.pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (reached(middle)) low = middle + 1; else high = middle;
    }
    return low;
  }
  points(units) { return units - this.before((k) => this.pairs[k] < units - 1); }
  units(points) { return points + this.before((k) => this.pairs[k] - k < points); }
}

const about = (document.getElementById("data") ?? document.body).dataset;
let size = Number(about.size);
const one = (query, within = document) => within.querySelector(query);

function made(tag, attributes = {}, ...kids) {
  const svg = ["svg", "line", "text", "title"].includes(tag) && attributes.svg !== false && made.drawing;
  const node = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== false) node.setAttribute(name, value === true ? "" : value);
  node.append(...kids.filter((kid) => kid !== null && kid !== undefined));
  return node;
}

function say(text, wrong = false) {
  const place = one("#said");
  place.classList.toggle("wrong", wrong);
  place.textContent = text;
}

// --- the API ---------------------------------------------------------------------------------------------------------

class Refusal extends Error {
  constructor(said) { super(said.message); Object.assign(this, said); }
  get whole() { return this.hint ? `${this.message}. ${this.hint}` : this.message; }
}

async function reached(path, options = {}) {
  let answer;
  try {
    answer = await fetch(`${about.base}/api/${path}`, options);
  } catch {
    throw new Refusal({ error: "Gone", message: "claims serve has ended", hint: "start it again in the terminal" });
  }
  const read = answer.headers.get("content-type")?.startsWith("application/json") ? await answer.json() : { message: await answer.text() };
  if (!answer.ok) throw new Refusal(read);
  const head = answer.headers.get("log-size");
  return { read, size: head === null ? null : Number(head) };
}

async function asked(name, query = {}) {
  const { read, size: head } = await reached(`${name}?${new URLSearchParams(query)}`);
  if (head !== null && head !== size) moved(head);
  return read;
}

async function posted(name, body, headers = {}) {
  return reached(name, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) });
}

// What is logged says what the page has seen; where the log moved on, nothing is logged and the page says so.
async function logged(name, body) {
  try {
    const done = await posted(name, body, { "log-size": String(size) });
    size = done.size;
    return done.read;
  } catch (e) {
    if (e.error === "MovedOn") moved(null);
    throw e;
  }
}

function moved(now) {
  const place = one("#moved"), again = made("button", { type: "button" }, "Look again");
  again.addEventListener("click", () => location.reload());
  const more = now === null ? "" : ` by ${Math.abs(now - size)} ${Math.abs(now - size) === 1 ? "entry" : "entries"}`;
  place.replaceChildren(`The log moved on${more} since this page looked. What is here may not be all. `, again);
  place.hidden = false;
}

async function watch() {
  if (document.hidden || !one("#moved").hidden) return;
  try {
    const { read } = await reached("head");
    if (read.size !== size && one("#moved").hidden && !busy) moved(read.size);
  } catch (e) { say(e.message, true); }
}

let busy = false;
async function doing(work) {
  if (busy) return;
  busy = true;
  try { await work(); } catch (e) {
    if (!(e instanceof Refusal)) throw e;
    say(e.whole, true);
  } finally { busy = false; }
}

// What is said after a page has been loaded anew, and where the person was.
function anew(text, at = location.href) {
  sessionStorage.setItem("said", text);
  if (at === location.href) location.reload(); else location.assign(at);
}

function undone() {
  return doing(async () => {
    const done = await logged("undo", {});
    const text = `undone: ${done.what.join("; ")}`;
    if (about.page === "reader") { say(text); await reader.fill(); } else anew(text);
  });
}

// --- forms: what a page knows, what was typed, which button ---------------------------------------------------------------

async function sent(event) {
  event.preventDefault();
  const form = event.target, body = JSON.parse(form.dataset.known ?? "{}");
  for (const field of form.querySelectorAll("input")) {
    const value = field.value.trim();
    if (value) body[field.name] = "many" in field.dataset ? value.split(/\s+/) : value;
  }
  if (event.submitter?.name) body[event.submitter.name] = event.submitter.value === "true";
  await doing(async () => { await logged(form.dataset.do, body); anew("logged"); });
}

async function brought(event) {
  event.preventDefault();
  const form = event.target, what = form.elements.what.value, file = form.elements.file.files[0];
  const body = {};
  for (const name of ["title", "publisher", "published"]) if (form.elements[name].value.trim()) body[name] = form.elements[name].value.trim();
  if (file) {
    body.file = await inBase64(file);
    body.name = file.name;
  } else if (/^\s*https?:\/\/\S+\s*$/.test(what)) body.url = what.trim();
  else body.text = what;
  say("saving a copy …");
  await doing(async () => {
    const done = await logged("capture", body);
    const article = done.saved.article.id, told = done.notices.map((n) => n.text);
    anew([done.saved.new ? `saved as ${article}` : `${article} is known already`, ...told].join("; "), `${about.base}/read/${article}`);
  });
}

function inBase64(file) {
  return new Promise((resolve, reject) => {
    const reading = new FileReader();
    reading.onload = () => resolve(reading.result.slice(reading.result.indexOf(",") + 1));
    reading.onerror = () => reject(new Refusal({ message: "the file cannot be read" }));
    reading.readAsDataURL(file);
  });
}

function dropping(form) {
  form.addEventListener("dragover", (e) => { e.preventDefault(); form.classList.add("dropping"); });
  form.addEventListener("dragleave", () => form.classList.remove("dropping"));
  form.addEventListener("drop", (e) => {
    e.preventDefault();
    form.classList.remove("dropping");
    if (e.dataTransfer.files.length) form.elements.file.files = e.dataTransfer.files;
    else form.elements.what.value = e.dataTransfer.getData("text/uri-list") || e.dataTransfer.getData("text/plain");
  });
}

// --- the reader ------------------------------------------------------------------------------------------------------------

const CHIPS = [
  ["by", "source"], ["via", "via"], ["figure", "figure"], ["when", "time"], ["where", "place"], ["question", "question"],
];

class Reader {
  constructor(place) {
    this.place = place;
    this.side = one("#card");
    this.card = this.before = null;
    this.stop = -1;
  }

  // The question under which the last claim went; the next one most likely answers it, too.
  get topic() { return sessionStorage.getItem("topic") ?? ""; }
  set topic(name) { sessionStorage.setItem("topic", name); }

  // Text, marks and finds as they are now.
  async fill() {
    const [text, questions] = await Promise.all([asked("text", { id: about.id }), asked("questions")]);
    const first = this.text === undefined;
    this.text = text;
    this.questions = questions;
    this.at = new Places(text.text);
    this.finds ??= [];
    if (first) this.divide();
    this.show();
    this.finds = text.newest ? await asked("finds", { id: text.article }) : [];
    for (const f of this.finds) f.questions = this.under?.get(f.key) ?? f.questions;
    this.show();
    this.place.dataset.ready = "true";
    this.likely();
  }

  // The questions that finds most likely answer, once the server has told.
  async likely() {
    if (this.under || !this.finds.length) return;
    this.under = new Map();
    try {
      const found = await asked("finds", { id: this.text.article, questions: "true" });
      this.under = new Map(found.map((f) => [f.key, f.questions]));
      for (const f of this.stops) f.questions = this.under.get(f.key) ?? f.questions;
      const now = this.stops[this.stop];
      if (now?.kind === "find" && !this.card && !this.side.contains(document.activeElement)) this.showFind(now, true);
    } catch (e) { if (!(e instanceof Refusal)) throw e; }
    this.place.dataset.likely = "true";
  }

  // The words and sentences between which the keys move.
  divide() {
    const cut = (granularity) => [...new Intl.Segmenter(this.place.lang || undefined, { granularity }).segment(this.text.text)];
    this.words = cut("word").filter((s) => s.isWordLike).map((s) => [s.index, s.index + s.segment.length]);
    this.sentences = cut("sentence").map((s) => s.index);
    this.anchor = this.focus = 0;
  }

  show() {
    const marks = [
      ...this.text.claims.map((c) => ({ ...c, kind: "claim" })), ...this.finds.map((f) => ({ ...f, id: f.key, kind: "find" })),
    ].map((m) => ({ ...m, from: this.at.units(m.start), to: this.at.units(m.end) }));
    this.stops = marks.sort((a, b) => a.from - b.from || b.to - a.to);
    const cuts = [...new Set([0, this.text.text.length, ...marks.flatMap((m) => [m.from, m.to])])].sort((a, b) => a - b);
    const parts = [];
    let first = 0;
    for (let n = 0; n + 1 < cuts.length; n += 1) {
      const [from, to] = [cuts[n], cuts[n + 1]], words = this.text.text.slice(from, to);
      while (first < this.stops.length && this.stops[first].to <= from && this.stops[first].from < from) first += 1;
      const over = this.stops.slice(first).filter((m) => m.from < to && m.to > from);
      const span = over.length ? made("span", { class: [...new Set(over.map((m) => m.kind))].join(" "), "data-of": over.map((m) => m.id).join(" ") }, words) : words;
      parts.push(span);
    }
    this.place.replaceChildren(...parts);
    this.stop = Math.min(this.stop, this.stops.length - 1);
  }

  // --- choosing words

  chosen() {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    if (!this.place.contains(range.startContainer) || !this.place.contains(range.endContainer)) return null;
    const lead = document.createRange();
    lead.setStart(this.place, 0);
    lead.setEnd(range.startContainer, range.startOffset);
    const from = lead.toString().length;
    return { from, to: from + range.toString().length };
  }

  select(from, to) {
    const [a, b] = [this.node(from), this.node(to)];
    getSelection().setBaseAndExtent(a[0], a[1], b[0], b[1]);
    const box = b[0].parentElement === this.place ? null : b[0].parentElement;
    (box ?? this.place).scrollIntoView({ block: "nearest" });
    this.near(a);
  }

  near([node, offset]) {
    const range = document.createRange();
    range.setStart(node, offset);
    const box = range.getBoundingClientRect();
    if (box.top < 90 || box.bottom > innerHeight * (innerWidth < 960 && this.card ? 0.42 : 0.9)) scrollBy(0, box.top - innerHeight * 0.35);
  }

  node(units) {
    const walk = document.createTreeWalker(this.place, NodeFilter.SHOW_TEXT);
    let left = units, node, last = null;
    while ((node = walk.nextNode())) {
      if (left <= node.length) return [node, left];
      left -= node.length;
      last = node;
    }
    return last ? [last, last.length] : [this.place, 0];
  }

  word(units) {
    let low = 0, high = this.words.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.words[middle][1] <= units) low = middle + 1; else high = middle;
    }
    return low;
  }

  walk(key, extend) {
    if (!this.words.length) return;
    const last = this.words.length - 1;
    const sentence = () => this.sentences.findLastIndex((s) => s <= this.words[this.focus][0]);
    const to = {
      ArrowRight: () => this.focus + 1, ArrowLeft: () => this.focus - 1,
      ArrowDown: () => this.word(this.sentences[sentence() + 1] ?? this.text.text.length),
      ArrowUp: () => this.word(this.sentences[Math.max(0, sentence() - 1)]),
    }[key]();
    this.focus = Math.max(0, Math.min(last, to));
    if (!extend) this.anchor = this.focus;
    const [low, high] = [Math.min(this.anchor, this.focus), Math.max(this.anchor, this.focus)];
    this.select(this.words[low][0], this.words[high][1]);
    say(this.text.text.slice(this.words[low][0], this.words[high][1]));
  }

  // --- finds and claims

  step(by) {
    if (!this.stops.length) return say("nothing is marked here");
    this.stop = (this.stop + by + this.stops.length) % this.stops.length;
    this.stand(this.stops[this.stop]);
  }

  stand(stop) {
    this.stop = this.stops.indexOf(stop);
    for (const span of this.place.querySelectorAll(".now")) span.classList.remove("now");
    for (const span of this.place.querySelectorAll("span")) if (span.dataset.of.split(" ").includes(stop.id)) span.classList.add("now");
    this.near(this.node(stop.from));
    this.anchor = this.focus = this.word(stop.from);
    this.close(false);
    if (stop.kind === "find") this.showFind(stop); else this.showClaim(stop);
  }

  showFind(f, quietly = false) {
    const told = [
      ["who", f.source ? `${f.told_by} ${f.source}` : "the text's own voice, or not known"], ["figure", f.figures.join("; ")],
      ["not sure", f.doubt],
    ];
    const under = f.questions.length > 1 ? null : made("label", {}, "question", made("input", { name: "question", list: "questions", autocomplete: "off", value: f.questions[0] ?? this.topic }));
    if (under) under.append(made("datalist", { id: "questions" }, ...this.questions.map((q) => made("option", { value: q.id }, q.question))));
    const many = f.questions.length > 1 ? listed([["questions", f.questions.map((q) => this.named(q)).join("; ")]]) : null;
    const act = (label, key, work) => { const b = made("button", { type: "button" }, `${label} (${key})`); b.addEventListener("click", work); return b; };
    this.panel(`Find ${f.key}`, made("blockquote", { dir: "auto" }, f.exact), listed(told), under, many, made("p", {},
      act("Accept", "a", () => this.judge("accept")), " ", act("Turn down", "x", () => this.judge("reject")), " ", f.doubt ? act("Accept, it is right", "y", () => this.judge("accept", true)) : null));
    if (!quietly) say(`find: ${f.exact}${f.source ? `, ${f.told_by} ${f.source}` : ""}${f.doubt ? `; not sure: ${f.doubt}` : ""}. a accepts it, x turns it down`);
  }

  showClaim(c) {
    this.panel(c.id, made("blockquote", { dir: "auto" }, c.told), listed([["source", c.source]]));
    say(`${c.id}: ${c.told}${c.source ? `, source ${c.source}` : ""}`);
  }

  judge(how, sure = false) {
    const f = this.stops[this.stop];
    if (!f || f.kind !== "find" || this.card) return say("no find is chosen: n goes to the next one");
    return doing(async () => {
      const typed = one('[name="question"]', this.side)?.value.trim(), under = typed === undefined ? f.questions : typed ? [typed] : [];
      const body = { key: f.key, exact: f.exact, ...(how === "accept" ? { sure, questions: under } : {}) };
      const done = await logged(how, body);
      const notes = (done.notices ?? []).map((n) => n.text);
      const what = how === "accept" ? `logged ${done.claims.map((c) => `${c.id}${c.questions.length ? `, filed under ${c.questions.join(", ")}` : ""}`).join("; ")}` : "turned down";
      const from = f.from;
      this.topic = how === "accept" ? done.claims.at(-1)?.questions.at(-1) ?? this.topic : this.topic;
      await this.fill();
      const next = this.stops.find((s) => s.kind === "find" && s.from >= from);
      if (next) this.stand(next); else this.panel("Card", made("p", { class: "quiet" }, "No find is left below."));
      say([`${what}; u takes it back`, ...notes].join(". "));
    });
  }

  named(question) {
    const known = this.questions.find((q) => q.id === question);
    return known ? `${known.id} ${known.question}` : `${question} (new)`;
  }

  // --- the card

  async open(from, to, options = {}) {
    if (!this.text.newest) return say("an earlier copy: nothing more is logged in it", true);
    const earlier = this.card;
    await this.draft({ start: this.at.points(from), end: this.at.points(to), ...options }, (card) => {
      this.before = earlier;
      const other = card.others.length ? ` ${card.others.length} more in this sentence.` : "";
      say(`${card.claim.exact}. ${card.claim.attribution.length ? `source ${card.claim.attribution.at(-1).source}` : "no source named"}. ${card.figures.join("; ")}. Enter logs it.${other}`);
    });
  }

  async draft({ start, end, given = null, grow = true }, then = () => {}) {
    const number = (this.drafts = (this.drafts ?? 0) + 1);
    const ask = (add) => posted("draft", { article: this.text.article, text_sha256: this.text.text_sha256, start, end, grow: grow && !add?.kept, given: add?.add ?? null });
    try {
      let { read: card, size: head } = await ask(given ? { add: given, kept: !grow } : null);
      if (!given && this.topic && this.questions.some((q) => q.id === this.topic)) {
        const { start: s, end: e } = card.claim;
        ({ read: card, size: head } = await posted("draft", { article: this.text.article, text_sha256: this.text.text_sha256, start: s, end: e, grow: false, given: { ...card.request, question: this.topic } }));
      }
      if (number !== this.drafts) return;
      if (head !== size) moved(head);
      this.card = card;
      then(card);
      this.showCard();
    } catch (e) {
      if (!(e instanceof Refusal)) throw e;
      say(e.whole, true);
    }
  }

  changed(fields, place = {}) {
    const { claim, request } = this.card;
    return this.draft({ start: claim.start, end: claim.end, grow: false, ...place, given: { ...request, ...fields } });
  }

  showCard() {
    const { claim, request, would, figures, doubts, asked: agree, notices } = this.card;
    const values = { ...request, via: request.via.join(" | "), figure: request.figure ?? figures.join("; "), when: request.when ?? claim.times.map((t) => t.text).join("; "), where: request.where ?? claim.place?.text ?? claim.place?.name ?? "" };
    const chips = CHIPS.map(([name, label]) => {
      const field = made("input", { name, autocomplete: "off", value: values[name] ?? "", ...(name === "question" ? { list: "questions" } : {}) });
      field.addEventListener("change", () => this.typed(name, field.value.trim()));
      return made("label", {}, made("span", {}, label), field);
    });
    const handle = (label, title, key) => { const b = made("button", { type: "button", title: key, "aria-label": title }, label); b.addEventListener("click", () => this.handle(key)); return b; };
    const form = made("form", { id: "claim" },
      made("blockquote", { dir: "auto" }, claim.exact),
      made("div", { class: "handles" }, handle("⟵ begin", "begin a word earlier", "["), handle("begin ⟶", "begin a word later", "{"), handle("⟵ end", "end a word earlier", "}"), handle("end ⟶", "end a word later", "]")),
      made("div", { class: "chips" }, ...chips),
      made("datalist", { id: "questions" }, ...this.questions.map((q) => made("option", { value: q.id }, q.question))),
      ...would.flatMap((w) => [told(w), interval(claim.quantities, w.figures)]),
      ...doubts.map((d) => made("p", { class: "off" }, `to check: ${d} (y: it is right)`)),
      ...agree.map((n) => made("p", { class: "wrong" }, `${n.text}. Enter again logs it all the same.`)),
      ...notices.map((n) => made("p", { class: "quiet" }, n.text)),
      this.before ? made("p", { class: "quiet" }, `s v f t: these words are the source, relay, figure, time of “${this.before.claim.exact.slice(0, 80)}”`) : null,
      made("p", {}, made("button", { type: "submit" }, "Log it (Enter)"), " ", closing(() => this.close())));
    form.addEventListener("submit", (e) => { e.preventDefault(); this.log(); });
    const focused = document.activeElement?.name;
    this.panel("Card", form);
    this.side.classList.add("open");
    if (focused) this.side.querySelector(`[name="${CSS.escape(focused)}"]`)?.focus();
    if (document.activeElement === document.body) this.place.focus({ preventScroll: true });
    this.agreed = false;
  }

  typed(name, value) {
    if (name === "question") this.topic = value;
    const fields = { [name]: name === "via" ? value.split("|").map((v) => v.trim()).filter(Boolean) : value || null };
    if (name === "by") Object.assign(fields, { read: false }, value ? {} : { via: [], of: null, cue: null });
    if (name === "figure" && !value) fields.figure = "none";
    return this.changed(fields);
  }

  // The words of the newer selection are a part of the card before it.
  assign(key) {
    const card = this.before ?? this.card, words = this.words_chosen();
    if (!card || !words) return say("choose the claim's words first, then those of its source, relay, figure or time");
    const field = { s: "by", v: "via", f: "figure", t: "when" }[key];
    this.card = card;
    this.before = null;
    say(`${CHIPS.find(([name]) => name === field)[1]}: ${words}`);
    return this.typed(field, field === "via" ? [...card.request.via, words].join(" | ") : words);
  }

  words_chosen() {
    const at = this.chosen();
    return at && this.text.text.slice(at.from, at.to).trim();
  }

  handle(key) {
    const { claim, request } = this.card;
    let [from, to] = [this.at.units(claim.start), this.at.units(claim.end)];
    const first = this.word(from), last = this.word(to - 1);
    if (key === "[" && first > 0) from = this.words[first - 1][0];
    if (key === "{" && first < last) from = this.words[first + 1][0];
    if (key === "]" && last + 1 < this.words.length) to = this.words[last + 1][1];
    if (key === "}" && last > first) to = this.words[last - 1][1];
    return this.draft({ start: this.at.points(from), end: this.at.points(to), grow: false, given: request }, (c) => say(c.claim.exact));
  }

  log(sure = false) {
    if (!this.card) return say("no card is open");
    const { claim, request, asked: agree } = this.card;
    if (agree.length && !this.agreed) {
      this.agreed = true;
      return say(`${agree.map((n) => n.text).join("; ")}. Enter again logs it all the same`, true);
    }
    return doing(async () => {
      const stands = sure ? [...new Set([...request.sure, ...claim.unsure.map((u) => u.field)])] : request.sure;
      const body = { article: this.text.article, text_sha256: this.text.text_sha256, start: claim.start, end: claim.end, grow: false, given: { ...request, sure: stands } };
      const done = await logged("add", body);
      const filed = done.claim.questions.length ? `, filed under ${done.claim.questions.join(", ")}` : "";
      this.topic = done.claim.questions.at(-1) ?? "";
      this.close();
      await this.fill();
      say(`logged ${done.claim.id}${filed}; u takes it back`);
    });
  }

  close(focus = true) {
    this.card = this.before = null;
    this.panel("Card", made("p", { class: "quiet" }, "Choose words: a card says what they would be logged as."));
    this.side.classList.remove("open");
    if (focus) this.place.focus({ preventScroll: true });
  }

  panel(title, ...parts) { this.side.replaceChildren(made("h2", {}, title), ...parts.filter(Boolean)); }

  // --- keys

  press(e) {
    const key = e.key;
    if (key.startsWith("Arrow") && e.target === this.place) { e.preventDefault(); this.walk(key, e.shiftKey); return; }
    if (e.target !== this.place && e.target.matches("button,summary,a") && ["Enter", " "].includes(key)) return;
    const acts = {
      n: () => this.step(1), p: () => this.step(-1), a: () => this.judge("accept"), x: () => this.judge("reject"),
      y: () => (this.card ? this.log(true) : this.judge("accept", true)), u: undone, Escape: () => this.close(),
      Enter: () => (this.card ? this.log() : this.stops[this.stop]?.kind === "find" ? this.judge("accept") : this.chooses()),
      c: () => this.chooses(), q: () => one('[name="question"]', this.side)?.focus(), "?": () => { one("#help").open = !one("#help").open; },
      s: () => this.assign("s"), v: () => this.assign("v"), f: () => this.assign("f"), t: () => this.assign("t"),
      "[": () => this.card && this.handle("["), "]": () => this.card && this.handle("]"), "{": () => this.card && this.handle("{"), "}": () => this.card && this.handle("}"),
    };
    if (acts[key]) { e.preventDefault(); acts[key](); }
  }

  chooses() {
    const at = this.chosen();
    if (at) this.open(at.from, at.to); else say("no words are chosen: the arrow keys with Shift choose some");
  }
}

async function waits() {
  const place = one("#todo");
  const path = (id) => ({ A: "read", C: "read", Q: "question" })[id[0]];
  try {
    const rows = (await asked("todo", { limit: "100" })).map((i) => made("li", {}, made("span", { class: "tag" }, i.why), " ",
      path(i.id) ? made("a", { href: `${about.base}/${path(i.id)}/${i.id}` }, i.id) : i.id, " ", made("bdi", {}, i.what), i.due ? made("span", { class: "quiet" }, ` due ${i.due}`) : null));
    place.replaceChildren(...(rows.length ? rows : [made("li", { class: "quiet" }, "Nothing waits.")]));
  } catch (e) { if (e instanceof Refusal) say(e.whole, true); else throw e; } finally { place.removeAttribute("aria-busy"); }
}

function listed(rows) {
  return made("dl", { class: "glance" }, ...rows.filter(([, value]) => value).flatMap(([name, value]) => [made("dt", {}, name), made("dd", { dir: "auto" }, value)]));
}

function closing(work) {
  const button = made("button", { type: "button" }, "Close (Esc)");
  button.addEventListener("click", work);
  return button;
}

function nth(n) {
  const end = n % 100 > 10 && n % 100 < 14 ? "th" : { 1: "st", 2: "nd", 3: "rd" }[n % 10] ?? "th";
  return `${n}${end}`;
}

function told(w) {
  const [low, high] = w.sources, many = low === high ? `${high}` : `${low} to ${high}`;
  const place = w.source ? `would be the ${nth(w.outlets)} outlet for ${w.source}; ` : "";
  return made("p", { class: "would", dir: "auto" }, `${place}${many} separate ${high === 1 ? "source" : "sources"} then for ${w.new ? "the new question" : w.id} “${w.question}”`);
}

// A small picture: this claim's figures thick, what the others count thin; an open end runs to the edge.
function interval(own, others) {
  const bounds = [...own, ...others].flatMap((q) => [q.low, q.high]).filter((b) => b !== null && b !== undefined).map(Number).filter(Number.isFinite);
  if (!own.length || !bounds.length) return null;
  const low = Math.min(...bounds), high = Math.max(...bounds), wide = high - low || Math.abs(high) || 1;
  const from = low - wide * 0.15, to = high + wide * 0.15;
  const x = (b, open) => `${Math.min(99, Math.max(1, b === null || b === undefined ? open : ((Number(b) - from) / (to - from)) * 100)).toFixed(2)}%`;
  made.drawing = true;
  try {
    const rows = [...others.slice(0, 40).map((q) => [q, "bar", 14]), ...own.map((q) => [q, "own", 26])];
    const lines = rows.map(([q, kind, y]) => {
      const [a, b] = [x(q.low, 0), x(q.high, 100)];
      return made("line", { class: kind, "stroke-linecap": "round", x1: a, x2: a === b ? `${parseFloat(b) + 0.4}%` : b, y1: y, y2: y });
    });
    const words = own.map((q) => q.text).join("; ");
    return made("svg", { class: "interval", role: "img", "aria-label": `this claim: ${words}; others from ${low} to ${high}` },
      made("line", { x1: "0", x2: "100%", y1: 36, y2: 36 }), ...lines,
      made("text", { x: x(low), y: 48, "text-anchor": "start" }, low.toLocaleString("en")), low === high ? null : made("text", { x: x(high), y: 48, "text-anchor": "end" }, high.toLocaleString("en")));
  } finally { made.drawing = false; }
}

// --- begin -----------------------------------------------------------------------------------------------------------------

var reader = null;
const typing = (e) => e.target.matches("input,textarea,select") || e.ctrlKey || e.metaKey || e.altKey || e.isComposing;

function begin() {
  const kept = sessionStorage.getItem("said");
  if (kept) { sessionStorage.removeItem("said"); say(kept); }
  one("#undo").addEventListener("click", undone);
  for (const form of document.querySelectorAll("form[data-do]")) form.addEventListener("submit", sent);
  const bring = one("#bring-in");
  if (bring) { bring.addEventListener("submit", brought); dropping(bring); }
  if (one("#todo")) waits();
  if (about.page === "reader") {
    reader = new Reader(one("#text"));
    doing(async () => { await reader.fill(); const of = reader.stops.find((s) => s.id === about.id); if (of) reader.stand(of); });
    reader.place.focus({ preventScroll: true });
    reader.place.addEventListener("mouseup", () => setTimeout(() => {
      const at = reader.chosen();
      if (at) reader.open(at.from, at.to);
    }));
    reader.place.addEventListener("click", (e) => {
      const of = e.target.dataset?.of?.split(" ")[0];
      if (of && getSelection().isCollapsed) reader.stand(reader.stops.find((s) => s.id === of));
    });
  }
  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape" && reader && e.target.matches("input")) return reader.place.focus();
    if (typing(e)) return;
    if (reader) reader.press(e); else if (e.key === "u") undone();
  });
  setInterval(watch, 3000);
}

begin();
