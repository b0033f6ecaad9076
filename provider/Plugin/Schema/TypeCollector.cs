using PulumiEvs.Resources.Declarations;

namespace PulumiEvs.Plugin.Schema;

/// <summary>Finds every named type that properties use, each once, in order of token.</summary>
internal sealed class TypeCollector
{
    private readonly SortedDictionary<string, PropertyType> _types = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, PropertyType>> Types => _types;

    public void Add(IEnumerable<PropertyDeclaration> properties)
    {
        foreach (var property in properties)
        {
            Add(property.Type);
        }
    }

    private void Add(PropertyType type)
    {
        switch (type)
        {
            case PropertyType.List list:
                Add(list.Item);
                break;
            case PropertyType.Map map:
                Add(map.Value);
                break;
            case PropertyType.Choice choice:
                _types[choice.Enum.Token] = choice;
                break;
            case PropertyType.Object named when _types.TryAdd(named.Declaration.Token, named):
                Add(named.Declaration.Properties);
                break;
        }
    }
}
