// The viewer: one photo over the page, what is known of it, and the next one by key, click or swipe.

import { language, say } from "./words.js";

const $ = (id) => document.getElementById(id);

export class Viewer {
  constructor({ hits, ask, similar, writable, closed, near }) {
    Object.assign(this, { hits, ask, writable, closed, near });
    this.place = -1;
    this.dialog = $("viewer");
    for (const [id, act] of [
      ["close", () => this.dialog.close()], ["previous", () => this.step(-1)], ["next", () => this.step(1)],
      ["info", () => this.toggleFacts()], ["favourite", () => this.mark({ favourite: !this.photo?.favourite })],
      ["similar", () => { const hit = this.hits()[this.place]; this.dialog.close(); similar(hit); }],
    ]) {
      $(id).addEventListener("click", act);
      $(id).title = say(id);
      $(id).setAttribute("aria-label", say(id));
    }
    this.dialog.addEventListener("close", () => this.closed(this.place));
    this.dialog.addEventListener("keydown", (event) => this.key(event));
    this.swipe();
    this.makeStars();
  }

  show(place) {
    const hit = this.hits()[place];
    if (!hit) return;
    this.place = place;
    this.photo = null;
    const large = $("large");
    large.src = hit.thumbnail;
    large.alt = $("viewer-name").textContent = hit.path.split(/[\\/]/).pop();
    $("away").hidden = true;
    $("previous").disabled = place === 0;
    $("next").disabled = place + 1 >= this.hits().length;
    if (!this.dialog.open) this.dialog.showModal();
    this.sharpen(hit, place);
    this.learn(hit, place);
    this.near(place);
  }

  // The thumbnail stands until the photo itself has come; the next one is fetched meanwhile.
  sharpen(hit, place) {
    const size = Math.min(4096, Math.ceil(Math.max(innerWidth, innerHeight) * Math.min(devicePixelRatio, 2)));
    const image = new Image();
    image.onload = () => {
      if (this.place !== place) return;
      $("large").src = image.src;
      const next = this.hits()[place + 1];
      if (next) new Image().src = `${next.preview}&size=${size}`;
    };
    image.onerror = () => {
      if (this.place !== place) return;
      $("away").textContent = say("away");
      $("away").hidden = false;
    };
    image.src = `${hit.preview}&size=${size}`;
  }

  async learn(hit, place) {
    const photo = await this.ask(`/api/photos/${hit.id}`);
    if (photo && this.place === place) this.tell(photo, hit);
  }

  tell(photo, hit) {
    this.photo = photo;
    const writable = this.writable();
    $("favourite").hidden = $("stars").hidden = !writable;
    $("favourite").setAttribute("aria-pressed", String(photo.favourite));
    for (const star of $("stars").children) {
      star.setAttribute("aria-checked", String(Number(star.dataset.n) === (photo.rating ?? 0)));
      star.classList.toggle("lit", Number(star.dataset.n) <= (photo.rating ?? 0));
    }
    const taken = photo.taken_at && new Date(photo.taken_at).toLocaleString(language, { dateStyle: "full", timeStyle: "short" });
    const place = photo.latitude != null && `${photo.latitude.toFixed(4)}, ${photo.longitude.toFixed(4)}`;
    const facts = [
      ["taken", taken], ["camera", photo.camera], ["lens", photo.lens],
      ["pixels", photo.width && `${photo.width} × ${photo.height}`], ["format", photo.format], ["place", place],
      ["tags", photo.tags.join(", ")], ["why", (hit.reasons ?? []).map((reason) => say(reason)).join(", ")],
      ...photo.files.map((file) => ["file", file.path]),
    ];
    $("facts").replaceChildren(...facts.filter(([, value]) => value).flatMap(([key, value]) => {
      const term = document.createElement("dt");
      const text = document.createElement("dd");
      term.textContent = say(key);
      text.textContent = value;
      return [term, text];
    }));
  }

  async mark(change) {
    const hit = this.hits()[this.place];
    if (!this.writable() || !this.photo) return;
    const photo = await this.ask(`/api/photos/${hit.id}`, { method: "PATCH", body: JSON.stringify(change) });
    if (photo) this.tell(photo, hit);
  }

  step(by) { this.show(this.place + by); }

  toggleFacts() {
    const facts = $("facts");
    facts.hidden = !facts.hidden;
    this.dialog.classList.toggle("with-facts", !facts.hidden);
    $("info").setAttribute("aria-expanded", String(!facts.hidden));
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowLeft") this.step(-1);
    else if (event.key === "ArrowRight") this.step(1);
    else if (event.key === "i") this.toggleFacts();
    else if (event.key === "f") this.mark({ favourite: !this.photo?.favourite });
    else if (event.key === "s") $("similar").click();
    else if (/^[0-5]$/.test(event.key)) this.mark({ rating: Number(event.key) });
    else return;
    event.preventDefault();
  }

  makeStars() {
    for (let n = 1; n <= 5; n += 1) {
      const star = document.createElement("button");
      star.type = "button";
      star.textContent = "★";
      star.dataset.n = String(n);
      star.setAttribute("role", "radio");
      star.setAttribute("aria-label", say("rating", { n }));
      star.addEventListener("click", () => this.mark({ rating: this.photo?.rating === n ? 0 : n }));
      $("stars").append(star);
    }
  }

  swipe() {
    let from = null;
    this.dialog.addEventListener("pointerdown", (event) => { from = event.isPrimary ? [event.clientX, event.clientY] : null; });
    this.dialog.addEventListener("pointerup", (event) => {
      if (!from || event.pointerType === "mouse") return;
      const [x, y] = [event.clientX - from[0], event.clientY - from[1]];
      from = null;
      if (Math.abs(x) > 60 && Math.abs(x) > 2 * Math.abs(y)) this.step(x < 0 ? 1 : -1);
      else if (y > 120 && y > 2 * Math.abs(x)) this.dialog.close();
    });
  }
}
