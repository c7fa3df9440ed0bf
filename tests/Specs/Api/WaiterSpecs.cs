using TreasureHunt.Api.Admission;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Specs.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>Callers hold the line as long as claims are decided; in a silence, only so many do.</summary>
public class WaiterSpecs
{
    private readonly ManualTime _time = new();
    private readonly PendingOutcomes _waiters;

    public WaiterSpecs() => _waiters = new PendingOutcomes(_time);

    [Fact]
    public async Task A_caller_is_told_the_outcome_of_its_claim()
    {
        using var waiter = _waiters.Register(Claim(1));

        Tell(1);

        Assert.Equal(Claim(1), (await waiter!.Outcome).ClaimId);
    }

    [Fact]
    public void In_a_silence_the_next_of_many_does_not_wait()
    {
        Wait(PendingOutcomes.MaxWaitingWithoutOutcomes);
        Assert.NotNull(_waiters.Register(Claim(-1)));

        _time.Advance(TimeSpan.FromSeconds(1.1));

        Assert.Null(_waiters.Register(Claim(-2)));
    }

    [Fact]
    public void In_a_silence_a_few_may_wait()
    {
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.All(Wait(PendingOutcomes.MaxWaitingWithoutOutcomes), Assert.NotNull);
    }

    [Fact]
    public void An_outcome_ends_the_silence()
    {
        Wait(PendingOutcomes.MaxWaitingWithoutOutcomes + 1);
        _time.Advance(TimeSpan.FromSeconds(1.1));

        Tell(0);

        Assert.NotNull(_waiters.Register(Claim(-1)));
    }

    [Fact]
    public void Who_gives_up_makes_room()
    {
        var waiting = Wait(PendingOutcomes.MaxWaitingWithoutOutcomes);
        _time.Advance(TimeSpan.FromSeconds(1.1));

        waiting[0]!.Dispose();

        Assert.NotNull(_waiters.Register(Claim(-1)));
    }

    private List<PendingOutcomes.PendingOutcome?> Wait(int callers) =>
        [.. Enumerable.Range(0, callers).Select(n => _waiters.Register(Claim(n)))];

    private static Guid Claim(int n) => Ids.ForClaim("player", "treasure", $"{n}");

    private void Tell(int n) => _waiters.Complete(
        [new DecidedClaim(
            Claim(n), "treasure", "hunt", "player", Outcomes.Won, null, 1, null, null, _time.GetUtcNow(), _time.GetUtcNow())]);
}
