// Has a worker run the program that the address holds, and shows what it answers; then another one that keeps its memory, if the
// address says so.

const asked = new URLSearchParams(location.search);
const policy = trustedTypes.createPolicy("portal", { createScriptURL: (address) => address });

function ask(isKeeping, show) {
  const worker = new Worker(policy.createScriptURL("../../theme-000000000000/scripts/worker.mjs"), { type: "module" });
  worker.addEventListener("message", (event) => show(event.data));
  worker.addEventListener("error", (event) => show({ error: event.message }));
  worker.postMessage({ runtime: asked.get("runtime"), program: asked.get("program"), isKeeping });
}

ask(false, (answer) => {
  document.getElementById("answer").textContent = JSON.stringify(answer);
  document.title = "answered";
  if (asked.has("keep")) ask(true, ({ error }) => (document.title = error ?? "kept"));
});
