// What a stack's state holds of a provider and of what it made: the engine keeps the answers of CheckConfig, Check, Create and Read,
// and encrypts what is marked as secret in them. Nothing else may be secret, and nothing may be there that the environment gave.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before } from "node:test";
import pulumi from "@pulumi/pulumi";
import { test } from "./lib/bounded.js";
import { startEngine } from "./lib/engine.js";
import { startLocalEvs, startPlugin } from "./lib/programs.js";
import { marshal, Provider, secretOf, unmarshal, urnOf } from "./lib/provider.js";

const name = "disk";

// Each of them is unlike anything that an answer could have by chance.
const given = {
    secretKey: "given-secret-key-7f31", securityToken: "given-security-token-7f32", token: "given-token-7f33", password: "given-password-7f34",
    tag: "given-tag-7f35", description: "given-description-7f36",
};

// The keys with which all is done: only the environment and files have them.
const environment = { HW_ACCESS_KEY: "LOCALACCESSKEY", HW_SECRET_KEY: "local-secret-key" };

// Sources that nobody needs, and that are read all the same.
const around = {
    OS_USERNAME: "around-user-7f41", OS_PASSWORD: "around-password-7f42", OS_USER_DOMAIN_NAME: "around-domain-7f43", OS_PROJECT_NAME: "around-project-7f44",
    HUAWEICLOUD_SDK_AK: "around-key-7f45", HUAWEICLOUD_SDK_SK: "around-secret-7f46", HW_SECURITY_TOKEN: "",
};
const profile = { accessKeyId: "profile-key-7f51", secretAccessKey: "profile-secret-7f52", securityToken: "profile-token-7f53" };

let engine, evs, home, plugin, provider;

before(async () => {
    engine = await startEngine();
    evs = await startLocalEvs("--job-duration", "*=50ms");
    home = mkdtempSync(path.join(tmpdir(), "pulumi-evs-home-"));
    mkdirSync(path.join(home, ".hcloud"));
    writeFileSync(path.join(home, ".hcloud/config.json"), JSON.stringify({ current: "work", profiles: [{ name: "work", ...profile }] }));
});

after(async () => {
    provider?.close();
    await plugin?.stop();
    await evs?.stop();
    engine?.stop();
    rmSync(home, { recursive: true, force: true });
});

/** As it stands in the state file: what is marked as secret is encrypted, all else is plain. */
function stored(struct) {
    const encrypted = [];
    const plain = JSON.stringify(unmarshal(struct), (_, value) => {
        if (value && typeof value === "object" && JSON.stringify(Object.keys(value).sort()) === JSON.stringify(Object.keys(secretOf("")).sort())) {
            encrypted.push(JSON.stringify(value.value));
            return "[secret]";
        }

        return value;
    });
    return { plain, encrypted: encrypted.join("\n") };
}

function assertWithout(text, secrets, where) {
    for (const secret of Object.values(secrets).filter((each) => each !== "")) {
        assert.equal(text.includes(secret), false, `${where} has ${secret} in plain text`);
    }
}

async function start(variables) {
    provider?.close();
    await plugin?.stop();
    plugin = await startPlugin(engine.address, { HOME: home, ...variables });
    provider = new Provider(plugin.address);
    await provider.handshake(engine.address);
}

/** What the state has of a provider with these arguments. */
async function checked(args) {
    const answer = await provider.checkConfig(args);
    assert.deepEqual(answer.getFailuresList().map((each) => each.getReason()), []);
    return answer.getInputs();
}

// A resource that an explicit provider is: its arguments are typed, or JSON text where an SDK writes them so.
const located = () => ({ endpoint: evs.configuration.endpoint, region: evs.configuration.region, projectId: evs.configuration.projectId });

