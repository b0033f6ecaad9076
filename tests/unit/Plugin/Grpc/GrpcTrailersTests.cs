using Google.Protobuf;
using PulumiEvs.Plugin.Grpc;
using PulumiEvs.Plugin.Protos;

namespace PulumiEvs.Tests.Unit.Plugin.Grpc;

public sealed class GrpcTrailersTests
{
    [Fact]
    public void Status_0_is_no_failure() => Read([("grpc-status", "0")]).ShouldBeNull();

    [Fact]
    public void An_answer_without_trailers_may_have_its_status_in_the_headers()
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("grpc-status", "5");
        response.Headers.TryAddWithoutValidation("grpc-message", "not here");

        GrpcTrailers.Read(response.TrailingHeaders, response.Headers)!.Code.ShouldBe(GrpcStatusCode.NotFound);
    }

    [Theory]
    [InlineData("17", (int)GrpcStatusCode.Unknown)]
    [InlineData("many", (int)GrpcStatusCode.Unknown)]
    [InlineData("-1", (int)GrpcStatusCode.Unknown)]
    [InlineData(null, (int)GrpcStatusCode.Internal)]
    public void A_status_that_is_none_is_a_failure(string? status, int code) =>
        ((int)Read(status is null ? [] : [("grpc-status", status)])!.Code).ShouldBe(code);

    [Theory]
    [InlineData("==")]
    [InlineData("")]
    public void Details_are_read_with_and_without_padding(string padding)
    {
        var detail = GrpcStatusException.Detail("pulumirpc.ErrorCause", new ErrorCause { Message = "x" });
        var status = new Status { Code = 2, Message = "12", Details = { detail } };
        var encoded = Convert.ToBase64String(status.ToByteArray());
        encoded.ShouldEndWith("==", customMessage: "the case is about padding");

        var failure = Read([("grpc-status", "2"), ("grpc-message", "1%20"), ("grpc-status-details-bin", encoded[..^2] + padding)])!;

        failure.Message.ShouldBe("1 ");
        failure.Details.ShouldBe([detail]);
    }

    [Theory]
    [InlineData("!!!")]
    [InlineData("/////w")]
    public void Details_that_cannot_be_read_are_said(string details) =>
        Should.Throw<GrpcStatusException>(() => Read([("grpc-status", "2"), ("grpc-status-details-bin", details)])).Message.ShouldContain("grpc-status-details-bin");

    private static GrpcStatusException? Read((string Name, string Value)[] trailers)
    {
        using var response = new HttpResponseMessage();
        foreach (var (name, value) in trailers)
        {
            response.TrailingHeaders.TryAddWithoutValidation(name, value);
        }

        return GrpcTrailers.Read(response.TrailingHeaders, response.Headers);
    }
}
