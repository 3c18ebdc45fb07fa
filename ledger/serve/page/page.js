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

// --- the language of the page ----------------------------------------------------------------------------------------

const words = JSON.parse(one("#bar").dataset.words), lang = document.documentElement.lang;
// Marks around what is not of the page's language, as in ledger/catalogue.py: somebody's words, the program's English.
const THEIRS = "\ufdd0", ENGLISH = "\ufdd1", END = "\ufdd2";
const bare = (text) => String(text).replace(/[\ufdd0-\ufdd2]/g, "");
const theirs = (text) => THEIRS + bare(text) + END;
// What is of the page's language already, to be filled in as it is.
const ours = (text) => text + END;
// What a verb said: the terminal's words, which are English in every language of the page.
const english = (text) => (lang === "en" ? bare(text) : ENGLISH + bare(text) + END);
// A message in the page's language; texts that are filled in are somebody's, unless they are marked already.
function t(text, given = {}) {
  const filled = (value) => (typeof value === "number" || /[\ufdd0-\ufdd2]/.test(value) ? value : theirs(value));
  return (words[text] ?? text).replace(/\{(\w+)\}/g, (whole, name) => (name in given ? filled(given[name]) : whole));
}

// A text as nodes: what is marked stands in an element that says so and keeps its direction to itself.
function nodes(text) {
  const root = document.createDocumentFragment(), open = [root];
  for (const piece of String(text).split(/([\ufdd0-\ufdd2])/)) {
    if (piece === END) { if (open.length > 1) open.pop(); continue; }
    if (piece !== THEIRS && piece !== ENGLISH) { open.at(-1).append(piece); continue; }
    const node = document.createElement(piece === THEIRS ? "bdi" : "samp");
    if (piece === ENGLISH) Object.assign(node, { lang: "en", dir: "ltr" });
    open.at(-1).append(node);
    open.push(node);
  }
  return root;
}

function made(tag, attributes = {}, ...kids) {
  const svg = ["svg", "line", "text", "title"].includes(tag) && attributes.svg !== false && made.drawing;
  const node = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== false) node.setAttribute(name, value === true ? "" : bare(value));
  node.append(...kids.filter((kid) => kid !== null && kid !== undefined).map((kid) => (typeof kid === "string" ? nodes(kid) : kid)));
  return node;
}

// Somebody's words as they stand.
function quoted(text) {
  const node = made("blockquote", { dir: "auto" });
  node.append(text);
  return node;
}

function key(name) { return made("kbd", {}, name); }

function say(text, wrong = false) {
  const place = one("#said");
  place.classList.toggle("wrong", wrong);
  place.replaceChildren(nodes(text));
}

// --- the API ---------------------------------------------------------------------------------------------------------

class Refusal extends Error {
  constructor(said) { super(said.message); Object.assign(this, said); }
  get whole() { return this.ours ? this.message : english(this.hint ? `${this.message}. ${this.hint}` : this.message); }
}

