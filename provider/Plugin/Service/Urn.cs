using PulumiEvs.Plugin.Grpc;
using PulumiEvs.Resources.Contracts;

namespace PulumiEvs.Plugin.Service;

/// <summary>Resource names: <c>urn:pulumi:STACK::PROJECT::[PARENT$]TYPE::NAME</c>.</summary>
internal static class Urn
{
    private const string Separator = "::";

    /// <summary>The resource a request is about. Engines of today send type and name; for older ones the URN has both.</summary>
    /// <exception cref="GrpcStatusException">INVALID_ARGUMENT: neither given nor in the URN.</exception>
    public static ResourceIdentity Identify(string urn, string type, string name)
    {
        if (type.Length > 0 && name.Length > 0)
        {
            return new ResourceIdentity(urn, type, name);
        }

        // At most four parts: a name may hold the separator itself.
        if (urn.Split(Separator, 4) is not [_, _, { Length: > 0 } types, { Length: > 0 } ownName])
        {
            throw new GrpcStatusException(
                GrpcStatusCode.InvalidArgument,
                $"urn \"{urn}\" is not of the form urn:pulumi:STACK::PROJECT::TYPE::NAME, and the request names no type and name");
        }

        return new ResourceIdentity(urn, types[(types.LastIndexOf('$') + 1)..], ownName);
    }
}
