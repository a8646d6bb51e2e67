/** The fake model server: what tests of others rely on when they stop it in the middle of an answer. */

import { expect, it } from "vitest";
import { created, hold, message, startFakeModel, stream } from "../src/index.js";

it("says nothing after a hold until it is let go, and says when it is there", async () => {
  await using model = await startFakeModel([stream(created(), hold("middle"), message("the rest"))]);
  const response = await fetch(`${model.url}/responses`, { method: "POST", body: '{"input":[]}' });
  let seen = "";
  const listening = (async () => {
    for await (const bytes of response.body ?? []) seen += Buffer.from(bytes).toString();
  })();
  await model.reached("middle");
  expect(model.requests).toMatchObject([{ url: "/v1/responses", body: { input: [] } }]);
  // A whole exchange with the server: what it had to say in between would be here by then.
  await (await fetch(`${model.url}/models`)).text();
  expect(seen).toContain("response.created");
  expect(seen).not.toContain("the rest");
  model.release("middle");
  await listening;
  expect(seen).toContain("the rest");
});
