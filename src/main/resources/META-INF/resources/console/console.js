"use strict";

// Plays the EHR: fetches a bundled patient's request, calls the CDS service, reports feedback.
const byId = (id) => document.getElementById(id);
let request = null;
let service = null;

function status(text, failed = false) {
  byId("status").textContent = text;
  byId("status").classList.toggle("failed", failed);
}

// A session that is over answers 499: loading the page again leads to signing in.
async function ask(url, options = {}) {
  const headers = { "X-Requested-With": "JavaScript", ...options.headers };
  const response = await fetch(url, { ...options, headers });
  if (response.status === 499) {
    location.reload();
  }
  return response;
}

function post(url, body) {
  return ask(url, { method: "POST", headers: { "Content-Type": "application/json" }, body });
}

async function problem(response) {
  const outcome = await response.json().catch(() => ({}));
  const issues = (outcome.issue || []).map((issue) => issue.diagnostics);
  return `${response.status}: ${issues.join("; ") || "no details"}`;
}

function refreshLog() {
  if (byId("log")) {
    htmx.trigger("#log", "refresh");
  }
}

async function loadRequest() {
  const patient = document.querySelector("input[name=patient]:checked");
  service = `/cds-services/${patient.dataset.service}`;
  const url = `/console/patients/${patient.value}/request?visit=${document.body.dataset.visit}`;
  request = await (await ask(url)).text();
  byId("request-json").textContent = request;
  byId("request-size").textContent = `(${Math.round(request.length / 1024)} kB)`;
}

async function choosePatient() {
  byId("cards").innerHTML = '<p class="empty">No card yet.</p>';
  status("The drug is not chosen yet. Press Order to ask Medcue.");
  await loadRequest();
}

async function order() {
  byId("order").disabled = true;
  status("Asking Medcue.");
  try {
    await loadRequest();
    const start = performance.now();
    const response = await post(service, request);
    const took = Math.round(performance.now() - start);
    if (!response.ok) {
      status(`Medcue refused the call. ${await problem(response)}`, true);
      return;
    }
    byId("cards").innerHTML = await (await post("/console/cards", await response.text())).text();
    status(`Medcue answered in ${took} ms.`);
  } catch (error) {
    status("Medcue cannot be reached.", true);
  } finally {
    byId("order").disabled = false;
    refreshLog();
  }
}

async function report(card, item, outcome, words) {
  item.card = card.dataset.card;
  item.outcomeTimestamp = new Date().toISOString();
  const response = await post(`${service}/feedback`, JSON.stringify({ feedback: [item] }));
  if (!response.ok) {
    card.querySelector(".outcome").textContent = `Not reported. ${await problem(response)}`;
    return;
  }
  card.querySelectorAll("button, select, input").forEach((control) => (control.disabled = true));
  card.classList.add(outcome);
  card.querySelector(".outcome").textContent = words;
  refreshLog();
}

function accept(button) {
  button.classList.add("taken");
  const item = { outcome: "accepted", acceptedSuggestions: [{ id: button.dataset.suggestion }] };
  report(button.closest(".card"), item, "accepted", `Accepted: ${button.dataset.label}`);
}

function reject(form) {
  const reason = form.elements.reason.selectedOptions[0];
  const comment = form.elements.comment.value.trim();
  const override = {};
  if (reason.value) {
    override.reason = { code: reason.value, system: reason.dataset.system, display: reason.text };
  }
  if (comment) {
    override.userComment = comment;
  }
  const item = { outcome: "overridden" };
  if (Object.keys(override).length) {
    item.overrideReason = override;
  }
  const words = "Rejected. These drugs are not offered again in this visit.";
  report(form.closest(".card"), item, "rejected", words);
}

function play() {
  byId("order").addEventListener("click", order);
  byId("patients").addEventListener("change", choosePatient);
  byId("cards").addEventListener("click", (event) => {
    const button = event.target.closest("[data-suggestion]");
    if (button) {
      accept(button);
    }
  });
  byId("cards").addEventListener("submit", (event) => {
    event.preventDefault();
    reject(event.target);
  });
  loadRequest();
}

// Who may not play the EHR has nothing to press.
if (byId("order")) {
  play();
}
document.body.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status === 499) {
    location.reload();
  }
});
