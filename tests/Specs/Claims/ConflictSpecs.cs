using JasperFx;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TreasureHunt.Commands;
using Xunit;

namespace TreasureHunt.Specs.Claims;

/// <summary>Deciding again is for those who were too slow; everything else waits for a server to come back.</summary>
public class ConflictSpecs
{
    [Theory]
    [InlineData("23505")]
    [InlineData("40P01")]
    [InlineData("40001")]
    public void Losing_a_race_in_the_database_is_a_conflict(string sqlState) => Assert.True(Persistence.IsConflict(Postgres(sqlState)));

    [Theory]
    [InlineData("57P01")]
    [InlineData("53300")]
    [InlineData("22021")]
    public void A_database_in_trouble_is_not(string sqlState) => Assert.False(Persistence.IsConflict(Postgres(sqlState)));

    [Fact]
    public void A_stream_that_moved_on_is_a_conflict() => Assert.True(Persistence.IsConflict(new ConcurrencyException(typeof(object), "treasure-goose")));

    [Fact]
    public void A_conflict_is_found_inside_another_exception() =>
        Assert.True(Persistence.IsConflict(new InvalidOperationException("commit", new IOException("batch", Postgres("23505")))));

    [Fact]
    public void A_lost_connection_is_not_a_conflict() => Assert.False(Persistence.IsConflict(new NpgsqlException("gone", new IOException())));

    [Fact]
    public async Task Work_that_met_a_conflict_starts_over_until_it_is_recorded()
    {
        var attempts = 0;

        var result = await Run(_ => ++attempts < 4 ? throw Postgres("23505") : Task.FromResult("recorded"), TestContext.Current.CancellationToken);

        Assert.Equal(("recorded", 4), (result, attempts));
    }

    [Fact]
    public async Task Work_ends_as_stopped_when_the_worker_stops_while_it_fails()
    {
        using var stopping = new CancellationTokenSource();

        // Anything else would tell the broker that the claims are malformed.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(
            _ =>
            {
                stopping.Cancel();
                return Task.FromException<string>(new NpgsqlException("gone"));
            },
            stopping.Token).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Work_ends_as_stopped_when_the_worker_stops_while_it_waits()
    {
        using var stopping = new CancellationTokenSource();
        var run = Run(_ => Task.FromException<string>(new NpgsqlException("gone")), stopping.Token);
        Assert.False(run.IsCompleted);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    private static Task<string> Run(Func<CancellationToken, Task<string>> work, CancellationToken stopping) =>
        new Persistence(NullLogger<Persistence>.Instance).Run(work, stopping);

    private static PostgresException Postgres(string sqlState) => new("lost", "ERROR", "ERROR", sqlState);
}
