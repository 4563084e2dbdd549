// The notes are drawn as HTML, where no button of Streamlit's can stand: one listener for the whole
// page turns a click on a button of ours into a message.
const listeners = new WeakMap();

export default function (component) {
  const { parentElement: root } = component;
  let listener = listeners.get(root);
  if (!listener) {
    listener = { component };
    listener.heard = (event) => {
      const button = event.target instanceof Element && event.target.closest("[data-mi-claim]");
      if (button) listener.component.setTriggerValue("claimed", button.dataset.miClaim);
    };
    document.addEventListener("click", listener.heard);
    listeners.set(root, listener);
  }
  listener.component = component;
  return () => {
    document.removeEventListener("click", listener.heard);
    listeners.delete(root);
  };
}
