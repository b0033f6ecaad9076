using PulumiEvs.Evs.Http;

namespace PulumiEvs.Tests.Unit.Evs.Http;

/// <summary>The rate against services that throttle, in computed time: a sender that always has something to send.</summary>
public sealed class SendingRateTests
{
    private const int Frequency = 1000;

    /// <summary>The first burst is refused as a whole. Both forms of throttling: a bucket that fills, and so many in each second of the clock.</summary>
    public static TheoryData<double, bool, bool, double, double> Services => new()
    {
        { 100, true, true, 0.93, 0.02 },
        { 100, false, true, 0.93, 0.02 },
        { 100, true, false, 0.8, 0.03 },
        { 100, false, false, 0.75, 0.03 },
        { 10, true, true, 0.9, 0.05 },
        { 10, true, false, 0.7, 0.08 },
        { 2, true, false, 0.5, 0.45 },
    };

    [Theory]
    [MemberData(nameof(Services))]
    public void Nearly_all_that_the_service_takes_is_sent_and_little_is_refused(
        double limit, bool isBucket, bool isNamed, double leastUsed, double mostRefused)
    {
        const int seconds = 120;
        var (accepted, refused) = Send(new Service(limit, isBucket), isNamed ? limit : null, seconds);

        (accepted / (limit * seconds)).ShouldBeGreaterThan(leastUsed);
        (refused / (double)accepted).ShouldBeLessThan(mostRefused);
    }

    [Fact]
    public void A_service_that_takes_more_by_and_by_is_followed_within_a_minute()
    {
        var rate = new SendingRate(new RateLimiterOptions(), Frequency);
        Send(rate, new Service(20, true), null, 0, 30, out _);

        var (accepted, _) = Send(rate, new Service(200, true), null, 30 * Frequency, 60, out var atEnd);

        accepted.ShouldBeGreaterThan(20 * 60);
        atEnd!.Value.ShouldBeGreaterThan(100);
    }

    private static (int Accepted, int Refused) Send(Service service, double? named, int seconds) =>
        Send(new SendingRate(new RateLimiterOptions(), Frequency), service, named, 0, seconds, out _);

    /// <summary>Sends as the limiter does: paced by the rate, 64 under way at most, answers after 40 ms.</summary>
    private static (int Accepted, int Refused) Send(
        SendingRate rate, Service service, double? named, long begin, int seconds, out double? atEnd)
    {
        const int roundTrip = 40;
        var options = new RateLimiterOptions();
        var underWay = new Queue<(long Entered, bool Taken)>();
        var (accepted, refused, next) = (0, 0, (double)begin);
        for (var now = begin; now < begin + ((long)seconds * Frequency); now++)
        {
            while (underWay.TryPeek(out var oldest) && oldest.Entered + roundTrip <= now)
            {
                underWay.Dequeue();
                if (oldest.Taken)
                {
                    accepted++;
                    rate.Accepted(now);
                }
                else
                {
                    refused++;
                    if (rate.Refused(now, oldest.Entered, named))
                    {
                        next = Math.Max(next, now + (options.Pause.TotalSeconds * Frequency));
                    }
                }
            }

            while (now >= next && underWay.Count < options.MostUnderWay)
            {
                underWay.Enqueue((now, service.Take(now)));
                next = rate.PerSecond(now) is { } perSecond ? Math.Max(next, now - 50) + (Frequency / perSecond) : now;
            }
        }

        atEnd = rate.PerSecond(begin + ((long)seconds * Frequency));
        return (accepted, refused);
    }

    private sealed class Service(double limit, bool isBucket)
    {
        private double? _left;
        private long _filled;
        private long _second;

        public bool Take(long now)
        {
            var tokens = _left ?? limit;
            if (isBucket)
            {
                tokens = Math.Min(limit, tokens + ((now - _filled) * limit / Frequency));
                _filled = now;
            }
            else if (now / Frequency != _second)
            {
                _second = now / Frequency;
                tokens = limit;
            }

            _left = tokens < 1 ? tokens : tokens - 1;
            return tokens >= 1;
        }
    }
}
