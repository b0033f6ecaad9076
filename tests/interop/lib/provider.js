// A plugin seen through Pulumi's own Node SDK: its stubs, and its marshalling of values.
import grpc from "@grpc/grpc-js";
import pulumi from "@pulumi/pulumi";
import pluginPb from "@pulumi/pulumi/proto/plugin_pb.js";
import providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import providerPb from "@pulumi/pulumi/proto/provider_pb.js";
import statusPb from "@pulumi/pulumi/proto/status_pb.js";
import rpc from "@pulumi/pulumi/runtime/rpc.js";
import state from "@pulumi/pulumi/runtime/state.js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import structPb from "google-protobuf/google/protobuf/struct_pb.js";

const maxMessageLength = 400 * 1024 * 1024;

// What a monitor says it takes; without one the SDK would send everything bare.
Object.assign(state.getStore(), { supportsSecrets: true, supportsResourceReferences: true, supportsOutputValues: true });

export const volumeType = "evs:index:Volume";
export const urnOf = (name, type = volumeType) => `urn:pulumi:dev::program::${type}::${name}`;

/** Inputs as a program has them (promises, outputs, secrets, assets) to the wire, the way the SDK does it. */
export async function marshal(inputs, options) {
    return structPb.Struct.fromJavaScript(await rpc.serializeProperties("inputs", inputs, options));
}

/** Properties from the wire, the way the SDK reads them: secrets as their marked objects, unknowns as the SDK's own. */
export const unmarshal = (struct) => struct && rpc.deserializeProperties(struct, true);

export const secretOf = (value) => ({ [rpc.specialSigKey]: rpc.specialSecretSig, value });
export const { unknown } = pulumi;

/** What a failed call says: code, text and details. */
export class CallFailure extends Error {
    constructor(method, error) {
        super(error.details);
        this.method = method;
        this.code = error.code;
        const [encoded] = error.metadata?.get("grpc-status-details-bin") ?? [];
        this.status = encoded && statusPb.Status.deserializeBinary(encoded);
    }

    /** The detail of this message type; undefined when there is none. */
    detail(name) {
        const any = this.status?.getDetailsList().find((each) => each.getTypeUrl() === `type.googleapis.com/pulumirpc.${name}`);
        return any && providerPb[name].deserializeBinary(any.getValue_asU8());
    }
}

export class Provider {
    constructor(address) {
        this.client = new providerGrpc.ResourceProviderClient(address, grpc.credentials.createInsecure(), {
            "grpc.max_receive_message_length": maxMessageLength,
            "grpc.max_send_message_length": maxMessageLength,
        });
    }

    call(method, request, options = {}) {
        return new Promise((resolve, reject) => {
            this.client[method](request, options, (error, answer) => (error ? reject(new CallFailure(method, error)) : resolve(answer)));
        });
    }

    handshake(engineAddress = "", folder = undefined) {
        const request = new providerPb.ProviderHandshakeRequest();
        request.setEngineAddress(engineAddress);
        if (folder) {
            request.setRootDirectory(folder);
            request.setProgramDirectory(folder);
        }

        request.setConfigureWithUrn(true);
        request.setSupportsRefreshBeforeUpdate(true);
        request.setInvokeWithPreview(true);
        return this.call("handshake", request);
    }

    attach(engineAddress) {
        const request = new pluginPb.PluginAttach();
        request.setAddress(engineAddress);
        return this.call("attach", request);
    }

    getPluginInfo = () => this.call("getPluginInfo", new emptyPb.Empty());

    getSchema = () => this.call("getSchema", new providerPb.GetSchemaRequest());

    cancel = () => this.call("cancel", new emptyPb.Empty());

    async checkConfig(configuration) {
        const request = new providerPb.CheckRequest();
        request.setUrn(urnOf("default", "pulumi:providers:evs"));
        request.setNews(await marshal(configuration));
        return this.call("checkConfig", request);
    }

    async configure(configuration) {
        const request = new providerPb.ConfigureRequest();
        request.setArgs(await marshal(configuration));
        request.setAcceptsecrets(true);
        request.setAcceptresources(true);
        request.setSendsOldInputs(true);
        request.setSendsOldInputsToDelete(true);
        return this.call("configure", request);
    }

    /** Handshake and configuration as at the start of a command against the local EVS. */
    async startWith(evs, engineAddress) {
        await this.handshake(engineAddress);
        await this.configure({ ...evs.configuration, secretKey: pulumi.secret(evs.secretKey) });
    }

    async check(name, news, olds = {}) {
        const request = this.#about(new providerPb.CheckRequest(), name);
        request.setNews(await marshal(news));
        request.setOlds(await marshal(olds));
        request.setRandomseed(new Uint8Array(32).fill(7));
        return this.call("check", request);
    }

    diff(name, id, oldInputs, olds, news) {
        const request = this.#about(new providerPb.DiffRequest(), name);
        request.setId(id);
        request.setOldInputs(oldInputs);
        request.setOlds(olds);
        request.setNews(news);
        return this.call("diff", request);
    }

    create(name, inputs, { preview = false, timeout = 0, ...options } = {}) {
        const request = this.#about(new providerPb.CreateRequest(), name);
        request.setProperties(inputs);
        request.setPreview(preview);
        request.setTimeout(timeout);
        return this.call("create", request, options);
    }

    read(name, id, inputs, olds) {
        const request = this.#about(new providerPb.ReadRequest(), name);
        request.setId(id);
        request.setInputs(inputs);
        request.setProperties(olds);
        return this.call("read", request);
    }

    update(name, id, oldInputs, olds, news, preview = false) {
        const request = this.#about(new providerPb.UpdateRequest(), name);
        request.setId(id);
        request.setOldInputs(oldInputs);
        request.setOlds(olds);
        request.setNews(news);
        request.setPreview(preview);
        return this.call("update", request);
    }

    delete(name, id, oldInputs, olds) {
        const request = this.#about(new providerPb.DeleteRequest(), name);
        request.setId(id);
        request.setOldInputs(oldInputs);
        request.setProperties(olds);
        return this.call("delete", request);
    }

    async invoke(token, args) {
        const request = new providerPb.InvokeRequest();
        request.setTok(token);
        request.setArgs(await marshal(args));
        return this.call("invoke", request);
    }

    /** All messages of one answer: its results by id and name, the mark of an unknown query, the token of the next page. */
    async list(token, query = {}, { limit = 0, pageSize = 0, continuation = "" } = {}) {
        const request = new providerPb.ListRequest();
        request.setToken(token);
        request.setQuery(await marshal(query));
        request.setLimit(limit);
        request.setPageSize(pageSize);
        request.setContinuationToken(continuation);
        const answer = { results: [], computed: false, continuation: "" };
        for await (const message of this.client.list(request)) {
            answer.computed ||= message.hasComputed();
            answer.continuation = message.getContinuation()?.getContinuationToken() ?? "";
            if (message.hasResult()) {
                answer.results.push(message.getResult().toObject());
            }
        }

        return answer;
    }

    close() {
        this.client.close();
    }

    #about(request, name) {
        request.setUrn(urnOf(name));
        request.setName(name);
        request.setType(volumeType);
        return request;
    }
}
