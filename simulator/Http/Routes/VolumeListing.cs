using EvsSimulator.Core.Errors;
using EvsSimulator.Core.Volumes;
using EvsSimulator.Http.Views;

namespace EvsSimulator.Http.Routes;

/// <summary>Answers a list of volumes, in every API that has one.</summary>
internal static class VolumeListing
{
    /// <param name="dialect">The form of the entries; null for ids and names only.</param>
    public static Outcome<Answer> Answer(Call call, VolumeDialect? dialect, bool hasCount)
    {
        if (!VolumeQuery.Read(call.QueryValue).Succeeded(out var query, out var refusal)
            || !call.Run(world => query.Run(world, call.ProjectId)).Succeeded(out var page, out refusal))
        {
            return refusal;
        }

        return Http.Answer.Json(200, json =>
        {
            json.WriteStartObject();
            if (hasCount)
            {
                json.WriteNumber("count", page.Count);
            }

            json.WriteStartArray("volumes");
            foreach (var volume in page.Volumes)
            {
                if (dialect is { } form)
                {
                    VolumeView.Write(json, volume, form);
                }
                else
                {
                    VolumeView.WriteShort(json, volume);
                }
            }

            json.WriteEndArray();
            if (page is { HasMore: true, Volumes: [.., var lastOne] })
            {
                var path = dialect is null ? "volumes" : "volumes/detail";
                json.WriteStartArray("volumes_links");
                VolumeView.WriteLink(
                    json, $"{VolumeView.InternalHost}/v2/{call.ProjectId}/{path}?limit={query.Limit}&marker={lastOne.Id}", "next");
                json.WriteEndArray();
            }

            json.WriteEndObject();
        });
    }
}
