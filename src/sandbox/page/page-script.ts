/**
 * What the page does in a browser; plain JavaScript in a string, as the sandbox has no bundler. It fetches the live part
 * anew when the server says that something changed, and sends the emit button's call through the bearer door.
 */
export const PAGE_SCRIPT = `
const live = document.querySelector("#live");
const type = document.querySelector("#type");
const emit = document.querySelector("#emit");
const result = document.querySelector("#result");
let loading = false, again = false;
async function refresh() {
  if (loading) { again = true; return; }
  loading = true;
  try {
    const answer = await fetch("_page/activity");
    if (answer.ok) live.innerHTML = await answer.text();
  } catch { /* the stream reconnects and says "ready" */ }
  loading = false;
  if (again) { again = false; refresh(); }
}
const changes = new EventSource("_page/changes");
changes.addEventListener("change", refresh);
changes.addEventListener("ready", refresh);
type.addEventListener("change", () => { emit.textContent = "Emit " + type.value; });
emit.addEventListener("click", async () => {
  emit.disabled = true;
  try {
    const answer = await fetch("emit", {
      method: "POST",
      headers: { "content-type": "application/json", authorization: "Bearer " + emit.dataset.token },
      body: JSON.stringify({ type: type.value }),
    });
    const body = await answer.json();
    result.textContent = answer.ok
      ? body.emitted.map((event) => event.type + " for " + event.subject).join(", ") + ": " +
        (body.deliveries === 0 ? "nobody is subscribed to it" : body.deliveries === 1 ? "1 webhook sent" : body.deliveries + " webhooks sent")
      : body.error.message;
  } catch { result.textContent = "The sandbox did not answer."; }
  emit.disabled = false;
});
document.addEventListener("click", async (event) => {
  const button = event.target.closest(".copy");
  if (!button) return;
  const text = button.parentElement.querySelector("pre").textContent;
  try { await navigator.clipboard.writeText(text); button.textContent = "Copied"; }
  catch { getSelection().selectAllChildren(button.parentElement.querySelector("pre")); button.textContent = "Selected"; }
  setTimeout(() => { button.textContent = "Copy"; }, 1500);
});
`;
