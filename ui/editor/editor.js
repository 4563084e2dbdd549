const IDLE_MS = 1500;
const FEW_WORDS = 20;
const boxes = new WeakMap();

export default function (component) {
  const { parentElement: root, data } = component;
  let box = boxes.get(root);
  if (!box || box.data.scope !== data.scope) {
    if (box) box.stop();
    box = start(root, data);
    boxes.set(root, box);
  }
  if (box.data.receipt !== data.receipt) box.sending = false;
  box.component = component;
  box.data = data;
  draw(box);
  return () => {
    box.stop();
    boxes.delete(root);
  };
}

function start(root, data) {
  const find = (selector) => root.querySelector(selector);
  const box = {
    data,
    area: find("textarea"), label: find("label"), clock: find(".clock"), counts: find(".counts"),
    saved: find(".saved"), send: find(".send"), sendLabel: find(".send-label"),
    hint: find("kbd"), note: find(".note"),
    idle: null, sending: false, asked: "",
  };
  box.draft = newest(stored(data.scope), data);
  box.area.value = box.draft.text;
  box.area.style.height = `${data.height}px`;
  box.area.oninput = () => typed(box);
  box.area.onblur = () => keep(box);
  box.area.onkeydown = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      submit(box);
    }
  };
  box.send.onclick = () => submit(box);
  const timer = setInterval(() => tick(box), 1000);
  box.stop = () => {
    clearInterval(timer);
    clearTimeout(box.idle);
  };
  // A box that opens with a draft the API has not seen sends it, once the page has settled.
  if (box.draft.typed_at > data.typed_at && box.draft.text) {
    box.idle = setTimeout(() => keep(box), IDLE_MS);
  }
  return box;
}

function storageKey(scope) {
  return `interviewer:draft:${scope}`;
}

function stored(scope) {
  try {
    return JSON.parse(localStorage.getItem(storageKey(scope)) || "null");
  } catch {
    return null;
  }
}

function newest(local, data) {
  if (local && local.typed_at >= data.typed_at) return { sent: null, ...local };
  return { text: data.text, seconds: data.seconds, typed_at: data.typed_at, sent: null };
}

function store(box) {
  try {
    localStorage.setItem(storageKey(box.data.scope), JSON.stringify(box.draft));
  } catch {
    box.note.textContent = "This browser keeps nothing; the draft is kept by the service.";
  }
}

function typed(box) {
  const now = Date.now();
  // Seconds count writing, not the tab left open: a pause counts for a minute at most.
  const since = box.draft.typed_at ? (now - box.draft.typed_at) / 1000 : 0;
  box.draft.seconds += Math.min(Math.max(since, 0), 60);
  box.draft.started = box.draft.started || now;
  box.draft.typed_at = now;
  box.draft.text = box.area.value;
  store(box);
  draw(box);
  clearTimeout(box.idle);
  box.idle = setTimeout(() => keep(box), IDLE_MS);
}

function keep(box) {
  clearTimeout(box.idle);
  if (box.data.kind === "file") return;
  if (box.sending || box.asked === box.draft.text) return;
  if (box.draft.typed_at <= box.data.typed_at) return;
  box.asked = box.draft.text;
  box.component.setStateValue("draft", message(box, ""));
}

function message(box, key) {
  const { text, seconds, typed_at } = box.draft;
  return { text, seconds: Math.round(seconds * 10) / 10, typed_at, key };
}

function submit(box) {
  if (box.sending || !box.draft.text.trim()) return;
  clearTimeout(box.idle);
  // The same words are the same attempt, however often they are sent: the first message is kept.
  if (!box.draft.sent || box.draft.sent.text !== box.draft.text) {
    box.draft.sent = message(box, newKey());
  }
  store(box);
  box.sending = true;
  draw(box);
  box.component.setTriggerValue("submitted", box.draft.sent);
  setTimeout(() => {
    box.sending = false;
    draw(box);
  }, 8000);
}

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function draw(box) {
  const { data, draft } = box;
  const words = (draft.text.match(/\S+/gu) || []).length;
  const tokens = estimate(draft.text);
  box.label.textContent = data.label;
  box.area.placeholder = data.placeholder;
  box.sendLabel.textContent = box.sending ? "Sending" : data.action;
  box.hint.textContent = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘ Enter" : "Ctrl Enter";
  box.send.disabled = box.sending || !draft.text.trim();
  box.area.readOnly = box.sending;
  const file = data.kind === "file";
  box.area.classList.toggle("file", file);
  box.area.spellcheck = !file;
  box.counts.textContent = file
    ? count(draft.text ? draft.text.split("\n").length : 0, "line")
    : `${count(words, "word")} · about ${count(tokens, "token")}`;
  const over = file ? draft.text.length > data.max_characters : tokens > data.max_tokens;
  box.counts.classList.toggle("over", over);
  box.note.textContent = file ? excess(draft.text, data) : advice(words, tokens, data);
  box.saved.textContent = savedState(box);
  tick(box);
}

function excess(text, data) {
  const over = text.length - data.max_characters;
  return over > 0 ? `${over.toLocaleString("en")} characters over the limit.` : "";
}

function advice(words, tokens, data) {
  if (tokens > data.max_tokens) {
    return `About ${(tokens - data.max_tokens).toLocaleString("en")} tokens over the limit.`;
  }
  if (words > 0 && words < FEW_WORDS) return `Below ${FEW_WORDS} words little can be graded.`;
  return "";
}

function savedState(box) {
  if (!box.draft.text) return "";
  const held = box.data.saved && box.data.typed_at >= box.draft.typed_at;
  return held ? "Draft saved" : "Draft kept in this browser";
}

// About 4.3 characters a token in English prose, one token for each wide character.
function estimate(text) {
  const wide = (text.match(/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/gu) || []).length;
  return Math.ceil((text.length - wide) / 4.3) + wide;
}

function count(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

function tick(box) {
  const left = secondsLeft(box);
  if (left === null) {
    box.clock.textContent = "";
    return;
  }
  const over = left < 0;
  box.clock.textContent = `${clockFace(Math.abs(left))} ${over ? "over" : "left"}`;
  box.clock.classList.toggle("low", left < 60);
  if (box.data.deadline && over && !box.expired) {
    box.expired = true;
    if (box.draft.text.trim()) submit(box);
    else box.component.setTriggerValue("submitted", { ...message(box, newKey()), text: "" });
  }
}

function secondsLeft(box) {
  if (box.data.deadline) return (box.data.deadline - Date.now()) / 1000;
  if (!box.data.minutes) return null;
  const began = box.draft.started;
  return box.data.minutes * 60 - (began ? (Date.now() - began) / 1000 : 0);
}

function clockFace(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
