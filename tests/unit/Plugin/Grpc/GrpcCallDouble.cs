using System.Buffers;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PulumiEvs.Plugin.Grpc;

namespace PulumiEvs.Tests.Unit.Plugin.Grpc;

/// <summary>One HTTP/2 request to a dispatcher, without a socket.</summary>
internal sealed class GrpcCallDouble : IDisposable
{
    private readonly DefaultHttpContext http = new();
    private readonly TrailersFeature trailers = new();
    private readonly CancellationTokenSource aborted = new();
    private readonly MemoryStream answer = new();

    public GrpcCallDouble(string path, params IReadOnlyList<IMessage> messages)
    {
        http.Request.Method = "POST";
        http.Request.Path = path;
        http.Request.ContentType = "application/grpc";
        var body = new ArrayBufferWriter<byte>();
        foreach (var message in messages)
        {
            GrpcFraming.Write(body, message);
        }

        Body = body.WrittenSpan.ToArray();
        http.Response.Body = answer;
        http.RequestAborted = aborted.Token;
        http.Features.Set<IHttpResponseTrailersFeature>(trailers);
        http.Features.Set<IRequestBodyPipeFeature>(new RequestBodyPipeFeature(http));
    }

    public byte[] Body
    {
        set => http.Request.Body = new MemoryStream(value);
    }

    public HttpRequest Request => http.Request;

    public int HttpStatus => http.Response.StatusCode;

    public string? ContentType => http.Response.ContentType;

    public IHeaderDictionary Trailing => trailers.Trailers;

    public GrpcStatusCode Code => (GrpcStatusCode)int.Parse(Trailing["grpc-status"].ToString());

    public string Message => GrpcMessageEncoding.Decode(Trailing["grpc-message"].ToString());

    public byte[] Answer => answer.ToArray();

    /// <summary>The client resets its stream.</summary>
    public void Abort() => aborted.Cancel();

    public async Task<GrpcCallDouble> SendAsync(GrpcMethodTable methods, TimeProvider? time = null, int maxMessageLength = GrpcFraming.MaxMessageLength)
    {
        await new GrpcDispatcher(methods, time ?? TimeProvider.System, maxMessageLength).ProcessRequestAsync(http.Features);
        await http.Response.BodyWriter.FlushAsync();
        return this;
    }

    public async Task<IReadOnlyList<T>> MessagesAsync<T>(MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        var reader = System.IO.Pipelines.PipeReader.Create(new ReadOnlySequence<byte>(Answer));
        var messages = new List<T>();
        while (await GrpcFraming.ReadAsync(reader, parser, GrpcFraming.MaxMessageLength, CancellationToken.None) is { } message)
        {
            messages.Add(message);
        }

        return messages;
    }

    public void Dispose()
    {
        aborted.Dispose();
        answer.Dispose();
    }

    private sealed class TrailersFeature : IHttpResponseTrailersFeature
    {
        public IHeaderDictionary Trailers { get; set; } = new HeaderDictionary();
    }
}
