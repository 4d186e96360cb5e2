/** The script of the pages about passkeys: asks the browser, and sends back what it says. */

export const passkeyScript = `
const button = document.getElementById("passkey");
const problem = document.getElementById("problem");
const { options, answer, way, csrf } = button.dataset;
const headers = { "content-type": "application/json", ...(csrf && { "x-csrf-token": csrf }) };
async function send(address, body) {
  const response = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
  const said = await response.json();
  if (!response.ok) throw new Error([said.title, said.detail].filter(Boolean).join(". "));
  return said;
}
if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  problem.textContent = "This browser has no passkeys, or this page was not opened over https.";
  button.disabled = true;
}
button.addEventListener("click", async () => {
  problem.textContent = "";
  button.disabled = true;
  try {
    const asked = await send(options, {});
    const credential = way === "get"
      ? await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) })
      : await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) });
    location.assign((await send(answer, credential.toJSON())).next);
  } catch (error) {
    problem.textContent = error.message;
    button.disabled = false;
  }
});
`;