for (const [how, wrap] of [["marked by the program", pulumi.secret], ["in plain text", (value) => value]]) {
    test(`secret arguments of a provider, ${how}, are encrypted in its state`, async () => {
        await start(around);
        const secrets = { accessKey: "given-access-key-7f30", secretKey: given.secretKey, securityToken: given.securityToken, token: given.token, password: given.password };
        const state = await checked({
            ...located(),
            ...Object.fromEntries(Object.entries(secrets).map(([key, value]) => [key, wrap(value)])),
            userName: "somebody",
            domainName: "their-account",
        });

        const { plain, encrypted } = stored(state);
        assertWithout(plain, secrets, "the state of the provider");
        for (const [key, value] of Object.entries(secrets)) {
            assert.deepEqual(unmarshal(state)[key], secretOf(value), `${key} is kept, as a secret`);
            assert.ok(encrypted.includes(value));
        }

        assert.equal(unmarshal(state).userName, "somebody");
    });
}

test("secret arguments as JSON text are encrypted in a provider's state", async () => {
    await start(around);
    const tags = pulumi.secret(JSON.stringify({ owner: given.tag }));
    const { plain, encrypted } = stored(await checked({ ...located(), token: pulumi.secret(given.token), defaultTags: tags, maxRetries: "3", insecure: "false" }));

    assertWithout(plain, given, "the state of the provider");
    assert.ok(encrypted.includes(given.tag) && encrypted.includes(given.token));
});

test("what the environment and profiles give works, and is in no state, file or log", async () => {
    await start({ ...environment, ...around });
    const defaultTags = { team: pulumi.secret(given.tag) };
    const state = await checked({ ...located(), defaultTags });
    await provider.configure({ ...located(), defaultTags });
    const program = { availabilityZone: evs.zone, volumeType: "SSD", size: 40, description: pulumi.secret(given.description) };
    const inputs = (await provider.check(name, program)).getInputs();
    const preview = (await provider.create(name, inputs, { preview: true })).getProperties();
    const created = await provider.create(name, inputs);
    const read = await provider.read(name, created.getId(), inputs, created.getProperties());
    const quotas = (await provider.invoke("evs:index:getQuotas", {})).getReturn();

    assert.equal((await evs.volumes())[0].description, given.description, "the cloud has the value itself");
    const structs = {
        provider: state, "checked inputs": inputs, preview, created: created.getProperties(), "inputs that were read": read.getInputs(),
        "properties that were read": read.getProperties(), quotas,
    };
    for (const [where, struct] of Object.entries(structs)) {
        const { plain, encrypted } = stored(struct);
        assertWithout(plain, given, where);
        assertWithout(plain + encrypted, { ...environment, ...around, ...profile }, where);
    }

    assert.deepEqual(Object.keys(unmarshal(state)).sort(), ["defaultTags", "endpoint", "projectId", "region"], "the arguments of the program, and nothing else");
    assert.deepEqual(unmarshal(created.getProperties()).description, secretOf(given.description));

    // What the plugin itself writes down for the next run.
    const files = readdirSync(plugin.home.folder, { recursive: true }).filter((file) => statSync(path.join(plugin.home.folder, file)).isFile());
    assert.ok(files.length > 0, "the journal of creates");
    for (const file of files) {
        assertWithout(readFileSync(path.join(plugin.home.folder, file), "utf8"), { ...given, ...environment, ...around, ...profile }, file);
    }

    await provider.delete(name, created.getId(), inputs, created.getProperties());

    const log = engine.lines.map((line) => line.message).join("\n");
    assertWithout(log, { ...given, secret: environment.HW_SECRET_KEY, ...profile, password: around.OS_PASSWORD, sdk: around.HUAWEICLOUD_SDK_SK }, "the engine's log");
    assert.match(log, /EVS at .* with an access key from the environment variables HW_\*/, "--debug says which credentials are used");
});

test("an error has no secret of its credentials", async () => {
    await start({ HW_ACCESS_KEY: environment.HW_ACCESS_KEY, HW_SECRET_KEY: around.OS_PASSWORD, ...around });
    await provider.configure(located());

    await assert.rejects(provider.invoke("evs:index:getQuotas", {}), (failure) => {
        assertWithout(failure.message + JSON.stringify(failure.status?.toObject()), { ...around, ...profile, key: environment.HW_ACCESS_KEY }, "the error");
        assert.match(failure.message, /The request was made with access key LOCA… from the environment variables HW_\*\./);
        return true;
    });
});
