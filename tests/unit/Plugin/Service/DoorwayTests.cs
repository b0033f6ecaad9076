using PulumiEvs.Plugin.Service;

namespace PulumiEvs.Tests.Unit.Plugin.Service;

public sealed class DoorwayTests
{
    private int _tidied;

    [Fact]
    public async Task Who_comes_when_it_is_full_waits_for_the_first_who_leaves()
    {
        var doorway = Doorway(2);
        var (first, second) = (await doorway.EnterAsync(), await doorway.EnterAsync());

        var third = doorway.EnterAsync();

        third.IsCompleted.ShouldBeFalse();
        second.Leave();
        (await third).ShouldNotBeNull();
        first.Leave();
    }

    [Fact]
    public async Task The_line_is_served_in_the_order_of_coming()
    {
        var doorway = Doorway(1);
        var inside = await doorway.EnterAsync();
        var line = Enumerable.Range(0, 5).Select(_ => doorway.EnterAsync()).ToArray();

        foreach (var turn in line)
        {
            line.Count(waiting => waiting.IsCompleted).ShouldBe(Array.IndexOf(line, turn));
            inside.Leave();
            inside = await turn;
        }
    }

    [Fact]
    public async Task Leaving_twice_makes_room_for_one()
    {
        var doorway = Doorway(1);
        var inside = await doorway.EnterAsync();
        var (one, other) = (doorway.EnterAsync(), doorway.EnterAsync());

        inside.Leave();
        inside.Leave();

        (await one).ShouldNotBeNull();
        other.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task While_a_line_stands_memory_is_tidied_every_512_turns()
    {
        var doorway = Doorway(1);
        var inside = await doorway.EnterAsync();
        var line = Enumerable.Range(0, 1100).Select(_ => doorway.EnterAsync()).ToArray();

        foreach (var turn in line)
        {
            inside.Leave();
            inside = await turn;
        }

        _tidied.ShouldBe(2);
    }

    [Fact]
    public async Task Without_a_line_nothing_is_tidied()
    {
        var doorway = Doorway(1);
        for (var turn = 0; turn < 2000; turn++)
        {
            (await doorway.EnterAsync()).Leave();
        }

        _tidied.ShouldBe(0);
    }

    private Doorway Doorway(int capacity) => new(capacity, () => _tidied++);
}
