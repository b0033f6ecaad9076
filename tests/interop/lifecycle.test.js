// A volume's whole life, as Pulumi's own Node SDK sees it.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import pulumi from "@pulumi/pulumi";
import providerPb from "@pulumi/pulumi/proto/provider_pb.js";
import { test } from "./lib/bounded.js";
import { startEngine } from "./lib/engine.js";
import { startLocalEvs, startPlugin } from "./lib/programs.js";
import { marshal, Provider, secretOf, unknown, unmarshal, urnOf, volumeType } from "./lib/provider.js";
import { until } from "./lib/until.js";

const { DiffChanges } = providerPb.DiffResponse;
const { Kind } = providerPb.PropertyDiff;
const name = "disk";

let engine, evs, plugin, provider;
// What the stack holds of the volume, from test to test.
let program, inputs, outputs, id;

before(async () => {
    engine = await startEngine();
    evs = await startLocalEvs("--job-duration", "*=300ms");
    plugin = await startPlugin(engine.address);
    provider = new Provider(plugin.address);
    program = { availabilityZone: evs.zone, volumeType: "SSD", size: 40, description: pulumi.secret("geheim"), tags: { owner: "team-1" } };
});

after(async () => {
    provider?.close();
    await plugin?.stop();
    await evs?.stop();
    engine?.stop();
});

test("the handshake agrees to secrets, resources, outputs and autonaming", async () => {
    const answer = (await provider.handshake(engine.address, "/plugin")).toObject();

    assert.deepEqual(
        [answer.acceptSecrets, answer.acceptResources, answer.acceptOutputs, answer.supportsAutonamingConfiguration, answer.acceptsByteString],
        [true, true, true, true, false]);
});

test("the plugin says its version and its schema before it is configured", async () => {
    assert.match((await provider.getPluginInfo()).getVersion(), /^\d+\.\d+\.\d+/);
    const schema = JSON.parse((await provider.getSchema()).getSchema());
    assert.equal(schema.name, "evs");
    for (const property of ["availabilityZone", "volumeType", "size", "name", "tags"]) {
        assert.ok(schema.resources["evs:index:Volume"].inputProperties[property].description, `${property} has a description`);
    }
});

test("the configuration is checked and taken, with its secret", async () => {
    const configuration = { ...evs.configuration, secretKey: pulumi.secret(evs.secretKey), version: "0.1.0" };
    const checked = await provider.checkConfig(configuration);

    assert.deepEqual(checked.getFailuresList(), []);
    assert.equal(unmarshal(checked.getInputs()).version, "0.1.0");
    const answer = await provider.configure(configuration);
    assert.equal(answer.getSupportspreview(), true);
    assert.equal(answer.getAcceptsecrets(), true);
});

test("a preview with values not known yet changes nothing and keeps what is secret", async () => {
    const checked = await provider.check(name, { ...program, size: unknown, tags: { owner: pulumi.secret(pulumi.output(unknown)) } });
    assert.deepEqual(checked.getFailuresList(), []);

    const preview = unmarshal((await provider.create(name, checked.getInputs(), { preview: true })).getProperties());

    assert.equal(pulumi.isUnknown(preview.size), true);
    assert.deepEqual(preview.description, secretOf("geheim"));
    assert.equal(preview.volumeType, "SSD");
    assert.equal("volumeId" in preview, false, "what only the cloud knows is left out");
    // Preflight reads what the cloud has; a preview never writes.
    assert.deepEqual((await evs.requests()).filter((request) => request.method !== "GET"), []);
});

test("an array, a map and an output with dependencies are read as the SDK writes them", async () => {
    const dependent = new pulumi.Output(new Set(), Promise.resolve(40), Promise.resolve(true), Promise.resolve(true), Promise.resolve(new Set()));
    const news = await marshal({ ...program, size: dependent }, { keepOutputValues: true });
    const request = new providerPb.CheckRequest();
    request.setUrn(urnOf(name));
    request.setNews(news);

    const checked = await provider.call("check", request);

    assert.deepEqual(checked.getFailuresList(), []);
});

test("a volume is made, with its progress in the engine's log", async () => {
    inputs = (await provider.check(name, program)).getInputs();
    const created = await provider.create(name, inputs);
    id = created.getId();
    outputs = created.getProperties();
    const live = unmarshal(outputs);

    assert.equal(live.volumeId, id);
    assert.equal(live.status, "available");
    assert.equal(live.size, 40);
    assert.match(live.name, /^disk-[0-9a-f]+$/);
    assert.deepEqual(live.description, secretOf("geheim"));
    assert.deepEqual((await evs.volumes()).map((volume) => volume.id), [id]);
    await until(() => engine.lines.some((line) => line.ephemeral && line.message === ""), "the status line is cleared");
    assert.ok(engine.lines.some((line) => line.ephemeral && line.urn === urnOf(name) && /^creating: job \w+, \d+ s/.test(line.message)));
    assert.ok(engine.lines.every((line) => line.severity !== 3), "an error is an answer, never a line");
});

test("the same program again is no change", async () => {
    const again = (await provider.check(name, program, unmarshalBare(inputs))).getInputs();
    const diff = await provider.diff(name, id, inputs, outputs, again);

    assert.equal(diff.getChanges(), DiffChanges.DIFF_NONE);
    assert.equal(diff.getHasdetaileddiff(), true);
});

