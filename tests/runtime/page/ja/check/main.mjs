// Starts the worker, asks it to run the program that the address holds, and shows what it answers.

const asked = new URLSearchParams(location.search);
const policy = trustedTypes.createPolicy("portal", { createScriptURL: (address) => address });
const worker = new Worker(policy.createScriptURL("../../theme-000000000000/scripts/worker.mjs"), { type: "module" });

const show = (answer) => {
  document.getElementById("answer").textContent = JSON.stringify(answer);
  document.title = "answered";
};
worker.addEventListener("message", (event) => show(event.data));
worker.addEventListener("error", (event) => show({ error: event.message }));
worker.postMessage({ runtime: asked.get("runtime"), program: asked.get("program") });
