// The built programs as processes: the plugin, started as the engine starts it, and the local EVS.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");

// Variables of whoever runs the tests that would change what the plugin does.
const foreignVariables = /^(HW_|OS_|HUAWEICLOUD_|PULUMI_)/;

/** When a program was built last; 0 when it is not there. The launcher of a build may be older than what it launches. */
const builtAt = (file) => Math.max(...[file, `${file}.dll`].map((each) => statSync(each, { throwIfNoEntry: false })?.mtimeMs ?? 0));

/** In the folder that the environment names; else what was built last, by `make build` or by a plain build. */
function find(name, project) {
    const folders = process.env.PULUMI_EVS_BIN
        ? [path.resolve(process.env.PULUMI_EVS_BIN)]
        : ["bin", `artifacts/bin/${project}/release`, `artifacts/bin/${project}/debug`].map((folder) => path.join(repository, folder));
    const [newest] = folders.map((folder) => path.join(folder, name)).sort((one, other) => builtAt(other) - builtAt(one));
    if (builtAt(newest) === 0) {
        throw new Error(`${name} is in none of ${folders.join(", ")}: run "make build", or set PULUMI_EVS_BIN`);
    }

    return newest;
}

export const pluginFile = () => find("pulumi-resource-evs", "Provider");

/** The environment for a program: what whoever runs the tests has set for Pulumi or a cloud is not in it. */
export const environmentWith = (more) => ({
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreignVariables.test(name))),
    ...more,
});

/** A Pulumi home of nobody's. */
export function makeHome() {
    const folder = mkdtempSync(path.join(tmpdir(), "pulumi-evs-"));
    return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Starts a program that says on its first line where it can be reached. */
export async function start(file, args, environment = {}) {
    const child = spawn(file, args, { env: environmentWith(environment), stdio: ["pipe", "pipe", "pipe"] });
    const output = { stdout: [], stderr: "" };
    const ended = new Promise((resolve) => child.on("exit", (code, signal) => resolve({ code, signal })));
    child.stderr.on("data", (data) => (output.stderr += data));
    const firstLine = await new Promise((resolve, reject) => {
        child.on("error", reject);
        ended.then(({ code }) => reject(new Error(`${file} ended with code ${code} before its first line: ${output.stderr}`)));
        createInterface({ input: child.stdout }).on("line", (line) => {
            output.stdout.push(line);
            resolve(line);
        });
    });
    return { child, firstLine, output, ended };
}

/** The plugin, with a Pulumi home of its own. */
export async function startPlugin(engineAddress, environment = {}) {
    const home = makeHome();
    const plugin = await start(pluginFile(), engineAddress ? [engineAddress] : [], { PULUMI_HOME: home.folder, ...environment });
    return {
        ...plugin,
        home,
        address: `127.0.0.1:${plugin.firstLine}`,
        async stop() {
            plugin.child.kill("SIGKILL");
            await plugin.ended;
            home.remove();
        },
    };
}

/** The local EVS, and its admin endpoint. */
export async function startLocalEvs(...args) {
    const evs = await start(find("evs-simulator", "Simulator"), args);
    const admin = async (method, resource, body) => {
        const response = await fetch(`${evs.firstLine.replace(/\/$/, "")}/_local/${resource}`, { method, body: body && JSON.stringify(body) });
        const text = await response.text();
        if (!response.ok) {
            throw new Error(`${method} _local/${resource}: ${response.status} ${text}`);
        }

        return text ? JSON.parse(text) : undefined;
    };
    return {
        configuration: {
            region: "local-1",
            projectId: "0123456789abcdef0123456789abcdef",
            endpoint: evs.firstLine,
            accessKey: "LOCALACCESSKEY",
        },
        secretKey: "local-secret-key",
        zone: "local-1a",
        addFault: (fault) => admin("POST", "faults", fault),
        clearFaults: () => admin("DELETE", "faults"),
        requests: async (operation = "*") => (await admin("GET", `requests?operation=${encodeURIComponent(operation)}`)).requests,
        volumes: async () => (await admin("GET", "state")).volumes.map((entry) => entry.volume),
        async stop() {
            evs.child.kill("SIGKILL");
            await evs.ended;
        },
    };
}