async function reached(path, options = {}) {
  let answer;
  try {
    answer = await fetch(`${about.base}/api/${path}`, options);
  } catch {
    throw new Refusal({ error: "Gone", ours: true, message: t("The program behind this page has ended: start it again in the terminal.") });
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
  const place = one("#moved"), again = made("button", { type: "button" }, t("Look again"));
  again.addEventListener("click", () => location.reload());
  const more = now === null ? "" : t("Entries since then: {n}.", { n: Math.abs(now - size) });
  place.replaceChildren(nodes(t("The log moved on since this page looked. What is here may not be all.")), ` ${more} `, again);
  place.hidden = false;
}

async function watch() {
  if (document.hidden || !one("#moved").hidden) return;
  try {
    const { read } = await reached("head");
    if (read.size !== size && one("#moved").hidden && !busy) moved(read.size);
  } catch (e) { say(e.whole ?? "", true); }
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
    const text = t("undone: {what}", { what: english(done.what.join("; ")) });
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
  await doing(async () => { await logged(form.dataset.do, body); anew(t("logged")); });
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
  say(t("saving a copy …"));
  await doing(async () => {
    const done = await logged("capture", body);
    anew(captured(done), `${about.base}/read/${done.saved.article.id}`);
  });
}

function inBase64(file) {
  return new Promise((resolve, reject) => {
    const reading = new FileReader();
    reading.onload = () => resolve(reading.result.slice(reading.result.indexOf(",") + 1));
    reading.onerror = () => reject(new Refusal({ ours: true, message: t("the file cannot be read") }));
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
  ["by", t("source")], ["via", t("via")], ["figure", t("figure")], ["when", t("time")], ["where", t("place")], ["question", t("question")],
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

  // At the claim that the address names, or with a card for the words that were chosen in a browser.
  async arrive() {
    const named = this.stops.find((s) => s.id === about.id), sent = JSON.parse(sessionStorage.getItem("sent") ?? "null");
    if (named) this.stand(named);
    if (sent?.article !== this.text.article) return;
    sessionStorage.removeItem("sent");
    const at = sentPlace(this.text.text, sent.chosen, sent.before);
    if (at === null) return say(t("The words chosen in the browser do not stand once in the saved text: choose them here."), true);
    this.select(...at);
    await this.open(...at);
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
    const chosen = this.chosen();
    this.place.replaceChildren(...pieces(this.text.text, marks));
    if (chosen) { // what was chosen while the marks were on their way stays chosen
      const [a, b] = [this.node(chosen.from), this.node(chosen.to)];
      getSelection().setBaseAndExtent(a[0], a[1], b[0], b[1]);
    }
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
    const onward = getComputedStyle(this.place).direction === "rtl" ? -1 : 1;
    const to = {
      ArrowRight: () => this.focus + onward, ArrowLeft: () => this.focus - onward,
      ArrowDown: () => this.word(this.sentences[sentence() + 1] ?? this.text.text.length),
      ArrowUp: () => this.word(this.sentences[Math.max(0, sentence() - 1)]),
    }[key]();
    this.focus = Math.max(0, Math.min(last, to));
    if (!extend) this.anchor = this.focus;
    const [low, high] = [Math.min(this.anchor, this.focus), Math.max(this.anchor, this.focus)];
    this.select(this.words[low][0], this.words[high][1]);
    say(theirs(this.text.text.slice(this.words[low][0], this.words[high][1])));
  }

  // --- finds and claims

  step(by) {
    if (!this.stops.length) return say(t("nothing is marked here"));
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
    const who = f.who || t("the text's own voice, or not known"), figures = f.figures.join("; ");
    const rows = [[t("who"), who], [t("figure"), figures], [t("not sure"), f.doubt]];
    const under = f.questions.length > 1 ? null : made("label", { class: "wide" }, t("question"), made("input", { name: "question", list: "questions", autocomplete: "off", dir: "auto", value: f.questions[0] ?? this.topic }));
    if (under) under.append(made("datalist", { id: "questions" }, ...this.questions.map((q) => made("option", { value: q.id }, theirs(q.question)))));
    const many = f.questions.length > 1 ? listed([[t("questions"), f.questions.map((q) => this.named(q)).join("; ")]]) : null;
    const act = (label, letter, work) => { const b = made("button", { type: "button" }, `${label} (${letter})`); b.addEventListener("click", work); return b; };
    this.panel(t("Find {id}", { id: f.key }), quoted(f.exact), listed(rows), under, many, made("p", {},
      act(t("Accept"), "a", () => this.judge("accept")), " ", act(t("Turn down"), "x", () => this.judge("reject")),
      ...(f.doubt ? [" ", act(t("Accept, it is right"), "y", () => this.judge("accept", true))] : [])));
    const told = [t("find: {words}", { words: f.exact }), ...(f.who ? [who] : []), ...(f.doubt ? [t("not sure: {what}", { what: ours(f.doubt) })] : [])].join("; ");
    if (!quietly) say(`${told}. ${t("a accepts it, x turns it down")}`);
  }

  showClaim(c) {
    this.panel(c.id, quoted(c.told), listed([[t("source"), c.source && theirs(c.source)]]));
    say([t("{id}: {words}", { id: c.id, words: c.told }), ...(c.source ? [t("source {who}", { who: c.source })] : [])].join(", "));
  }

  judge(how, sure = false) {
    const f = this.stops[this.stop];
    if (!f || f.kind !== "find" || this.card) return say(t("no find is chosen: n goes to the next one"));
    return doing(async () => {
      const typed = one('[name="question"]', this.side)?.value.trim(), under = typed === undefined ? f.questions : typed ? [typed] : [];
      const body = { key: f.key, exact: f.exact, ...(how === "accept" ? { sure, questions: under } : {}) };
      const done = await logged(how, body);
      const notes = (done.notices ?? []).map((n) => english(n.text));
      const what = how === "accept" ? done.claims.map(loggedAs).join("; ") : t("turned down");
      const from = f.from;
      this.topic = how === "accept" ? done.claims.at(-1)?.questions.at(-1) ?? this.topic : this.topic;
      await this.fill();
      const next = this.stops.find((s) => s.kind === "find" && s.from >= from);
      if (next) this.stand(next); else this.panel(t("Card"), made("p", { class: "quiet" }, t("No find is left below.")));
      say([`${what}; ${t("u takes it back")}`, ...notes].join(". "));
    });
  }

  named(question) {
    const known = this.questions.find((q) => q.id === question);
    return known ? `${known.id} ${theirs(known.question)}` : t("{question} (new)", { question });
  }

  // --- the card

  async open(from, to, options = {}) {
    if (!this.text.newest) return say(t("an earlier copy: nothing more is logged in it"), true);
    const earlier = this.card;
    await this.draft({ start: this.at.points(from), end: this.at.points(to), ...options }, (card) => {
      this.before = earlier;
      const source = card.claim.attribution.at(-1)?.source;
      say([theirs(card.claim.exact), source ? t("source {who}", { who: source }) : t("no source named in the sentence"), ...(card.figures.length ? [card.figures.join("; ")] : []), t("Enter logs it"),
        ...(card.others.length ? [t("claims more in this sentence: {n}", { n: card.others.length })] : [])].join(". "));
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
    const { claim, request, would, typed, doubts, asked: agree, notices } = this.card;
    const values = { ...request, via: request.via.join(" | "), figure: request.figure ?? typed.join("; "), when: request.when ?? claim.times.map((t) => t.text).join("; "), where: request.where ?? claim.place?.text ?? claim.place?.name ?? "" };
    const chips = CHIPS.map(([name, label]) => {
      const field = made("input", { name, autocomplete: "off", dir: "auto", value: values[name] ?? "", ...(name === "question" ? { list: "questions" } : {}) });
      field.addEventListener("change", () => this.typed(name, field.value.trim()));
      return made("label", {}, made("span", {}, label), field);
    });
    const handle = (label, sign) => { const b = made("button", { type: "button", title: sign }, label); b.addEventListener("click", () => this.handle(sign)); return b; };
    const again = ` ${t("Enter again logs it all the same.")}`;
    const form = made("form", { id: "claim" },
      quoted(claim.exact),
      made("div", { class: "handles" }, handle(t("begin a word earlier"), "["), handle(t("begin a word later"), "{"), handle(t("end a word earlier"), "}"), handle(t("end a word later"), "]")),
      made("div", { class: "chips" }, ...chips),
      made("datalist", { id: "questions" }, ...this.questions.map((q) => made("option", { value: q.id }, theirs(q.question)))),
      ...would.flatMap((w) => [made("p", { class: "would" }, w.told), interval(claim.quantities, w.figures)]),
      ...doubts.map((d) => made("p", { class: "off" }, t("to check: {what} (y: it is right)", { what: ours(d) }))),
      ...agree.map((n) => made("p", { class: "wrong" }, english(`${n.text}.`), again)),
      ...notices.map((n) => made("p", { class: "quiet" }, english(n.text))),
      this.before ? made("p", { class: "quiet" }, t("s v f t: these words are the source, relay, figure, time of “{words}”", { words: this.before.claim.exact.slice(0, 80) })) : null,
      made("p", {}, made("button", { type: "submit" }, t("Log it"), " ", key("Enter")), " ", closing(() => this.close())));
    form.addEventListener("submit", (e) => { e.preventDefault(); this.log(); });
    const focused = document.activeElement?.name;
    this.panel(t("Card"), form);
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
    const card = this.before ?? this.card, chosen = this.words_chosen();
    if (!card || !chosen) return say(t("choose the claim's words first, then those of its source, relay, figure or time"));
    const field = { s: "by", v: "via", f: "figure", t: "when" }[key];
    this.card = card;
    this.before = null;
    say(`${CHIPS.find(([name]) => name === field)[1]}: ${theirs(chosen)}`);
    return this.typed(field, field === "via" ? [...card.request.via, chosen].join(" | ") : chosen);
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
    return this.draft({ start: this.at.points(from), end: this.at.points(to), grow: false, given: request }, (c) => say(theirs(c.claim.exact)));
  }

  log(sure = false) {
    if (!this.card) return say(t("no card is open"));
    const { claim, request, asked: agree } = this.card;
    if (agree.length && !this.agreed) {
      this.agreed = true;
      return say(`${english(`${agree.map((n) => n.text).join("; ")}.`)} ${t("Enter again logs it all the same.")}`, true);
    }
    return doing(async () => {
      const stands = sure ? [...new Set([...request.sure, ...claim.unsure.map((u) => u.field)])] : request.sure;
      const body = { article: this.text.article, text_sha256: this.text.text_sha256, start: claim.start, end: claim.end, grow: false, given: { ...request, sure: stands } };
      const done = await logged("add", body);
      this.topic = done.claim.questions.at(-1) ?? "";
      getSelection().removeAllRanges();
      this.close();
      await this.fill();
      say(`${loggedAs(done.claim)}; ${t("u takes it back")}`);
    });
  }

  close(focus = true) {
    this.card = this.before = null;
    this.panel(t("Card"), made("p", { class: "quiet" }, t("Choose words: a card says what they would be logged as.")));
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
      c: () => this.chooses(), b: () => location.assign(`${about.base}/beside?a=${this.text.article}`), q: () => one('[name="question"]', this.side)?.focus(), "?": () => { one("#help").open = !one("#help").open; },
      s: () => this.assign("s"), v: () => this.assign("v"), f: () => this.assign("f"), t: () => this.assign("t"),
      "[": () => this.card && this.handle("["), "]": () => this.card && this.handle("]"), "{": () => this.card && this.handle("{"), "}": () => this.card && this.handle("}"),
    };
    if (acts[key]) { e.preventDefault(); acts[key](); }
  }

  chooses() {
    const at = this.chosen();
    if (at) this.open(at.from, at.to); else say(t("no words are chosen: the arrow keys with Shift choose some"));
  }
}

// --- two texts side by side ----------------------------------------------------------------------------------------------

const KINDS = { shared: t("in both"), differs: t("differs") };

class Sides {
  constructor(place) {
    this.place = place;
    this.asked = new URLSearchParams(location.search);
    this.form = one("#two");
    for (const name of ["a", "b"]) this.form.elements[name].value = this.asked.get(name) ?? "";
    this.form.addEventListener("submit", (e) => { e.preventDefault(); this.go({ a: this.form.elements.a.value.trim(), b: this.form.elements.b.value.trim() }); });
    this.stop = -1;
    this.stops = [];
  }

  go(query) { location.assign(`${about.base}/beside?${new URLSearchParams(Object.entries(query).filter(([, value]) => value))}`); }

  async fill() {
    if (!this.asked.get("a")) return;
    this.place.setAttribute("aria-busy", "true");
    try {
      const found = this.found = await asked("side_by_side", Object.fromEntries(this.asked));
      if (found.b) this.form.elements.b.value ||= found.b.article;
      this.show(found);
    } finally { this.place.removeAttribute("aria-busy"); }
  }

  show({ a, b, share, shared, differs, became, near }) {
    const [first, second] = [new Places(a.text), b && new Places(b.text)];
    const stop = (kind) => (s) => ({ kind, a: [first.units(s.start), first.units(s.end)], b: [second.units(s.other_start), second.units(s.other_end)] });
    this.stops = [...shared.map(stop("shared")), ...differs.map(stop("differs"))].sort((x, y) => x.a[0] - y.a[0]).map((s, n) => ({ ...s, id: String(n) }));
    const said = !b ? t("No other text is near this one.") : shared.length ? t("Passages that stand in both: {n}. Of the shorter text, {share} percent.", { n: shared.length, share: Math.round(Number(share) * 100) }) : t("No five words in a row stand in both.");
    this.place.replaceChildren(made("p", { class: "axis" }, said), ...this.near(a, near), ...this.lists(became),
      made("div", { class: "sides" }, this.side(a, "a", first), ...(b ? [this.side(b, "b", second)] : [])));
    this.place.dataset.ready = "true";
    say(said);
  }

  near(a, near) {
    const link = (n) => made("a", { href: `${about.base}/beside?${new URLSearchParams({ a: a.article, b: n.article })}` }, `${n.article} `, n.publisher ? theirs(n.publisher) : t("outlet not known"));
    return near.length ? [made("p", { class: "quiet" }, t("Near the first:"), ...near.flatMap((n) => [" ", link(n), ` ${Math.round(Number(n.share) * 100)}\u00a0%`]))] : [];
  }

  words(stop, side) {
    const said = this.found[side].text.slice(...stop[side]).trim();
    return said ? `“${theirs(said)}”` : t("nothing");
  }

  told(stop) { return t("{a} in the first, {b} in the second", { a: ours(this.words(stop, "a")), b: ours(this.words(stop, "b")) }); }

  // What differs, and what became of claims, as lists that lead to the places.
  lists(became) {
    const row = (s) => {
      const go = made("button", { type: "button", "aria-label": t("Show it in the texts") }, "↓");
      go.addEventListener("click", () => this.stand(this.stops.indexOf(s)));
      return made("li", {}, go, " ", this.told(s));
    };
    const touched = became.map((c) => made("li", {}, made("a", { href: `${about.base}/read/${c.claim}` }, c.claim), ` ${c.what}: `, quoted(c.was), c.now === null ? null : quoted(c.now)));
    const part = (title, rows) => (rows.length ? [made("h2", {}, title), made("ul", { class: "plain rows" }, ...rows)] : []);
    return [...part(t("Words that differ"), this.stops.filter((s) => s.kind === "differs").map(row)), ...part(t("Claims whose sentence is another one in the second"), touched)];
  }

  side(of, side, places) {
    const marks = [
      ...of.claims.map((c) => ({ id: c.id, kind: "claim", from: places.units(c.start), to: places.units(c.end) })),
      ...this.stops.map((s) => ({ id: s.id, kind: s.kind, from: s[side][0], to: s[side][1] })),
    ];
    const name = of.publisher ? theirs(of.publisher) : t("outlet not known");
    const text = made("div", { class: "reading", dir: "auto", lang: of.language || "", tabindex: "0", role: "region", "aria-label": `${of.article} ${name}, ${of.copy}` });
    text.append(...pieces(of.text, marks));
    const head = made("h2", {}, made("a", { href: `${about.base}/read/${of.article}` }, of.article), " ", name);
    return made("section", { "data-side": side }, head, made("p", { class: "quiet" }, theirs(of.title), of.published ? ` · ${of.published}` : null), this.copies(of, side), text);
  }

  copies(of, side) {
    if (of.copies.length < 2) return null;
    const option = (at, n) => made("option", { value: String(n + 1), selected: n + 1 === of.copy }, `${n + 1}: ${at.slice(0, 16).replace("T", " ")}`);
    const field = made("select", { name: `${side}_copy` }, ...of.copies.map(option));
    field.addEventListener("change", () => {
      const { a, b } = this.found;
      this.go({ a: a.article, b: b?.article, a_copy: String(a.copy), b_copy: b ? String(b.copy) : "", [`${side}_copy`]: field.value });
    });
    return made("p", {}, made("label", {}, t("Saved copy"), " ", field));
  }

  stand(n) {
    this.stop = n;
    const stop = this.stops[n];
    for (const span of this.place.querySelectorAll(".now")) span.classList.remove("now");
    for (const side of ["a", "b"]) {
      const spans = [...this.place.querySelectorAll(`[data-side="${side}"] [data-of]`)].filter((span) => span.dataset.of.split(" ").includes(stop.id));
      for (const span of spans) span.classList.add("now");
      const box = spans[0]?.closest(".reading");
      if (box) box.scrollTop += spans[0].getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
    }
    one(".sides", this.place).scrollIntoView({ block: "nearest" });
    const said = stop.kind === "shared" ? this.words(stop, "a") : this.told(stop);
    say(t("{n} of {most}, {kind}: {words}", { n: n + 1, most: this.stops.length, kind: ours(KINDS[stop.kind]), words: ours(said) }));
  }

  press(e) {
    const step = { n: 1, p: -1, d: 1 }[e.key], many = this.stops.length;
    if (e.key === "u") return undone();
    if (!step) return;
    e.preventDefault();
    const wanted = (s) => e.key !== "d" || s.kind === "differs";
    if (!this.stops.some(wanted)) return say(t("nothing is marked here"));
    let n = this.stop < 0 && step < 0 ? 0 : this.stop;
    do n = (n + step + many) % many; while (!wanted(this.stops[n]));
    this.stand(n);
  }
}

// --- a page that was sent ------------------------------------------------------------------------------------------------

// Another page opened this one and hands over what it shows. That page may be hostile: it can send no other site's address,
// nothing is made from its markup here, and nothing is saved until a person says so.
class Taking {
  constructor(place) {
    this.place = place;
    this.got = null;
    addEventListener("message", (e) => this.hear(e));
    opener?.postMessage("ready", "*");
    setTimeout(() => this.got ?? say(t("Nothing came: this site forbids it. The extension works there, and so does a file that you save and drop on the desk."), true), 8000);
  }

  hear({ data, origin }) {
    if (this.got || typeof data !== "object" || data === null || ["html", "address", "title", "words", "before"].some((name) => typeof data[name] !== "string")) return;
    const from = URL.canParse(data.address) ? new URL(data.address) : null;
    if (!["http:", "https:"].includes(from?.protocol) || (origin !== from.origin && origin !== location.origin)) return say(t("What came is not from the site that it names: it is not taken."), true);
    this.got = { ...data, html: data.html.toWellFormed() };
    const save = made("button", { type: "button", disabled: true }, t("Save a copy"), " ", key("Enter"));
    save.addEventListener("click", () => this.save());
    this.place.replaceChildren(listed([[t("Address"), theirs(data.address)], [t("Title"), theirs(data.title)], [t("Chosen words"), data.words.trim() && theirs(data.words.trim().slice(0, 500))]]), made("p", {}, save));
    say(t("A page came from {site}. Enter saves a copy.", { site: from.host }));
    setTimeout(() => { save.disabled = false; save.focus(); }, 500); // no key or click that was meant for the other page
  }

  save() {
    return doing(async () => {
      about.base = localStorage.getItem("base") ?? "";
      const { html, address, words: chosen, before } = this.got;
      say(t("saving a copy …"));
      size = (await reached("head")).read.size;
      const done = await logged("capture", { page: html, url: address });
      const article = done.saved.article.id;
      if (chosen.trim()) sessionStorage.setItem("sent", JSON.stringify({ article, chosen, before }));
      anew(captured(done), `${about.base}/read/${article}`);
    });
  }
}

function captured(done) {
  const { new: fresh, article: { id } } = done.saved;
  return [fresh ? t("saved as {id}", { id }) : t("{id} is known already", { id }), ...done.notices.map((n) => english(n.text))].join("; ");
}

// Where the words stand that were chosen in a browser, whose white space is another: their only place, or the one behind what
// stood before them there; null where they do not stand there, or where it is not known which is meant.
function sentPlace(text, chosen, before) {
  const pattern = (said) => said.trim().split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+");
  const found = [...text.matchAll(new RegExp(pattern(chosen), "g"))].map((m) => [m.index, m.index + m[0].length]);
  const lead = before.trim().split(/\s+/).slice(-4).join(" ");
  const behind = lead ? found.filter(([from]) => new RegExp(`${pattern(lead)}\\s*$`).test(text.slice(Math.max(0, from - 400), from))) : [];
  return found.length === 1 ? found[0] : behind.length === 1 ? behind[0] : null;
}

async function waits() {
  const place = one("#todo");
  const path = (id) => ({ A: "read", C: "read", Q: "question" })[id[0]];
  try {
    const rows = (await asked("todo", { limit: "100" })).map((i) => made("li", {}, made("span", { class: "tag" }, i.named), " ",
      path(i.id) ? made("a", { href: `${about.base}/${path(i.id)}/${i.id}` }, i.id) : i.id, " ", i.what, i.due ? made("span", { class: "quiet" }, ` ${t("due {day}", { day: i.due })}`) : null));
    place.replaceChildren(...(rows.length ? rows : [made("li", { class: "quiet" }, t("Nothing waits."))]));
  } catch (e) { if (e instanceof Refusal) say(e.whole, true); else throw e; } finally { place.removeAttribute("aria-busy"); }
}

function listed(rows) {
  return made("dl", { class: "glance" }, ...rows.filter(([, value]) => value).flatMap(([name, value]) => [made("dt", {}, name), made("dd", {}, value)]));
}

function closing(work) {
  const button = made("button", { type: "button" }, t("Close"), " ", key("Esc"));
  button.addEventListener("click", work);
  return button;
}

function loggedAs(claim) {
  const under = claim.questions.join(", ");
  return under ? t("logged {id}, filed under {questions}", { id: claim.id, questions: under }) : t("logged {id}", { id: claim.id });
}

// A text in pieces, each in an element that names what lies over it.
function pieces(text, marks) {
  const cuts = [...new Set([0, text.length, ...marks.flatMap((m) => [m.from, m.to])])].sort((a, b) => a - b);
  const starting = marks.toSorted((a, b) => a.from - b.from || b.to - a.to), parts = [];
  let over = [], next = 0;
  for (let n = 0; n + 1 < cuts.length; n += 1) {
    const [from, to] = [cuts[n], cuts[n + 1]];
    while (next < starting.length && starting[next].from <= from) over.push(starting[next++]);
    over = over.filter((m) => m.to > from);
    parts.push(over.length ? marking(over, text.slice(from, to)) : text.slice(from, to));
  }
  return parts;
}

function marking(over, piece) {
  const span = made("span", { class: [...new Set(over.map((m) => m.kind))].join(" "), "data-of": over.map((m) => m.id).join(" ") });
  span.append(piece);
  return span;
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
    const said = t("this claim: {words}; others from {low} to {high}", { words: own.map((q) => q.text).join("; "), low, high });
    return made("svg", { class: "interval", role: "img", direction: "ltr", "aria-label": said },
      made("line", { x1: "0", x2: "100%", y1: 36, y2: 36 }), ...lines,
      made("text", { x: x(low), y: 48, "text-anchor": "start" }, low.toLocaleString("en")), low === high ? null : made("text", { x: x(high), y: 48, "text-anchor": "end" }, high.toLocaleString("en")));
  } finally { made.drawing = false; }
}

// --- begin -----------------------------------------------------------------------------------------------------------------

var reader = null, sides = null;
const typing = (e) => e.target.matches("input,textarea,select") || e.ctrlKey || e.metaKey || e.altKey || e.isComposing;

function begin() {
  const kept = sessionStorage.getItem("said");
  if (kept) { sessionStorage.removeItem("said"); say(kept); }
  if (about.page === "take") return void new Taking(one("#taken"));
  localStorage.setItem("base", about.base); // for the page that takes what another sends
  one("#undo").addEventListener("click", undone);
  for (const button of document.querySelectorAll("[data-copy]")) button.addEventListener("click", () => navigator.clipboard.writeText(button.dataset.copy).then(() => say(t("copied")), () => say(t("the browser does not let it be copied: drag the link"), true)));
  for (const form of document.querySelectorAll("form[data-do]")) form.addEventListener("submit", sent);
  const bring = one("#bring-in");
  if (bring) { bring.addEventListener("submit", brought); dropping(bring); }
  if (one("#todo")) waits();
  if (about.page === "pair") {
    sides = new Sides(one("#sides"));
    doing(() => sides.fill());
  }
  if (about.page === "reader") {
    reader = new Reader(one("#text"));
    doing(async () => { await reader.fill(); await reader.arrive(); });
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
    if (reader ?? sides) (reader ?? sides).press(e); else if (e.key === "u") undone();
  });
  setInterval(watch, 3000);
}

begin();