test("a read gives back inputs and outputs, secrets marked", async () => {
    const read = await provider.read(name, id, inputs, outputs);

    assert.equal(read.getId(), id);
    assert.deepEqual(unmarshal(read.getInputs()), unmarshal(inputs));
    assert.deepEqual(unmarshal(read.getProperties()).description, secretOf("geheim"));
});

test("a bigger size is a change in place, told by its path", async () => {
    const news = (await provider.check(name, { ...program, size: 50, tags: { owner: "team-1", "a-b": "c" } }, unmarshalBare(inputs))).getInputs();
    const diff = await provider.diff(name, id, inputs, outputs, news);

    assert.equal(diff.getChanges(), DiffChanges.DIFF_SOME);
    assert.deepEqual(diff.getReplacesList(), []);
    assert.deepEqual([...diff.getDiffsList()].sort(), ["size", "tags"]);
    const kinds = Object.fromEntries([...diff.getDetaileddiffMap().entries()].map(([path, change]) => [path, change.getKind()]));
    assert.deepEqual(kinds, { size: Kind.UPDATE, 'tags["a-b"]': Kind.ADD });
    assert.ok(diff.getStablesList().includes("volumeId"));
});

test("the update reaches the cloud", async () => {
    const news = (await provider.check(name, { ...program, size: 50 }, unmarshalBare(inputs))).getInputs();
    const preview = unmarshal((await provider.update(name, id, inputs, outputs, news, true)).getProperties());
    assert.equal(preview.size, 50);
    assert.equal((await evs.volumes())[0].size, 40, "a preview changes nothing");

    outputs = (await provider.update(name, id, inputs, outputs, news)).getProperties();
    inputs = news;

    assert.equal(unmarshal(outputs).size, 50);
    assert.equal((await evs.volumes())[0].size, 50);
});

test("an import needs the id alone", async () => {
    const read = await provider.read("imported", id);

    assert.equal(read.getId(), id);
    const imported = unmarshal(read.getInputs());
    assert.equal(imported.size, 50);
    assert.equal(imported.availabilityZone, evs.zone);
});

test("volumes are listed for an import, page by page", async () => {
    const second = (await provider.create("second", (await provider.check("second", { ...program, name: "second" })).getInputs())).getId();
    const all = [{ id, name: unmarshal(outputs).name }, { id: second, name: "second" }].sort((one, other) => (one.id < other.id ? -1 : 1));

    assert.deepEqual(await provider.list(volumeType), { results: all, computed: false, continuation: "" });
    assert.deepEqual((await provider.list(volumeType, { name: "second" })).results, all.filter((volume) => volume.id === second));
    assert.deepEqual(await provider.list(volumeType, { name: unknown }), { results: [], computed: true, continuation: "" });
    const first = await provider.list(volumeType, {}, { pageSize: 1 });
    assert.deepEqual(first.results, all.slice(0, 1));
    const next = await provider.list(volumeType, {}, { pageSize: 1, continuation: first.continuation });
    assert.deepEqual(next, { results: all.slice(1), computed: false, continuation: "" });
    await assert.rejects(provider.list("evs:index:SnapshotRollback"), /evs:index:SnapshotRollback cannot be listed; what can be: .*evs:index:Volume/);

    await provider.delete("second", second, inputs, outputs);
});

test("the volume is deleted, and deleting it again is no error", async () => {
    await provider.delete(name, id, inputs, outputs);
    assert.deepEqual(await evs.volumes(), []);
    await provider.delete(name, id, inputs, outputs);
});

test("a volume that is gone reads as gone: no id, no properties", async () => {
    const read = await provider.read(name, id, inputs, outputs);

    assert.equal(read.getId(), "");
    assert.equal(read.getProperties(), undefined);
});

test("mappings are empty", async () => {
    const request = new providerPb.GetMappingRequest();
    request.setKey("terraform");
    const answer = await provider.call("getMapping", request);

    assert.equal(answer.getProvider(), "");
    assert.deepEqual((await provider.call("getMappings", new providerPb.GetMappingsRequest())).getProvidersList(), []);
});

test("cancel at the end of a command is at once, silent, and may come again", async () => {
    await provider.cancel();
    await provider.cancel();

    assert.equal((await provider.getPluginInfo()).getVersion().length > 0, true, "the plugin is still there");
    // What operations said may still be coming in, but each line says whose it is; what none was said of is at most for debugging.
    assert.deepEqual(engine.lines.filter((line) => line.urn === "" && line.severity > 0), []);
});

test("SIGINT ends the plugin with code 0, and its port was all it ever printed", async () => {
    plugin.child.kill("SIGINT");

    assert.deepEqual(await plugin.ended, { code: 0, signal: null });
    assert.deepEqual(plugin.output.stdout, [plugin.firstLine]);
    assert.equal(plugin.output.stderr, "");
});

/** Properties as a program would write them: the SDK's marked secrets become its own again. */
function unmarshalBare(struct) {
    const open = (value) => (value?.value !== undefined && Object.keys(value).length === 2 ? pulumi.secret(value.value) : value);
    return Object.fromEntries(Object.entries(unmarshal(struct)).map(([key, value]) => [key, open(value)]));
}
