// Passkeys: the browser asks for the finger or the face, and the form sends what comes of it. A form with
// data-passkey="create" makes one, "get" asks for one, "ask" fetches first what to ask for. Without a script, or in a
// browser that cannot, its button stays hidden and the password is there.
const can = window.PublicKeyCredential?.parseRequestOptionsFromJSON;

async function credentialFor(form) {
  if (form.dataset.passkey === "create") {
    const options = given().creation_options.publicKey;
    Object.assign(options.authenticatorSelection, {
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    });
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
  }
  const options = (form.dataset.passkey === "ask" ? await asked(form) : given()).request_options.publicKey;
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

function given() {
  return JSON.parse(document.getElementById("passkey-options").textContent);
}

async function asked(form) {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  return answer.json();
}

function show(selector, visible) {
  for (const element of document.querySelectorAll(selector)) element.hidden = !visible;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.dataset.passkey) return;
  event.preventDefault();
  show("[data-passkey-failed]", false);
  try {
    form.elements.credential.value = JSON.stringify(await credentialFor(form));
    form.submit();
  } catch {
    show("[data-passkey-failed]", true);
  }
}, true);

if (can) {
  show("form[data-passkey] button", true);
  show("[data-passkey-missing]", false);
}
