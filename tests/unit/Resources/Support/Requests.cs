using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Tests.Unit.Resources.Support;

/// <summary>Requests as the engine makes them, with what most tests do not care about filled in.</summary>
internal static class Requests
{
    private static readonly byte[] Seed = [1, 2, 3, 4];

    public static ResourceIdentity Identity(string token) => new($"urn:pulumi:dev::shop::{token}::it", token, "it");

    public static CheckRequest Check(string token, PropertyMap news, PropertyMap? olds = null, AutonamingOptions? autonaming = null) =>
        new(Identity(token), olds ?? PropertyMap.Empty, news, Seed, autonaming);

    public static DiffRequest Diff(string token, PropertyMap oldInputs, PropertyMap news, PropertyMap? state = null, string id = "id") =>
        new(Identity(token), id, oldInputs, state ?? oldInputs, news, []);

    public static CreateRequest Create(string token, PropertyMap inputs, bool preview = false, TimeSpan? timeout = null) =>
        new(Identity(token), inputs, timeout, preview);

    public static ReadRequest Read(string token, string id, PropertyMap? inputs = null, PropertyMap? state = null) =>
        new(Identity(token), id, inputs, state, null);

    public static UpdateRequest Update(
        string token, string id, PropertyMap oldInputs, PropertyMap state, PropertyMap news, bool preview = false, TimeSpan? timeout = null) =>
        new(Identity(token), id, oldInputs, state, news, timeout, preview, []);

    public static DeleteRequest Delete(string token, string id, PropertyMap? inputs = null, PropertyMap? state = null, TimeSpan? timeout = null) =>
        new(Identity(token), id, inputs, state ?? PropertyMap.Empty, timeout);
}
