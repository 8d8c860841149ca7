// The page: a question in the field and in the address, its parts as chips, its answer in the grid.

import { Grid } from "./grid.js";
import { Viewer } from "./viewer.js";
import { language, say } from "./words.js";

const PAGE = 60;
const PAUSE_MS = 150;
const AGAIN_MS = 3000;
const NEWS_MS = 500;
const MOST = 500;
const $ = (id) => document.getElementById(id);

let running = null;
let total = 0;
let asked = null; // the address of the answer in the grid, without its offset
let loading = false;
let writable = false;
let composing = false;
let timer = 0;

const grid = new Grid($("grid"), (place) => viewer.show(place));
const viewer = new Viewer({
  hits: () => grid.hits, ask, writable: () => writable, similar: (hit) => go(`like:#${hit.id}`),
  closed: (place) => grid.focus(place), near: (place) => { if (place + 5 >= grid.hits.length) more(); },
});

async function ask(address, options = {}) {
  try {
    const answer = await fetch(address, options);
    const value = await answer.json();
    if (answer.ok) return value;
    $("said").textContent = `${value.error.title} ${value.error.advice}`;
  } catch (error) {
    if (error.name === "AbortError") return null;
    $("said").textContent = say("failed");
    clearTimeout(timer);
    timer = setTimeout(() => find(true), AGAIN_MS);
  }
  return null;
}

async function find(again = false) {
  const question = $("question").value.trim();
  const address = `/api/find?q=${encodeURIComponent(question)}`;
  if (address === asked && !again) return;
  running?.abort();
  running = new AbortController();
  asked = address;
  const answer = await ask(`${address}&limit=${PAGE}`, { signal: running.signal });
  if (!answer || asked !== address) return;
  grid.clear();
  scrollTo(0, 0);
  show(answer, question);
}

// What other programs recorded: the same answer once more, as far as it is shown, where one was looking.
async function renew() {
  if ($("viewer").open || running === null) return;
  const address = asked, shown = Math.min(MOST, Math.max(PAGE, grid.hits.length));
  const answer = await ask(`${address}&limit=${shown}`);
  if (!answer || asked !== address || $("viewer").open) return;
  const same = answer.total === total && answer.hits.every((hit, place) => hit.id === grid.hits[place]?.id);
  if (same) return;
  const focused = [...$("grid").children].indexOf(document.activeElement), top = scrollY;
  grid.clear();
  show(answer, $("question").value.trim());
  if (focused >= 0) grid.focus(Math.min(focused, grid.hits.length - 1));
  scrollTo(0, top);
}

function listen() {
  const news = new EventSource("/api/news");
  let again = 0;
  news.addEventListener("message", () => {
    clearTimeout(again);
    again = setTimeout(() => { renew(); saved(); }, NEWS_MS);
  });
}

function show(answer, question) {
  total = answer.total;
  grid.add(answer.hits);
  chips(answer.parts);
  const notes = answer.notes.map((note) => note.reason);
  $("said").textContent = [say(question ? "found" : "all", { n: total }), ...notes].join(" · ");
  $("empty").hidden = total > 0;
  $("empty").textContent = say(question ? "nothing" : "nothingYet");
  $("save").hidden = !writable || !question;
}

async function more() {
  if (loading || grid.hits.length >= total || !grid.hits.length) return;
  loading = true;
  const address = asked;
  const answer = await ask(`${address}&limit=${PAGE}&offset=${grid.hits.length}`);
  loading = false;
  if (answer && asked === address) grid.add(answer.hits);
}

function chips(parts) {
  const shown = parts.length > 1 || parts.some((part) => part.kind !== "words") ? parts : [];
  $("chips").replaceChildren(...shown.map((part) => {
    const chip = document.createElement("button");
    chip.type = "button";
    chip.className = `chip ${part.kind}`;
    chip.setAttribute("role", "listitem");
    chip.setAttribute("aria-label", say("without", { text: part.text }));
    chip.append(part.text, Object.assign(document.createElement("span"), { textContent: "×", ariaHidden: "true" }));
    chip.addEventListener("click", () => { go(part.without); $("question").focus(); });
    return chip;
  }));
}

function go(question) {
  $("question").value = question;
  history.pushState(null, "", question ? `?q=${encodeURIComponent(question)}` : "/");
  find();
}

function typed() {
  if (composing) return; // an input method is still at work
  clearTimeout(timer);
  timer = setTimeout(() => {
    const question = $("question").value.trim();
    history.replaceState(null, "", question ? `?q=${encodeURIComponent(question)}` : "/");
    find();
  }, PAUSE_MS);
}

async function saved() {
  const searches = await ask("/api/saved");
  if (!searches) return;
  $("saved").hidden = searches.length === 0;
  $("saved").querySelector("ul").replaceChildren(...searches.map((search) => {
    const item = document.createElement("li");
    const open = document.createElement("button");
    open.type = "button";
    open.textContent = search.name;
    open.title = search.query;
    open.addEventListener("click", () => { $("saved").open = false; go(search.query); });
    item.append(open);
    if (writable) item.append(forgetButton(search.name));
    return item;
  }));
}

function forgetButton(name) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "forget";
  button.textContent = "×";
  button.setAttribute("aria-label", say("forget", { text: name }));
  button.addEventListener("click", async () => {
    await ask(`/api/saved/${encodeURIComponent(name)}`, { method: "DELETE" });
    saved();
  });
  return button;
}

async function save() {
  const query = $("question").value.trim();
  const name = prompt(say("saveAs"), query);
  if (!name?.trim()) return;
  await ask(`/api/saved/${encodeURIComponent(name.trim())}`, { method: "PUT", body: JSON.stringify({ query }) });
  saved();
}

function keys(event) {
  const typing = document.activeElement === $("question");
  if ($("viewer").open || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && !typing) {
    event.preventDefault();
    $("question").select();
  } else if (event.key === "ArrowDown" && typing && grid.hits.length) {
    event.preventDefault();
    grid.focus(0);
  } else if (event.key === "Escape" && !typing) {
    $("question").select();
  }
}

async function start() {
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
  $("question").placeholder = say("ask");
  $("question").setAttribute("aria-label", say("ask"));
  $("save").textContent = say("save");
  $("saved").querySelector("summary").textContent = say("saved");
  $("question").value = new URLSearchParams(location.search).get("q") ?? "";
  $("question").addEventListener("input", typed);
  $("question").addEventListener("compositionstart", () => { composing = true; });
  $("question").addEventListener("compositionend", () => { composing = false; typed(); });
  $("form").addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(timer); find(); });
  $("save").addEventListener("click", save);
  addEventListener("keydown", keys);
  addEventListener("popstate", () => { $("question").value = new URLSearchParams(location.search).get("q") ?? ""; find(); });
  new IntersectionObserver(more, { rootMargin: "1200px" }).observe($("more"));
  await find();
  const status = await ask("/api/status");
  writable = status?.writable ?? false;
  await saved();
  listen();
}

start();
