namespace PulumiEvs.Resources.Values;

/// <summary>The seven kinds of value that a preview does not know yet. They differ on the wire only; any may stand at any place.</summary>
internal enum UnknownKind
{
    Bool,
    Number,
    Text,
    List,
    Map,
    Asset,
    Archive,
}
