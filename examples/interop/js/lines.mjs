// The talk between a driver and the test that started it: one JSON value per line, both ways.
//   in   {"id":1,"target":"alice","op":"connect","args":{…}}
//   out  {"id":1,"result":…}   or   {"id":1,"error":{"type":"Error","message":"…"}}
//        {"target":"alice","event":"message","data":{…}}      what the client under test reported
//        {"target":"alice","trace":"ws>","data":"5:1+::…"}     kept for the day a test fails
import { createInterface } from 'node:readline';

const write = (line) => process.stdout.write(JSON.stringify(line) + '\n');

export const event = (target, name, data) => write({ target, event: name, data: data ?? null });

export const trace = (target, kind, data) => write({ target, trace: kind, data: data ?? null });

export function describe(error) {
  return {
    type: error?.name ?? error?.constructor?.name ?? typeof error,
    message: String(error?.message ?? error),
    ...(error?.res && { res: response(error.res) }),
  };
}

// What a failed request was answered with; the request's own headers hold secrets and stay here.
function response(res) {
  return res.statusCode === undefined ? { body: res } : { statusCode: res.statusCode, body: res.body ?? null };
}

// Answers commands until the test closes our input, which also happens when the test's JVM dies.
export async function serve(operate, shutDown) {
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, target, op, args } = JSON.parse(line);
    Promise.resolve()
      .then(() => operate(target, op, args ?? {}))
      .then(
        (result) => write({ id, result: result ?? null }),
        (error) => write({ id, error: describe(error) }),
      );
  }
  await shutDown();
  process.exit(0);
}
