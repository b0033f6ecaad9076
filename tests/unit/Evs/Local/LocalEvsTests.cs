using System.Collections.Concurrent;
using System.Text.Json;
using PulumiEvs.Evs.Errors;
using PulumiEvs.Evs.Local;
using PulumiEvs.Tests.Unit.Support;

namespace PulumiEvs.Tests.Unit.Evs.Local;

/// <summary>A local EVS is found where one runs, and started where none does; never twice.</summary>
public sealed class LocalEvsTests : IDisposable
{
    private static readonly Uri First = new("http://127.0.0.1:4001");

    private readonly string _folder = Directory.CreateTempSubdirectory("pulumi-evs-").FullName;
    private readonly FakeTime _time = new();
    private readonly FakeStarter _starter;
    private readonly StubHttp _http;

    /// <summary>What runs where: the address and the state file that it says it has.</summary>
    private readonly ConcurrentDictionary<string, string> _running = [];

    private readonly LocalEvsSetup _setup;

    public LocalEvsTests()
    {
        _setup = new LocalEvsSetup { Program = Path.Combine(_folder, "evs-simulator"), Folder = Path.Combine(_folder, "local-1"), Region = "local-1" };
        File.WriteAllText(_setup.Program, "");
        _starter = new FakeStarter(_setup, _running);
        _http = new StubHttp(Answer);
    }

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task It_is_started_when_none_runs_and_then_asked_no_more()
    {
        using var local = Local();

        (await local.GetAddressAsync(default)).ShouldBe(First);
        (await local.GetAddressAsync(default)).ShouldBe(First);

        _starter.Starts.ShouldBe(1);
        _http.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_that_another_process_has_started_is_shared_and_told_that_it_is_used()
    {
        WriteUrl("http://127.0.0.1:5000\n");
        _running["http://127.0.0.1:5000"] = _setup.StateFile;
        using var local = Local();

        (await local.GetAddressAsync(default)).ShouldBe(new Uri("http://127.0.0.1:5000"));

        _starter.Starts.ShouldBe(0);
        _http.Requests.Select(request => request.Line).ShouldBe(["GET /_local", "POST /_local/use"]);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5001")]
    [InlineData("http://127.0.0.1:5002")]
    [InlineData("http://192.0.2.1:80")]
    [InlineData("")]
    [InlineData("nonsense")]
    public async Task An_address_that_is_left_over_is_not_believed(string left)
    {
        WriteUrl(left);
        _running["http://127.0.0.1:5001"] = "/somebody/else/state.json";
        using var local = Local();

        (await local.GetAddressAsync(default)).ShouldBe(First);

        _starter.Starts.ShouldBe(1);
        _http.Requests.Where(request => request.Method == "POST").ShouldBeEmpty("a stranger is sent nothing");
        _http.Requests.Where(request => !request.Uri.IsLoopback).ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_at_once_start_one()
    {
        LocalEvs[] locals = [.. Enumerable.Range(0, 5).Select(_ => Local(TimeProvider.System))];

        var addresses = await Task.WhenAll(locals.SelectMany(local => Enumerable.Range(0, 4).Select(_ => Task.Run(() => local.GetAddressAsync(default)))));

        addresses.Distinct().ShouldBe([First]);
        _starter.Starts.ShouldBe(1);
        Array.ForEach(locals, local => local.Dispose());
    }

    [Fact]
    public async Task It_is_started_again_when_it_has_ended()
    {
        using var local = Local();
        var first = await local.GetAddressAsync(default);
        _running.Clear();

        local.Forget(first);

        (await local.GetAddressAsync(default)).ShouldBe(new Uri("http://127.0.0.1:4002"));
    }

    [Fact]
    public async Task While_it_is_used_it_is_told_so_and_no_longer()
    {
        using var local = Local();
        await local.GetAddressAsync(default);

        _time.Advance(TimeSpan.FromMinutes(5));
        var told = _http.Requests.Count;
        _time.Advance(TimeSpan.FromMinutes(20));

        told.ShouldBe(30);
        _http.Requests.ShouldAllBe(request => request.Line == "POST /_local/use");
        _http.Requests.Count.ShouldBeInRange(told, told + 7);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_named_with_what_to_do()
    {
        File.Delete(_setup.Program);
        using var local = Local();

        var failure = await Should.ThrowAsync<EvsException>(() => local.GetAddressAsync(default));

        failure.Message.ShouldBe(
            $"starting the local EVS failed: the file {_setup.Program} does not exist. "
            + "The plugin looks for it beside itself: install both from the same release, or run `make build`, which puts both into ./bin.");
        failure.Knowledge.ShouldBe(Knowledge.NotActedOn);
    }

    [Fact]
    public async Task What_the_program_says_when_it_cannot_start_is_passed_on()
    {
        _starter.Trouble = "evs-simulator: state file s cannot be read: '}' is invalid.";
        using var local = Local();

        var failure = await Should.ThrowAsync<EvsException>(() => local.GetAddressAsync(default));

        failure.Message.ShouldStartWith("starting the local EVS failed: evs-simulator: state file s cannot be read: '}' is invalid. ");
        failure.Hint.ShouldBe($"Its log is {_setup.LogFile}. Removing {_setup.StateFile} begins with an empty local EVS.");
    }

    [Fact]
    public async Task A_request_goes_to_the_new_one_when_the_old_one_is_gone_and_keeps_the_name_it_is_signed_for()
    {
        using var local = Local();
        await local.GetAddressAsync(default);
        _running.Clear();
        using var client = new HttpMessageInvoker(new LocalEvsHandler(local, _http), disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://evs.local-1.localhost/v2/p/cloudvolumes?name=a%20b");

        using var response = await client.SendAsync(request, default);

        response.IsSuccessStatusCode.ShouldBeTrue();
        var sent = _http.Requests[^1];
        (sent.Uri.AbsoluteUri, sent.Headers["Host"]).ShouldBe(("http://127.0.0.1:4002/v2/p/cloudvolumes?name=a%20b", "evs.local-1.localhost"));
        _starter.Starts.ShouldBe(2);
    }

    private LocalEvs Local(TimeProvider? time = null) =>
        new(_setup, _starter, new HttpMessageInvoker(_http, disposeHandler: false), time ?? _time);

    private void WriteUrl(string text)
    {
        Directory.CreateDirectory(_setup.Folder);
        File.WriteAllText(_setup.UrlFile, text);
    }

    private HttpResponseMessage Answer(SentRequest request) => _running.TryGetValue(request.Uri.GetLeftPart(UriPartial.Authority), out var state)
        ? StubHttp.Json($$"""{"program":"evs-simulator","stateFile":{{JsonSerializer.Serialize(state)}}}""")
        : throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");

    private sealed class FakeStarter(LocalEvsSetup setup, ConcurrentDictionary<string, string> running) : IProgramStarter
    {
        private int _starts;

        public int Starts => _starts;

        public string? Trouble { get; set; }

        public async Task<ProgramStart> StartAsync(string program, IEnumerable<string> arguments, string folder, TimeSpan patience)
        {
            if (Trouble is { } trouble)
            {
                return new ProgramStart(null, trouble);
            }

            await Task.Yield();
            var address = $"http://127.0.0.1:{4000 + Interlocked.Increment(ref _starts)}";
            running[address] = setup.StateFile;
            await File.WriteAllTextAsync(setup.UrlFile, address + "\n");
            return new ProgramStart(address, "");
        }
    }
}
