// What goes wrong, as Pulumi's own Node SDK sees it: statuses, texts, details, partial state.
import assert from "node:assert/strict";
import { after, before, beforeEach } from "node:test";
import grpc from "@grpc/grpc-js";
import providerPb from "@pulumi/pulumi/proto/provider_pb.js";
import structPb from "google-protobuf/google/protobuf/struct_pb.js";
import { test } from "./lib/bounded.js";
import { startLocalEvs, startPlugin } from "./lib/programs.js";
import { marshal, Provider, secretOf, unmarshal, urnOf } from "./lib/provider.js";

const { status } = grpc;

let evs, plugin, provider, program;

before(async () => {
    evs = await startLocalEvs("--job-duration", "*=200ms");
    plugin = await startPlugin();
    provider = new Provider(plugin.address);
    await provider.startWith(evs);
    program = { availabilityZone: evs.zone, volumeType: "SSD", size: 40, name: "größe-日本" };
});

beforeEach(() => evs.clearFaults());

after(async () => {
    provider?.close();
    await plugin?.stop();
    await evs?.stop();
});

const failureOf = async (call) => {
    try {
        await call;
    } catch (failure) {
        return failure;
    }

    assert.fail("the call succeeded");
};

const checkedInputs = async (name, inputs) => {
    const checked = await provider.check(name, inputs);
    assert.deepEqual(checked.getFailuresList().map((failure) => failure.toObject()), []);
    return checked.getInputs();
};

test("inputs are refused all at once, each with its path and reason", async () => {
    const checked = await provider.check("disk", { ...program, size: 5, volumeTyp: "SSD", tags: { "": "x" } });

    const failures = checked.getFailuresList().map((failure) => failure.getProperty());
    assert.ok(failures.includes("size"), failures);
    assert.ok(failures.includes("volumeTyp"), failures);
    assert.ok(failures.some((property) => property.startsWith("tags")), failures);
});

test("a job that fails and leaves a volume is partial state, with every detail and text as it was", async () => {
    await evs.addFault({ effect: "jobFail", operation: "createVolume", code: "EVS.2024", message: "größer als 100%\nund 日本" });
    const inputs = await checkedInputs("disk", program);

    const failure = await failureOf(provider.create("disk", inputs));

    assert.equal(failure.code, status.UNKNOWN);
    assert.match(failure.message, /größe-日本/);
    assert.match(failure.message, /EVS\.2024 größer als 100%\nund 日本/);
    assert.equal(failure.status.getCode(), failure.code, "code and text are the same in both places");
    assert.equal(failure.status.getMessage(), failure.message);
    const [left] = await evs.volumes();
    const kept = failure.detail("ErrorResourceInitFailed");
    assert.equal(kept.getId(), left.id);
    assert.equal(unmarshal(kept.getProperties()).status, left.status);
    assert.equal(kept.getRefreshBeforeUpdate(), true);
    assert.match(kept.getReasonsList().join("\n"), /größer als 100%/);

    const read = await failureOf(provider.read("disk", kept.getId(), inputs, kept.getProperties()));
    assert.equal(read.detail("ErrorResourceInitFailed").getId(), left.id, "a read tells of a broken volume in the same way");
    await provider.delete("disk", kept.getId(), inputs, kept.getProperties());
    assert.deepEqual(await evs.volumes(), []);
});

test("secrets in partial state stay marked", async () => {
    await evs.addFault({ effect: "jobFail", operation: "createVolume", code: "EVS.2024" });
    const inputs = await marshal({ ...unmarshal(await checkedInputs("disk", program)), description: secretOf("geheim") });

    const failure = await failureOf(provider.create("disk", inputs));

    const kept = failure.detail("ErrorResourceInitFailed");
    assert.deepEqual(unmarshal(kept.getProperties()).description, secretOf("geheim"));
    assert.equal(failure.message.includes("geheim"), false);
    await provider.delete("disk", kept.getId(), inputs, kept.getProperties());
});

test("a refused request is an error and nothing else: there is nothing to keep", async () => {
    await evs.addFault({ effect: "error", operation: "createVolume", status: 403, code: "EVS.2042", message: "nicht erlaubt" });

    const failure = await failureOf(provider.create("disk", await checkedInputs("disk", program)));

    assert.equal([status.UNKNOWN, status.INTERNAL, status.DATA_LOSS].includes(failure.code), false, `code ${failure.code} would mean: state unknown; ${failure.message}`);
    assert.match(failure.message, /nicht erlaubt/);
    assert.equal(failure.status, undefined);
});

test("missing configuration is named as the user types it", async () => {
    const failure = await failureOf(provider.configure({}));

    const [key] = failure.detail("ConfigureErrorMissingKeys").getMissingkeysList();
    assert.equal(key.getName(), "evs:region");
    assert.notEqual(key.getDescription(), "");
    await provider.startWith(evs);
});

test("methods that a provider of custom resources does not have are unimplemented", async () => {
    assert.equal((await failureOf(provider.call("construct", new providerPb.ConstructRequest()))).code, status.UNIMPLEMENTED);
    assert.equal((await failureOf(provider.call("call", new providerPb.CallRequest()))).code, status.UNIMPLEMENTED);
    assert.equal((await failureOf(provider.call("parameterize", new providerPb.ParameterizeRequest()))).code, status.UNIMPLEMENTED);
});

test("a resource type or function that there is not is named", async () => {
    const request = new providerPb.CheckRequest();
    request.setUrn(urnOf("x", "evs:index:Größe"));

    assert.match((await failureOf(provider.call("check", request))).message, /evs:index:Größe/);
    assert.match((await failureOf(provider.invoke("evs:index:getGröße", {}))).message, /evs:index:getGröße/);
});

test("a value marked as special that is none is named by its path", async () => {
    const request = new providerPb.CheckRequest();
    request.setUrn(urnOf("x"));
    request.setNews(structPb.Struct.fromJavaScript({ tags: { "a.b": { "4dabf18193072939515e22adb298388d": "what is this" } } }));

    const failure = await failureOf(provider.call("check", request));

    assert.equal(failure.code, status.INVALID_ARGUMENT);
    assert.match(failure.message, /^property tags\["a\.b"\]: /);
});

test("a deadline of the client ends the call", async () => {
    await evs.addFault({ effect: "jobStuck", operation: "createVolume" });

    const failure = await failureOf(provider.create("slow", await checkedInputs("slow", program), { deadline: Date.now() + 500 }));

    assert.equal(failure.code, status.DEADLINE_EXCEEDED);
});

test("a message of tens of megabytes passes both ways", async () => {
    const checked = await provider.check("big", { ...program, description: "x".repeat(20_000_000) });

    assert.equal(unmarshal(checked.getInputs()).description.length, 20_000_000);
    assert.ok(checked.getFailuresList().some((failure) => failure.getProperty() === "description"));
});
