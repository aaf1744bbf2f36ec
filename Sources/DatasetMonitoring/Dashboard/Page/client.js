// Asking the server: the token, and what to do when there is no answer.

class Refused extends Error {}
class NotThere extends Error {}
class Wrong extends Error {}
class Away extends Error {}

const tokenKey = "gen-dataset token";

const client = {
  token: storedToken(),

  /** The JSON of a path of this server. */
  async get(path) {
    const headers = this.token ? { Authorization: `Bearer ${this.token}` } : {};
    const answer = await fetch(path, { headers, cache: "no-store", signal: AbortSignal.timeout(10_000) }).catch((error) => {
      throw new Away(error.message);
    });
    if (answer.status === 401) throw new Refused();
    if (answer.status === 404) throw new NotThere();
    if (answer.status === 400) throw new Wrong((await answer.json()).message);
    if (!answer.ok) throw new Away(`the server answers ${answer.status}`);
    return answer.json().catch((error) => {
      throw new Away(error.message);
    });
  },

  keep(token) {
    this.token = token;
    try {
      if (token) sessionStorage.setItem(tokenKey, token);
      else sessionStorage.removeItem(tokenKey);
    } catch {
      // Without storage the token lives as long as the page.
    }
  },
};

function storedToken() {
  try {
    return sessionStorage.getItem(tokenKey);
  } catch {
    return null;
  }
}

/** Asks for the token until the dialog is answered. */
function askForToken() {
  const dialog = byId("ask");
  say("token-error", client.token ? "The server does not accept this token." : "");
  client.keep(null);
  byId("token").value = "";
  return new Promise((resolve) => {
    dialog.oncancel = (event) => event.preventDefault();
    // However it is closed: without a token the server refuses, and the question comes again.
    dialog.onclose = resolve;
    byId("ask-form").onsubmit = (event) => {
      event.preventDefault();
      client.keep(byId("token").value.trim());
      byId("forget").hidden = false;
      byId("links").hidden = true;
      dialog.close();
    };
    dialog.showModal();
  });
}
