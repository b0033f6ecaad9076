using System.Globalization;
using PulumiEvs.Evs.Models;

namespace PulumiEvs.Evs;

/// <summary>
/// Turns the pages of a list. The link to the next page carries an internal host and another API's path (EVS API reference,
/// querying disks), so it is never followed: only its marker or offset is taken.
/// </summary>
internal sealed class Pages(IEnumerable<KeyValuePair<string, string?>> filter, int pageSize)
{
    private readonly KeyValuePair<string, string>[] _filter =
    [
        .. filter.Where(pair => !string.IsNullOrEmpty(pair.Value)).Select(pair => KeyValuePair.Create(pair.Key, pair.Value!)),
        KeyValuePair.Create("limit", pageSize.ToString(CultureInfo.InvariantCulture)),
    ];

    private readonly HashSet<string> _turned = new(StringComparer.Ordinal);
    private KeyValuePair<string, string>? _position;
    private bool _over;

    /// <summary>The query of the next page; null after the last one.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Next => _over ? null : _position is { } position ? [.. _filter, position] : _filter;

    /// <summary>Notes what the page had.</summary>
    /// <param name="count">Its entries.</param>
    /// <param name="lastId">The id of its last entry.</param>
    /// <param name="links">The links beside them.</param>
    public void Turn(int count, string? lastId, IReadOnlyList<Link>? links)
    {
        var next = links?.FirstOrDefault(link => link.Rel == "next")?.Href is { } href ? Position(href) : null;
        next ??= count >= pageSize && lastId is not null ? KeyValuePair.Create("marker", lastId) : null;

        // An empty page is the last one, and so is one that leads where we have been: no list may be endless.
        _over = count == 0 || next is null || !_turned.Add($"{next.Value.Key}={next.Value.Value}");
        _position = next;
    }

    private static KeyValuePair<string, string>? Position(string href)
    {
        var query = href.Split('?', 2);
        if (query.Length < 2)
        {
            return null;
        }

        foreach (var name in (ReadOnlySpan<string>)["marker", "offset"])
        {
            foreach (var pair in query[1].Split('&'))
            {
                if (pair.StartsWith(name + "=", StringComparison.Ordinal) && pair.Length > name.Length + 1)
                {
                    return KeyValuePair.Create(name, Uri.UnescapeDataString(pair[(name.Length + 1)..]));
                }
            }
        }

        return null;
    }
}
