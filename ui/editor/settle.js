export default function (component) {
  const { scopes, answer } = component.data;
  for (const scope of scopes) {
    const name = `interviewer:draft:${scope}`;
    try {
      const draft = JSON.parse(localStorage.getItem(name) || "null");
      if (draft && draft.text === answer) localStorage.removeItem(name);
    } catch {
      // A browser that keeps nothing has nothing to drop.
    }
  }
}
