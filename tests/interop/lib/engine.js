// The engine's side of the protocol, served with the official stubs: it takes the lines that plugins log.
import grpc from "@grpc/grpc-js";
import engineGrpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";

export async function startEngine() {
    const lines = [];
    const server = new grpc.Server();
    server.addService(engineGrpc.EngineService, {
        log(call, answer) {
            const line = call.request;
            lines.push({ severity: line.getSeverity(), message: line.getMessage(), urn: line.getUrn(), ephemeral: line.getEphemeral() });
            answer(null, new emptyPb.Empty());
        },
        getRootResource: (_, answer) => answer({ code: grpc.status.UNIMPLEMENTED }),
        setRootResource: (_, answer) => answer({ code: grpc.status.UNIMPLEMENTED }),
        startDebugging: (_, answer) => answer({ code: grpc.status.UNIMPLEMENTED }),
        requirePulumiVersion: (_, answer) => answer({ code: grpc.status.UNIMPLEMENTED }),
    });
    const port = await new Promise((resolve, reject) =>
        server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound))));
    return { address: `127.0.0.1:${port}`, lines, stop: () => server.forceShutdown() };
}
