using System.Text.Json;
using System.Text.Json.Serialization;
using PulumiEvs.Evs.Errors;

namespace PulumiEvs.Evs.Local;

/// <summary>
/// Finds the local EVS that another process has started, or starts it: of any number of processes at once, one does. It ends by
/// itself when nobody uses it, and keeps its state.
/// </summary>
/// <param name="http">For looking whether it runs; not disposed of here.</param>
internal sealed class LocalEvs(LocalEvsSetup setup, IProgramStarter starter, HttpMessageInvoker http, TimeProvider time) : IDisposable
{
    /// <summary>How long the program may take to come up, on a machine that is busy.</summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(50);

    /// <summary>How long one that runs may take to say so. What does not run says so at once.</summary>
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(5);

    /// <summary>How long it stays in use after a request: longer than the longest pause between two looks of a wait.</summary>
    private static readonly TimeSpan InUse = TimeSpan.FromMinutes(6);

    private readonly SemaphoreSlim _searching = new(1);
    private readonly Lock _lock = new();
    private Uri? _address;
    private long _lastUse;
    private ITimer? _keeping;

    /// <summary>The address at which it answers, for a request that follows at once.</summary>
    /// <exception cref="EvsException">It is not there and cannot be started; the message says what to do.</exception>
    public async Task<Uri> GetAddressAsync(CancellationToken cancellationToken)
    {
        if (Used() is { } known)
        {
            return known;
        }

        await _searching.WaitAsync(cancellationToken);
        try
        {
            if (Used() is { } foundMeanwhile)
            {
                return foundMeanwhile;
            }

            var address = await FindAsync(cancellationToken) ?? await StartAsync(cancellationToken);
            lock (_lock)
            {
                _address = address;
                _keeping ??= time.CreateTimer(_ => _ = KeepAsync(), null, setup.UsePeriod, setup.UsePeriod);
            }

            Used();
            return address;
        }
        finally
        {
            _searching.Release();
        }
    }

    /// <summary>It does not answer at this address any more.</summary>
    public void Forget(Uri address)
    {
        lock (_lock)
        {
            _address = _address == address ? null : _address;
        }
    }

    public void Dispose()
    {
        _keeping?.Dispose();
        _searching.Dispose();
    }

    private Uri? Used()
    {
        lock (_lock)
        {
            _lastUse = time.GetTimestamp();
            return _address;
        }
    }

    /// <summary>The address of the one that runs, whoever has started it; null when none does.</summary>
    private async Task<Uri?> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            // The file may be left over from one that was killed, and the port be another program's by now.
            return File.Exists(setup.UrlFile)
                && Uri.TryCreate((await File.ReadAllTextAsync(setup.UrlFile, cancellationToken)).Trim(), UriKind.Absolute, out var address)
                && address.IsLoopback
                && await IsOursAsync(address, cancellationToken)
                ? address
                : null;
        }
        catch (IOException)
        {
            // It was removed just now: whoever wrote it has ended.
            return null;
        }
    }

    private async Task<bool> IsOursAsync(Uri address, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(AnswerPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var about = await SendAsync(HttpMethod.Get, new Uri(address, "/_local"), either.Token);
            if (JsonSerializer.Deserialize(about, LocalEvsJson.Default.LocalEvsAbout) is not { Program: LocalEvsSetup.ProgramName, StateFile: { } state }
                || state != setup.StateFile)
            {
                return false;
            }

            // The question does not count as a use, and it may be about to end.
            await SendAsync(HttpMethod.Post, new Uri(address, "/_local/use"), either.Token);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }

    private async Task<byte[]> SendAsync(HttpMethod method, Uri address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, address);
        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    private async Task<Uri> StartAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(setup.Program))
        {
            throw Failure(setup.NotThere, LocalEvsSetup.Remedy);
        }

        try
        {
            Directory.CreateDirectory(setup.Folder);
            await using var starting = await LockAsync(cancellationToken);
            if (await FindAsync(cancellationToken) is { } started)
            {
                return started;
            }

            var (line, trouble) = await starter.StartAsync(setup.Program, setup.Arguments, setup.Folder, StartPatience);
            return Uri.TryCreate(line, UriKind.Absolute, out var address) && address.IsLoopback
                ? address
                : throw Failure(
                    trouble.Length > 0 ? trouble : $"{setup.Program} wrote \"{line}\" instead of its address",
                    $"Its log is {setup.LogFile}. Removing {setup.StateFile} begins with an empty local EVS.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failure(e.Message, $"Check that {setup.Program} can be run and {setup.Folder} be written.", e);
        }
    }

    /// <summary>The right to start the program; it ends with this process at the latest.</summary>
    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(setup.StartLock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(setup.StartLock) && time.GetElapsedTime(begun) < StartPatience)
            {
                await Task.Delay(LockPause, time, cancellationToken);
            }
        }
    }

    /// <summary>A wait may look only now and then: the local EVS must not end in between.</summary>
    private async Task KeepAsync()
    {
        Uri? address;
        lock (_lock)
        {
            address = time.GetElapsedTime(_lastUse) < InUse ? _address : null;
        }

        if (address is null)
        {
            return;
        }

        try
        {
            using var limit = new CancellationTokenSource(AnswerPatience, time);
            await SendAsync(HttpMethod.Post, new Uri(address, "/_local/use"), limit.Token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // It has ended all the same, or this connection has: the next request starts it anew.
        }
    }

    private static EvsException Failure(string what, string hint, Exception? inner = null) => new(
        new ErrorFacts
        {
            Operation = "starting the local EVS",
            ServiceMessage = what,
            Hint = hint,
            Knowledge = Knowledge.NotActedOn,
            Class = ErrorClass.Input,
        },
        inner);
}

/// <summary>What a local EVS says of itself.</summary>
internal sealed record LocalEvsAbout(string? Program, string? StateFile);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(LocalEvsAbout))]
internal sealed partial class LocalEvsJson : JsonSerializerContext;
