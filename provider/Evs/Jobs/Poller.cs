namespace PulumiEvs.Evs.Jobs;

/// <summary>Waits for something by looking at it: looks first, then pauses. Knows neither what is looked at nor when to look.</summary>
internal sealed class Poller(TimeProvider time, Random random)
{
    private static readonly TimeSpan FirstFailurePause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestFailurePause = TimeSpan.FromSeconds(30);

    // The last pause is cut so that there is time for one more look before the wait times out.
    private static readonly TimeSpan LastLook = TimeSpan.FromSeconds(1);

    public async Task<WaitResult<T>> WaitAsync<T>(
        Func<CancellationToken, Task<Observation<T>>> look, PollOptions<T> options, CancellationToken ct)
        where T : class
    {
        var begun = time.GetTimestamp();
        using var timeout = new CancellationTokenSource(options.Timeout > TimeSpan.Zero ? options.Timeout : TimeSpan.FromMilliseconds(1), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        T? last = null;
        Exception? failure = null;
        TimeSpan? asked = null;
        var looks = 0;
        var failed = 0;

        WaitResult<T> End(WaitOutcome outcome, string? reason = null) => new()
        {
            Outcome = outcome,
            Last = last,
            Elapsed = time.GetElapsedTime(begun),
            Looks = looks,
            Reason = reason,
            Failure = failure,
        };

        if (options.PausesFirst && await PauseAsync() is { } over)
        {
            return End(over);
        }

        while (true)
        {
            if (ct.IsCancellationRequested)
            {
                return End(WaitOutcome.Cancelled);
            }

            looks++;
            try
            {
                // A look that does not heed the token must not hold up a cancelled wait.
                var observation = await look(either.Token).WaitAsync(either.Token);
                last = observation.View ?? last;
                failure = null;
                asked = null;
                failed = 0;
                options.OnProgress?.Invoke(new WaitProgress<T>(last, time.GetElapsedTime(begun), looks, null, 0));
                switch (observation.Kind)
                {
                    case ObservationKind.Reached:
                        return End(WaitOutcome.Reached);
                    case ObservationKind.Failed:
                        return End(WaitOutcome.Failed, observation.Reason);
                    case ObservationKind.Gone:
                        return End(WaitOutcome.Gone, observation.Reason);
                }
            }
            catch (OperationCanceledException) when (either.IsCancellationRequested)
            {
                return End(ct.IsCancellationRequested ? WaitOutcome.Cancelled : WaitOutcome.TimedOut);
            }
            catch (Exception e)
            {
                failure = e;
                asked = options.AskedPause(e);
                failed += options.IsDeferral(e) ? 0 : 1;
                if (options.IsFinal(e))
                {
                    return End(WaitOutcome.Failed, e.Message);
                }

                if (failed > options.ToleratedFailures)
                {
                    return End(WaitOutcome.Failed, $"{failed} looks in a row failed, the last one: {e.Message}");
                }

                options.OnProgress?.Invoke(new WaitProgress<T>(last, time.GetElapsedTime(begun), looks, e, failed));
            }

            if (await PauseAsync() is { } outcome)
            {
                return End(outcome);
            }
        }

        // Null when it is time for another look, else how the wait has ended.
        async Task<WaitOutcome?> PauseAsync()
        {
            var left = options.Timeout - time.GetElapsedTime(begun);
            var isLast = left <= LastLook;
            try
            {
                if (isLast)
                {
                    await DelayAsync(left, ct);
                }
                else if (options.Pause is { } pause && failure is null)
                {
                    await pause.PauseAsync(Plan, left - LastLook, ct);
                }
                else
                {
                    var planned = Longer(Longer(Plan(), FailurePause(failed)), asked ?? TimeSpan.Zero);
                    await DelayAsync(Shorter(planned, left - LastLook), ct);
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return WaitOutcome.Cancelled;
            }

            return isLast ? WaitOutcome.TimedOut : null;
        }

        TimeSpan Plan() => options.Schedule.Pause(time.GetElapsedTime(begun), looks, Chance());
    }

    private Task DelayAsync(TimeSpan pause, CancellationToken ct) => pause > TimeSpan.Zero ? Task.Delay(pause, time, ct) : Task.CompletedTask;

    /// <summary>After looks that threw the pauses double, so that an outage of minutes is outlasted.</summary>
    private static TimeSpan FailurePause(int failed) => failed == 0
        ? TimeSpan.Zero
        : Shorter(FirstFailurePause * Math.Pow(2, Math.Min(failed - 1, 20)), LongestFailurePause);

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private double Chance()
    {
        lock (random)
        {
            return random.NextDouble();
        }
    }
}
