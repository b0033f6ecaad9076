namespace PulumiEvs.Resources.Values;

/// <summary>
/// The texts that a user has marked secret, to be kept out of everything that is shown: a service may quote a request in its
/// error, and a debug line has the request itself.
/// </summary>
internal sealed class SecretTexts
{
    /// <summary>A shorter text would be found in every other word, and could be guessed from where it is missing.</summary>
    private const int Shortest = 3;

    private readonly SortedSet<string> _texts = new(Comparer<string>.Create((one, other) =>
        one.Length != other.Length ? other.Length.CompareTo(one.Length) : string.CompareOrdinal(one, other)));

    public void Collect(PropertyMap? map)
    {
        foreach (var value in map?.Values ?? [])
        {
            if (value.HasSecret)
            {
                Collect(value, isSecret: false);
            }
        }
    }

    /// <summary><paramref name="text"/> with every secret in it replaced, the longest first.</summary>
    public string Redact(string text)
    {
        foreach (var secret in _texts)
        {
            text = text.Replace(secret, "[secret]", StringComparison.Ordinal);
        }

        return text;
    }

    private void Collect(PropertyValue value, bool isSecret)
    {
        isSecret |= value.IsSecret;
        switch (value.Bare)
        {
            case PropertyValue.Text { Value: { Length: >= Shortest } text } when isSecret:
                _texts.Add(text);
                break;
            case PropertyValue.List { Items: var items }:
                foreach (var item in items)
                {
                    Collect(item, isSecret);
                }

                break;
            case PropertyValue.Map { Entries: var entries }:
                foreach (var entry in entries.Values)
                {
                    Collect(entry, isSecret);
                }

                break;
        }
    }
}
