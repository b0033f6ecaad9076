using System.Globalization;
using System.Text;

namespace PulumiEvs.Resources.Values;

/// <summary>Values as text for messages. Secrets never show.</summary>
internal static class PropertyValueText
{
    private const int MaxLength = 200;

    public static string Describe(PropertyValue value)
    {
        var text = new StringBuilder();
        Append(text, value);
        if (text.Length > MaxLength)
        {
            text.Length = MaxLength;
            text.Append('…');
        }

        return text.ToString();
    }

    public static string Describe(PropertyMap map) => Describe((PropertyValue)map);

    private static void Append(StringBuilder text, PropertyValue value)
    {
        if (text.Length > MaxLength)
        {
            return;
        }

        if (value.IsSecret)
        {
            text.Append("[secret]");
            return;
        }

        switch (value.Bare)
        {
            case PropertyValue.Null:
                text.Append("null");
                break;
            case PropertyValue.Bool boolean:
                text.Append(boolean.Value ? "true" : "false");
                break;
            case PropertyValue.Number number:
                text.Append(number.Value.ToString("R", CultureInfo.InvariantCulture));
                break;
            case PropertyValue.Text str:
                text.Append('"').Append(str.Value).Append('"');
                break;
            case PropertyValue.List list:
                AppendAll(text, '[', list.Items, static (t, item) => Append(t, item), ']');
                break;
            case PropertyValue.Map map:
                AppendAll(
                    text,
                    '{',
                    map.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal),
                    static (t, entry) => Append(t.Append(entry.Key).Append(": "), entry.Value),
                    '}');
                break;
            case var other:
                text.Append('[').Append(other.KindName).Append(']');
                break;
        }
    }

    private static void AppendAll<T>(StringBuilder text, char open, IEnumerable<T> items, Action<StringBuilder, T> append, char close)
    {
        text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first)
            {
                text.Append(", ");
            }

            first = false;
            append(text, item);
        }

        text.Append(close);
    }
}
