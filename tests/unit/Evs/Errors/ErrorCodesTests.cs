using System.Text.Json;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Evs.Errors;

public sealed class ErrorCodesTests
{
    /// <summary>Which classes of ours a class of the documented table may become.</summary>
    private static readonly Dictionary<string, ErrorClass[]> Classes = new()
    {
        ["auth/permission/account"] = [ErrorClass.Authentication, ErrorClass.Permission, ErrorClass.Account],
        ["encryption/KMS agency"] = [ErrorClass.Encryption],
        ["job id unknown (HTTP 400, NOT 404)"] = [ErrorClass.JobUnknown],
        ["not found"] = [ErrorClass.NotFound],
        ["prepaid/order"] = [ErrorClass.Order],
        ["quota"] = [ErrorClass.Quota],
        ["request input"] = [ErrorClass.Input],
        ["resource ended in an error_* state (job failure code)"] = [ErrorClass.ResourceInError],
        ["service side; retry a read freely, a write only after checking"] = [ErrorClass.Service],
        ["sold out / type not in AZ"] = [ErrorClass.SoldOut],
        ["type/AZ input"] = [ErrorClass.TypeOrZone],
        ["wrong state (may clear by waiting: 1046,1047,1048,1064,1065,1066,2043,2130; not by itself: 2068,2089,2093)"] = [ErrorClass.WrongState],
    };

    private static readonly HashSet<string> ClearByWaiting =
    [
        "EVS.1046", "EVS.1047", "EVS.1048", "EVS.1064", "EVS.1065", "EVS.1066", "EVS.2043", "EVS.2130",
    ];

    public static TheoryData<string, string, string> Documented
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            using var document = JsonDocument.Parse(File.ReadAllBytes(Fixtures.ErrorCodes));
            foreach (var row in document.RootElement.EnumerateArray())
            {
                data.Add(row.GetProperty("code").GetString()!, row.GetProperty("message").GetString()!, row.GetProperty("cls").GetString()!);
            }

            return data;
        }
    }

    [Fact]
    public void The_documents_have_143_rows() => Documented.Count.ShouldBe(143);

    [Theory]
    [MemberData(nameof(Documented))]
    public void A_documented_code_has_its_class_and_a_hint(string code, string message, string documentedClass)
    {
        var row = ErrorCodes.Find(code).ShouldNotBeNull(message);

        Classes[documentedClass].ShouldContain(row.Class);
        row.ClearsByWaiting.ShouldBe(ClearByWaiting.Contains(code));
        row.Hint.ShouldNotBeNull();
        row.Hint.ShouldEndWith(".");
        char.IsUpper(row.Hint[0]).ShouldBeTrue(row.Hint);
    }

    [Theory]
    [InlineData("APIGW.0301", true)]
    [InlineData("APIG.0301", true)]
    [InlineData("apig.0308", true)]
    [InlineData("EVS.0301", false)]
    [InlineData(null, false)]
    public void Both_spellings_of_the_gateway_are_one(string? code, bool gateway)
    {
        ErrorCodes.IsGateway(code).ShouldBe(gateway);
        (ErrorCodes.Find(code) is not null).ShouldBe(gateway);
    }

    [Fact]
    public void A_code_that_only_the_wire_has_is_known_too() => ErrorCodes.Find("EVS.2265")!.Class.ShouldBe(ErrorClass.Encryption);

    [Fact]
    public void An_unknown_code_has_no_row() => ErrorCodes.Find("EVS.9999").ShouldBeNull();
}
