// The plugin as a process: many calls at once, cancel, signals, and an engine that dies.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import http2 from "node:http2";
import { afterEach, beforeEach } from "node:test";
import grpc from "@grpc/grpc-js";
import { test } from "./lib/bounded.js";
import { startEngine } from "./lib/engine.js";
import { environmentWith, makeHome, pluginFile, start, startLocalEvs, startPlugin } from "./lib/programs.js";
import { Provider } from "./lib/provider.js";
import { until } from "./lib/until.js";

const { status } = grpc;

let evs, cleanUp;

beforeEach(async () => {
    cleanUp = [];
    evs = await startLocalEvs("--job-duration", "*=300ms");
    cleanUp.push(() => evs.stop());
});

afterEach(async () => {
    for (const clean of cleanUp.reverse()) {
        await clean();
    }
});

async function configured(engine) {
    const plugin = await startPlugin(engine?.address);
    cleanUp.push(() => plugin.stop());
    const provider = connect(plugin);
    await provider.startWith(evs, engine?.address);
    return { plugin, provider };
}

function connect(plugin) {
    const provider = new Provider(plugin.address);
    cleanUp.push(() => provider.close());
    return provider;
}

async function engineDouble() {
    const engine = await startEngine();
    cleanUp.push(() => engine.stop());
    return engine;
}

const program = () => ({ availabilityZone: evs.zone, volumeType: "SSD", size: 40 });

/** A create whose job never ends; returns when the plugin waits for it. */
async function waitingCreate(provider) {
    await evs.addFault({ effect: "jobStuck", operation: "createVolume" });
    const inputs = (await provider.check("disk", program())).getInputs();
    const outcome = provider.create("disk", inputs).then(
        () => assert.fail("a stuck job succeeded"),
        (failure) => failure);
    await until(async () => (await evs.requests("getJob")).length > 0, "the plugin asks for the job");
    return { outcome };
}

const hasEnded = (id) => {
    try {
        process.kill(id, 0);
        return false;
    } catch {
        return true;
    }
};

test("a connection that nothing is said on stays open", async () => {
    const { plugin } = await configured();
    const session = http2.connect(`http://${plugin.address}`);
    cleanUp.push(() => session.destroy());
    let ended = false;
    session.on("goaway", () => (ended = true));
    session.on("close", () => (ended = true));
    await new Promise((resolve) => session.on("connect", resolve));

    // The server looks after its connections once a second.
    await new Promise((resolve) => setTimeout(resolve, 2500));

    assert.equal(ended, false);
});

test("500 creates at once over one connection all end well", async () => {
    const { provider } = await configured();
    const names = Array.from({ length: 500 }, (_, index) => `disk${index}`);

    const ids = await Promise.all(names.map(async (name) =>
        (await provider.create(name, (await provider.check(name, program())).getInputs())).getId()));

    assert.equal(new Set(ids).size, 500);
    assert.equal((await evs.volumes()).length, 500);
});

test("cancel ends a waiting create, keeps its volume, and leaves the plugin usable", async () => {
    const { provider } = await configured();
    const { outcome } = await waitingCreate(provider);
    await provider.cancel();

    const failure = await outcome;

    assert.equal(failure.code, status.CANCELLED);
    assert.equal(failure.detail("ErrorResourceInitFailed").getId(), (await evs.volumes())[0].id);
    await evs.clearFaults();
    const next = await provider.create("next", (await provider.check("next", program())).getInputs());
    assert.notEqual(next.getId(), "");
});

for (const signal of ["SIGINT", "SIGTERM"]) {
    test(`${signal} ends the plugin with code 0 while a create waits, and the create is answered`, async () => {
        const { plugin, provider } = await configured();
        const { outcome } = await waitingCreate(provider);
        plugin.child.kill(signal);

        assert.deepEqual(await plugin.ended, { code: 0, signal: null });
        assert.equal((await outcome).detail("ErrorResourceInitFailed").getId(), (await evs.volumes())[0].id);
        assert.deepEqual(plugin.output.stdout, [plugin.firstLine]);
    });
}

test("SIGINT is heard also by a plugin of a command that a script runs in the background", async () => {
    // Such a command has SIGINT ignored, and so have all processes below it.
    const shell = await start("sh", ["-c", 'trap "" INT; exec "$0"', pluginFile()]);
    cleanUp.push(() => shell.child.kill("SIGKILL"));
    shell.child.kill("SIGINT");

    assert.deepEqual(await shell.ended, { code: 0, signal: null });
});

test("a plugin that was attached to logs to its new engine and outlives the command", async () => {
    const { plugin, provider } = await configured();
    const engine = await engineDouble();
    await provider.handshake(engine.address);
    await provider.attach(engine.address);
    await provider.create("disk", (await provider.check("disk", program())).getInputs());
    await until(() => engine.lines.some((line) => line.ephemeral), "the plugin logs to the engine that attached");
    await provider.cancel();
    provider.close();
    engine.stop();

    const again = connect(plugin);
    assert.match((await again.getPluginInfo()).getVersion(), /^\d/);
});

test("a plugin whose engine is killed ends itself, also while a create waits", async () => {
    const engine = await engineDouble();
    // A process between us and the plugin, to be killed like a command-line tool that starts its plugins.
    const home = makeHome();
    cleanUp.push(home.remove);
    const starter = spawn("sh", ["-c", '"$0" "$1" & echo pid=$!; wait', pluginFile(), engine.address], {
        env: environmentWith({ PULUMI_HOME: home.folder }),
        stdio: ["pipe", "pipe", "ignore"],
    });
    let output = "";
    starter.stdout.on("data", (data) => (output += data));
    await until(() => /^pid=\d+$/m.test(output) && /^\d+$/m.test(output), "the plugin prints its port");
    const plugin = Number(/^pid=(\d+)$/m.exec(output)[1]);
    const port = /^\d+$/m.exec(output)[0];
    cleanUp.push(() => hasEnded(plugin) || process.kill(plugin, "SIGKILL"));
    const provider = connect({ address: `127.0.0.1:${port}` });
    await provider.startWith(evs, engine.address);
    const { outcome } = await waitingCreate(provider);

    starter.kill("SIGKILL");
    engine.stop();

    await until(() => hasEnded(plugin), "the plugin ends", 15);
    assert.equal((await outcome).detail("ErrorResourceInitFailed").getId(), (await evs.volumes())[0].id);
});
