const SHOWN = 160;
const pickers = new WeakMap();

export default function (component) {
  const { parentElement: root, data } = component;
  let picker = pickers.get(root);
  if (!picker) {
    picker = start(root, data.answer);
    pickers.set(root, picker);
  }
  picker.component = component;
  // Drawn again, it was not closed: there is no new ruling, and one may ask once more.
  picker.sent = false;
  draw(picker);
  return () => {
    document.removeEventListener("selectionchange", picker.looked);
    pickers.delete(root);
  };
}

function start(root, answer) {
  const picker = {
    answer, sent: false,
    area: root.querySelector("textarea"),
    marked: root.querySelector(".marked"), ask: root.querySelector(".ask"),
  };
  picker.area.value = answer;
  // Not `readonly`: the caret would be hidden, and with it the way to select with the keyboard.
  picker.area.addEventListener("beforeinput", (event) => event.preventDefault());
  picker.area.addEventListener("drop", (event) => event.preventDefault());
  picker.looked = () => draw(picker);
  document.addEventListener("selectionchange", picker.looked);
  picker.area.onselect = picker.area.onkeyup = picker.area.onpointerup = picker.looked;
  picker.ask.onclick = () => {
    const span = selected(picker);
    if (!span || picker.sent) return;
    picker.sent = true;
    draw(picker);
    picker.component.setTriggerValue("marked", codePoints(answer, span));
  };
  draw(picker);
  return picker;
}

function draw(picker) {
  const span = selected(picker);
  const words = span ? picker.answer.slice(span.start, span.end) : "";
  const shown = words.length > SHOWN ? `${words.slice(0, SHOWN)} …` : words;
  const text = span ? `Marked: “${shown}”` : "Nothing is marked yet.";
  if (picker.marked.textContent !== text) picker.marked.textContent = text;
  picker.ask.disabled = !span || picker.sent;
  picker.ask.textContent = picker.sent ? "Asking" : "Ask for a new ruling";
}

// The selection in UTF-16 units of the answer itself, without the space around it; null for none.
function selected(picker) {
  const { answer, area } = picker;
  let start = inAnswer(answer, area.selectionStart);
  let end = inAnswer(answer, area.selectionEnd);
  while (start < end && /\s/u.test(answer[start])) start += 1;
  while (end > start && /\s/u.test(answer[end - 1])) end -= 1;
  return start < end ? { start, end } : null;
}

// A text area shows every end of line as one character, though the answer may have two.
function inAnswer(answer, position) {
  let at = 0;
  for (let shown = 0; shown < position && at < answer.length; shown += 1) {
    at += answer[at] === "\r" && answer[at + 1] === "\n" ? 2 : 1;
  }
  return at;
}

function codePoints(answer, span) {
  const before = Array.from(answer.slice(0, span.start)).length;
  return { start: before, end: before + Array.from(answer.slice(span.start, span.end)).length };
}
