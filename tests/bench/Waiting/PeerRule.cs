namespace PulumiEvs.Bench.Waiting;

/// <summary>Another tool's way, from its source: fixed looks at the job, then what it does before it returns.</summary>
/// <param name="Name">The tool.</param>
/// <param name="Looks">The moments of its looks at the job, in seconds since the wait began; ends where the tool gives up.</param>
/// <param name="After">What it does with the disk once the job has succeeded, in seconds.</param>
/// <param name="ReadsAfter">How often it reads the disk in that time.</param>
/// <param name="Limit">The longest it waits for any of its operations, unless its user has set something else; null = as long as it has looks.</param>
internal sealed record PeerRule(string Name, Func<IEnumerable<double>> Looks, double After, int ReadsAfter, TimeSpan? Limit = null) : IWaitRule
{
    public const string EverySecond = "Terraform (OTC)";

    /// <summary>
    /// The rules of the tools that wait for EVS jobs. Terraform for Huawei Cloud: 5 s, then every 10 s; then the disk has to be found
    /// settled twice, at first after 5 s and again 5 s later. Terraform for Open Telekom Cloud: every second. Ansible: after 3 s,
    /// then 1, 2, 4, 8 and 10 s apart. The CSI driver: 2 s, each pause 1.02 times the last, 30 looks. The limits are their default
    /// time-outs: 180 minutes for changes, the longest there is, in Terraform for Huawei Cloud; 10 minutes for creates, there is no longer
    /// one, in Terraform for Open Telekom Cloud, which changes a type by making the disk anew; 30 minutes for everything in Ansible.
    /// </summary>
    public static IReadOnlyList<PeerRule> All { get; } =
    [
        new("Terraform (Huawei)", () => From(5, _ => 10), After: 10, ReadsAfter: 2, TimeSpan.FromMinutes(180)),
        new(EverySecond, () => From(0, _ => 1), After: 0, ReadsAfter: 1, TimeSpan.FromMinutes(10)),
        new("Ansible", () => From(3, look => look < 4 ? Math.Pow(2, look) : 10), After: 0, ReadsAfter: 1, TimeSpan.FromMinutes(30)),
        new("CSI driver", () => From(0, look => 2 * Math.Pow(1.02, look)).Take(30), After: 0, ReadsAfter: 1),
    ];

    public WatchedJob Watch(TimeSpan duration)
    {
        var queries = 0;
        foreach (var look in Looks())
        {
            if (look > Limit?.TotalSeconds)
            {
                break;
            }

            queries++;
            if (look >= duration.TotalSeconds)
            {
                return new WatchedJob(duration, TimeSpan.FromSeconds(look + After), queries, ReadsAfter);
            }
        }

        return new WatchedJob(duration, null, queries, 0);
    }

    private static IEnumerable<double> From(double first, Func<int, double> pause)
    {
        var at = first;
        for (var look = 0; ; look++)
        {
            yield return at;
            at += pause(look);
        }
    }
}
