// [data-filter]: keeps fields that were left empty out of the address.
for (const form of document.querySelectorAll("[data-filter]")) {
  form.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of [...formData]) if (!value) formData.delete(name);
  });
}
