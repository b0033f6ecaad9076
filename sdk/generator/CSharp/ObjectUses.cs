using PulumiEvs.Generator.Schema;

namespace PulumiEvs.Generator.CSharp;

/// <summary>Finds out in which places each object type is used, directly or within another: only those classes are written.</summary>
internal sealed class ObjectUses
{
    private readonly PackageSchema _schema;
    private readonly HashSet<(string Token, TypeUse Use)> _uses = [];

    public ObjectUses(PackageSchema schema)
    {
        _schema = schema;
        foreach (var resource in schema.Resources.Prepend(schema.Provider))
        {
            Add(resource.Outputs, TypeUse.Output);
            Add(resource.Inputs, TypeUse.Input);
            Add(resource.State, TypeUse.State);
        }

        foreach (var function in schema.Functions)
        {
            Add(function.Arguments, TypeUse.Plain);
            Add(function.Results.IsEmpty ? [] : function.Arguments, TypeUse.Input);
            Add(function.Results, TypeUse.Output);
        }
    }

    public IEnumerable<(SchemaObjectType Type, TypeUse Use)> All =>
        from use in _uses
        select (_schema.Object(use.Token), use.Use);

    private void Add(IEnumerable<SchemaProperty> properties, TypeUse use)
    {
        foreach (var property in properties)
        {
            Add(property.Type, use);
        }
    }

    private void Add(SchemaType type, TypeUse use)
    {
        switch (type)
        {
            case SchemaType.List list:
                Add(list.Item, use);
                break;
            case SchemaType.Map map:
                Add(map.Value, use);
                break;
            case SchemaType.Either either:
                Add(either.First, use);
                Add(either.Second, use);
                break;
            case SchemaType.Named named when _uses.Add((named.Token, use)):
                Add(_schema.Object(named.Token).Properties, use);
                break;
        }
    }
}
